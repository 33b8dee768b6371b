/*
title         = "Share of seats"
short_title   = "Share of seats"
definition    = "Of all attendances at meetings held by people whose role we know, those by service users."
question      = "How many of those in the room are service users?"
theme         = "Are service users there?"
kind          = "percent"
unit          = "attendances"
better        = "higher"
grain         = "month"
chart         = ["p_prime", "run", "none"]
counts_people = false
beside        = ["meetings_with_service_user"]
caution       = "A seat is not a voice; a large meeting with two service users has a smaller share than a small one."
finding       = ["F1", "F10"]
source        = "Meeting and attendance registers, Teams reports"
owner         = "Involvement office"
reviewed_on   = 2026-11-22
*/
select
    meeting.held_on as counted_on,
    meeting.team_id,
    meeting.meeting_id as unit_id,
    meeting.service_users_attended as numerator,
    meeting.seats_of_known_role as denominator
from marts.meeting as meeting
where meeting.seats_of_known_role > 0
