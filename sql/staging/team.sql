/*
description = "One row for each team that counts."
key         = ["team_id"]
*/
select
    team_id,
    team_name,
    service_area_id,
    service_area,
    care_setting,
    opened_on,
    closed_on
from validated.teams
