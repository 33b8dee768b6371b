/*
title         = "Still involved a year on"
short_title   = "Still involved a year on"
definition    = "Of the service users who came to their first meeting, those who came to another between 270 and 455 days later, about nine to fifteen months."
question      = "Do people stay?"
theme         = "Do we keep it up?"
kind          = "percent"
unit          = "people"
better        = "higher"
grain         = "four_quarters"
chart         = ["none", "none", "none"]
counts_people = true
levels        = ["trust"]
window_days   = 455
beside        = ["came_back_next_quarter"]
caution       = "People move on, get well and leave wards; staying is not a duty. 'First' is the first on record."
finding       = ["F8"]
source        = "Meeting and attendance registers"
owner         = "Involvement office"
reviewed_on   = 2026-11-23
*/
with visit as (
    select
        person_id,
        team_id,
        date_diff('day', min(held_on) over (partition by person_id), held_on) as days_since_first,
        min(held_on) over (partition by person_id) as first_on,
        row_number() over (partition by person_id order by held_on, team_id, meeting_id) as visit_no
    from marts.visit
)
select
    visit.first_on as counted_on,
    min(case when visit.visit_no = 1 then visit.team_id end) as team_id,
    visit.person_id as unit_id,
    max(cast(visit.days_since_first between 270 and 455 as integer)) as numerator,
    1 as denominator,
    visit.person_id
from visit
group by visit.person_id, visit.first_on
