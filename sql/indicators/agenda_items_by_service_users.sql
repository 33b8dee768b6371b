/*
title         = "Agenda items raised by service users"
short_title   = "Agenda items by service users"
definition    = "Of the agenda items of meetings held where both numbers were recorded, those that service users raised."
question      = "Do service users set what is talked about?"
theme         = "Do service users shape it?"
kind          = "percent"
unit          = "agenda items"
better        = "higher"
grain         = "month"
chart         = ["p_prime", "run", "none"]
counts_people = false
beside        = ["actions_by_service_users", "meetings_with_service_user"]
caution       = "An item on the agenda is not yet a change; few items may be recorded at all."
finding       = ["F10"]
source        = "Meeting register"
owner         = "Involvement office"
reviewed_on   = 2026-11-22
*/
select
    meeting.held_on as counted_on,
    meeting.team_id,
    meeting.meeting_id as unit_id,
    meeting.agenda_items_by_service_users as numerator,
    meeting.agenda_items as denominator
from marts.meeting as meeting
where meeting.agenda_items is not null and meeting.agenda_items_by_service_users is not null
