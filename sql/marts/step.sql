/*
description = "One row for each candidate and step passed: how many days lay between reaching one stage of the way from interest to the first meeting and reaching the next one on record, the first time each. Stages nobody wrote down are stepped over. The team is that of the first interest."
key         = ["candidate_id", "step_no"]
[columns]
reached_on = "The day the candidate first reached the stage."
passed_on = "The day the candidate first reached the next stage on record."
days = "Days between the two."
*/
with reached as (
    select
        interest.candidate_id,
        interest.team_id,
        stage.stage_no as step_no,
        stage.step,
        min(event.event_on) as reached_on
    from marts.first_interest as interest
    inner join staging.recruitment_event as event
        on interest.candidate_id = event.candidate_id and interest.interest_on <= event.event_on
    inner join marts.stage as stage on event.stage = stage.stage
    group by interest.candidate_id, interest.team_id, stage.stage_no, stage.step
),
passed as (
    select
        candidate_id,
        team_id,
        step_no,
        step,
        reached_on,
        lead(reached_on) over (partition by candidate_id order by reached_on, step_no) as passed_on
    from reached
)
select
    candidate_id,
    team_id,
    step_no,
    step,
    reached_on,
    passed_on,
    date_diff('day', reached_on, passed_on) as days
from passed
where passed_on is not null and step_no < 8
