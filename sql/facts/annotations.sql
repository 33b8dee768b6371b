/*
description = "Every note ever read, with what its rules need to know of places and indicators."
[columns]
place_is_known = "Whether the place is known here; empty where the row names none."
indicator_is_known = "Whether the indicator is known here; empty where the row names none."
*/
with place as (
    select
        'trust' as level,
        'trust' as place_id
    union all
    select distinct
        'care_setting' as level,
        care_setting as place_id
    from validated.teams
    union all
    select distinct
        'service_area' as level,
        service_area_id as place_id
    from validated.teams
    union all
    select
        'team' as level,
        team_id as place_id
    from validated.teams
)
select
    annotation.*,
    case
        when annotation.level is not null and annotation.place_id is not null then place.place_id is not null
    end as place_is_known,
    case when annotation.indicator_id is not null then indicator.indicator_id is not null end as indicator_is_known
from resolved.annotations as annotation
left join place on annotation.level = place.level and annotation.place_id = place.place_id
left join marts.indicator_catalogue as indicator on annotation.indicator_id = indicator.indicator_id
