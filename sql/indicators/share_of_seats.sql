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
    attendance.held_on as counted_on,
    attendance.team_id,
    attendance.meeting_id || '/' || attendance.person_id as unit_id,
    cast(attendance.is_service_user as integer) as numerator,
    1 as denominator
from marts.attendance as attendance
where attendance.person_role is not null
