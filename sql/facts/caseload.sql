/*
description = "Every caseload row ever read, and whether its service area is known."
[columns]
service_area_is_known = "Whether the service area is known here; empty where the row names none."
*/
select
    caseload.*,
    case when caseload.service_area_id is not null then area.service_area_id is not null end as service_area_is_known
from resolved.caseload as caseload
left join (
    select distinct service_area_id
    from validated.teams
) as area on caseload.service_area_id = area.service_area_id
