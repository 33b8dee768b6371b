/*
title         = "Someone who had been before was in the room"
short_title   = "Someone who had been before"
definition    = "Of the meetings where a service user was in the room, those where at least one of them had been to an earlier meeting of the team."
question      = "Does the group keep what it has learnt?"
theme         = "Do we keep it up?"
kind          = "percent"
unit          = "meetings"
better        = "higher"
grain         = "quarter"
chart         = ["run", "run", "none"]
counts_people = false
diary         = true
beside        = ["came_back_next_quarter", "more_than_one_service_user"]
caution       = "New faces are welcome too: a team that has only just begun starts at nothing."
finding       = ["F8"]
source        = "Meeting and attendance registers"
owner         = "Involvement office"
reviewed_on   = 2026-11-23
*/
with visit as (
    select
        meeting_id,
        team_id,
        held_on,
        min(held_on) over (partition by team_id, person_id) < held_on as has_been_before
    from marts.visit
)
select
    visit.held_on as counted_on,
    visit.team_id,
    visit.meeting_id as unit_id,
    max(cast(visit.has_been_before as integer)) as numerator,
    1 as denominator
from visit
group by visit.held_on, visit.team_id, visit.meeting_id
