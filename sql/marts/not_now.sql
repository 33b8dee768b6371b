/*
description = "One row for each candidate whose last event on record, at the end of the last complete month, is 'not now, ask me again' (D11), and how many days ago that was then. On one day anything else counts as the later."
key         = ["candidate_id"]
[columns]
days = "Days from that event to the end of the last complete month."
*/
with latest as (
    select
        event.candidate_id,
        event.reason_code,
        date_diff('day', event.event_on, cast(date_trunc('month', run.as_at + 1) as date) - 1) as days
    from staging.recruitment_event as event
    cross join marts.run as run
    where event.event_on < cast(date_trunc('month', run.as_at + 1) as date)
    qualify
        row_number() over (
            partition by event.candidate_id
            order by
                event.event_on desc,
                cast(coalesce(event.reason_code, '') = 'D11' as integer),
                event.stage,
                event.opportunity_id
        ) = 1
)
select
    candidate_id,
    days
from latest
where reason_code = 'D11'
