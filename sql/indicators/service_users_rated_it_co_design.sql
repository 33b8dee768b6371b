/*
title         = "Co-design or above, as rated by service users"
short_title   = "Co-design, say service users"
definition    = "Of the meetings held that service users placed on the ladder of co-production, those placed at co-design or co-production, its two highest steps."
question      = "Is it done with people, or for them?"
theme         = "Do service users shape it?"
kind          = "percent"
unit          = "meetings"
better        = "higher"
grain         = "quarter"
chart         = ["run", "run", "none"]
counts_people = false
beside        = ["staff_rated_it_co_design", "agenda_items_by_service_users"]
caution       = "What staff say is shown beside it and never mixed in; few meetings are rated at all."
finding       = ["F10"]
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
where meeting.involvement_level is not null and meeting.level_declared_by = 'service_user'
