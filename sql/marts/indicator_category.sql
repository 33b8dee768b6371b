/*
description = "The categories each indicator is given by: those its people have had at any time. The empty dimension is the figure of everybody."
key         = ["indicator_id", "dimension", "category"]
[columns]
dimension = "What people are grouped by: ethnic_group, age_band, gender or route; empty for everybody together."
category = "The group; empty for everybody together."
*/
select
    indicator_id,
    '' as dimension,
    '' as category
from marts.indicator_catalogue
union all
select distinct
    indicator_id,
    dimension,
    category
from marts.breakdown_count
