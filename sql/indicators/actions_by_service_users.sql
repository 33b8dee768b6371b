/*
title         = "Actions owned by service users"
short_title   = "Actions by service users"
definition    = "Of the actions agreed at meetings held where both numbers were recorded, those that service users own or share in owning."
question      = "Do service users decide what is done, and do it?"
theme         = "Do service users shape it?"
kind          = "percent"
unit          = "actions"
better        = "higher"
grain         = "month"
chart         = ["p_prime", "run", "none"]
counts_people = false
overview      = 4
beside        = ["agenda_items_by_service_users", "meetings_with_service_user"]
caution       = "Work handed to people without the means to do it is no share in deciding."
finding       = ["F10"]
source        = "Meeting register"
owner         = "Involvement office"
reviewed_on   = 2026-11-23
*/
select
    meeting.held_on as counted_on,
    meeting.team_id,
    meeting.meeting_id as unit_id,
    meeting.actions_by_service_users as numerator,
    meeting.actions_agreed as denominator
from marts.meeting as meeting
where meeting.actions_agreed is not null and meeting.actions_by_service_users is not null
