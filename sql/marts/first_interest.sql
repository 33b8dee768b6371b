/*
description = "One row for each candidate: the first interest, its team, and how many days after it the candidate was first active."
key         = ["candidate_id"]
[columns]
days_to_active = "Days from the first interest until the candidate was first active; empty where that has not happened."
*/
with interest as (
    select
        candidate_id,
        team_id,
        event_on as interest_on
    from staging.recruitment_event
    where stage = 'interest'
    qualify row_number() over (partition by candidate_id order by event_on, team_id, opportunity_id) = 1
),
active as (
    select
        interest.candidate_id,
        min(date_diff('day', interest.interest_on, event.event_on)) as days_to_active
    from interest
    inner join staging.recruitment_event as event on interest.candidate_id = event.candidate_id
    where event.stage = 'active' and event.event_on >= interest.interest_on
    group by interest.candidate_id
)
select
    interest.candidate_id,
    interest.team_id,
    interest.interest_on,
    active.days_to_active
from interest
left join active on interest.candidate_id = active.candidate_id
