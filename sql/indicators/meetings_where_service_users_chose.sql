/*
title         = "Meetings held where service users chose"
short_title   = "Held where service users chose"
definition    = "Of the meetings held whose place was recorded, those at a place that service users chose, 'home' meetings among them."
question      = "Do we go to where people are?"
theme         = "Are service users there?"
kind          = "percent"
unit          = "meetings"
better        = "neither"
grain         = "quarter"
chart         = ["none", "none", "none"]
counts_people = false
beside        = ["meetings_with_service_user"]
caution       = "Neither more nor less is better in itself. At such a place a service user is nearly always there, so compare a team's other meetings, not these with the rest."
finding       = ["F6"]
source        = "Meeting register"
owner         = "Involvement office"
reviewed_on   = 2026-11-23
*/
select
    meeting.held_on as counted_on,
    meeting.team_id,
    meeting.meeting_id as unit_id,
    cast(meeting.venue = 'chosen_by_service_users' as integer) as numerator,
    1 as denominator
from marts.meeting as meeting
where meeting.venue is not null
