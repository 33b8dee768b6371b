/*
description = "One row for each event in a candidate's way to involvement."
key         = ["candidate_id", "opportunity_id", "stage", "event_on"]
*/
select
    candidate as candidate_id,
    team_id,
    opportunity_id,
    stage,
    actor,
    reason_code,
    route,
    age_band,
    gender,
    ethnic_category,
    event_on
from validated.recruitment
