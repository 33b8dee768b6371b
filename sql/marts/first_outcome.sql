/*
description = "One row for each candidate with an outcome: the first of active, declined and withdrew; on one day active comes first."
key         = ["candidate_id"]
*/
select
    candidate_id,
    team_id,
    stage as outcome,
    reason_code,
    event_on as outcome_on
from staging.recruitment_event
where stage in ('active', 'declined', 'withdrew')
qualify row_number() over (
    partition by candidate_id
    order by event_on, case stage when 'active' then 1 when 'declined' then 2 else 3 end, reason_code, team_id
) = 1
