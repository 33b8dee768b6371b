/*
description = "One row for each place figures are given for: the trust, its care settings, service areas and teams."
key         = ["level", "place_id"]
[columns]
level = "The level of the place: trust, care_setting, service_area or team."
place_id = "The place: trust, inpatient, community, or the id of a service area or team."
parent_id = "The place it is part of; empty for the trust."
name = "The place's name."
*/
with area as (
    select
        service_area_id,
        min(service_area) as service_area,
        min(care_setting) as care_setting
    from staging.team
    group by service_area_id
)
select
    'trust' as level,
    'trust' as place_id,
    cast(null as varchar) as parent_id,
    run.trust_name as name
from marts.run as run
union all
select distinct
    'care_setting' as level,
    care_setting as place_id,
    'trust' as parent_id,
    case care_setting when 'inpatient' then 'Wards' else 'Community' end as name
from staging.team
union all
select
    'service_area' as level,
    service_area_id as place_id,
    care_setting as parent_id,
    service_area as name
from area
union all
select
    'team' as level,
    team_id as place_id,
    service_area_id as parent_id,
    team_name as name
from staging.team
