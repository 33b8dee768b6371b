/*
description = "One row for each service area, day, dimension and category: how many people of the category were on the caseload."
key         = ["service_area_id", "as_at", "dimension", "category"]
*/
select
    service_area_id,
    as_at,
    dimension,
    category,
    people
from validated.caseload
