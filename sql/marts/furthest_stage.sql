/*
description = "One row for each candidate with an interest: the furthest stage on the way to the first meeting that they reached within 180 days of it; active for those who came to one."
key         = ["candidate_id"]
*/
select
    interest.candidate_id,
    stage.stage
from marts.first_interest as interest
inner join staging.recruitment_event as event
    on
        interest.candidate_id = event.candidate_id
        and date_diff('day', interest.interest_on, event.event_on) between 0 and 180
inner join marts.stage as stage on event.stage = stage.stage
qualify row_number() over (partition by interest.candidate_id order by stage.stage_no desc) = 1
