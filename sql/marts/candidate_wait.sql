/*
description = "One row for each candidate with an interest: how many days from the first interest until first active, or, where that has not happened, until the candidate's way ended or the as-at date."
key         = ["candidate_id"]
[columns]
happened = "Whether the candidate was active at the end of the wait."
days = "How long the wait was or has been, in days."
*/
with last_event as (
    select
        candidate_id,
        stage,
        event_on
    from staging.recruitment_event
    qualify row_number() over (partition by candidate_id order by event_on desc, stage, opportunity_id) = 1
)
select
    interest.candidate_id,
    interest.team_id,
    interest.interest_on,
    interest.days_to_active is not null as happened,
    coalesce(
        interest.days_to_active,
        case
            when last_event.stage in ('declined', 'withdrew', 'left')
                then greatest(date_diff('day', interest.interest_on, last_event.event_on), 0)
        end,
        date_diff('day', interest.interest_on, run.as_at)
    ) as days
from marts.first_interest as interest
inner join last_event on interest.candidate_id = last_event.candidate_id
cross join marts.run as run
