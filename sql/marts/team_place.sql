/*
description = "Which places a team counts for. The team without an id counts for the trust only."
key         = ["team_id", "level"]
[columns]
team_id = "The team; empty text stands for no known team."
level = "The level of the place: trust, care_setting, service_area or team."
place_id = "The place: trust, inpatient, community, or the id of a service area or team."
*/
select
    team_id,
    'trust' as level,
    'trust' as place_id
from staging.team
union all
select
    '' as team_id,
    'trust' as level,
    'trust' as place_id
from marts.run
union all
select
    team_id,
    'care_setting' as level,
    care_setting as place_id
from staging.team
union all
select
    team_id,
    'service_area' as level,
    service_area_id as place_id
from staging.team
union all
select
    team_id,
    'team' as level,
    team_id as place_id
from staging.team
