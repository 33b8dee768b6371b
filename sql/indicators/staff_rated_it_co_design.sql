/*
title         = "Co-design or above, as rated by staff"
short_title   = "Co-design, say staff"
definition    = "Of the meetings held that staff placed on the ladder of co-production, those placed at co-design or co-production, its two highest steps."
question      = "Do staff see it as service users do?"
theme         = "Do service users shape it?"
kind          = "percent"
unit          = "meetings"
better        = "neither"
grain         = "quarter"
chart         = ["run", "run", "none"]
counts_people = false
beside        = ["service_users_rated_it_co_design", "agenda_items_by_service_users"]
caution       = "It stands here only beside what service users say; where the two differ, theirs is the one to act on."
finding       = ["F2", "F10"]
source        = "Meeting register"
owner         = "Involvement office"
reviewed_on   = 2026-11-23
*/
select
    meeting.held_on as counted_on,
    meeting.team_id,
    meeting.meeting_id as unit_id,
    cast(meeting.involvement_level >= 6 as integer) as numerator,
    1 as denominator
from marts.meeting as meeting
where meeting.involvement_level is not null and meeting.level_declared_by = 'staff'
