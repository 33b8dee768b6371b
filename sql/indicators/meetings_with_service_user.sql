/*
title         = "Meetings with a service user in the room"
short_title   = "A service user in the room"
definition    = "Of the meetings held whose attendance we know, those where at least one service user was present."
question      = "Are service users there when services are improved?"
theme         = "Are service users there?"
kind          = "percent"
unit          = "meetings"
better        = "higher"
grain         = "month"
chart         = ["p_prime", "run", "none"]
counts_people = false
diary         = true
overview      = 1
side_by_side  = 1
beside        = ["meetings_not_recorded", "actions_by_service_users", "more_than_one_service_user"]
phrase        = "a service user was in the room at {count}"
phrase_change = "meetings now have a service user in the room"
caution       = "Presence is not influence: read it beside the actions service users own."
finding       = ["F1", "F5"]
source        = "Meeting and attendance registers, Teams reports"
owner         = "Involvement office"
reviewed_on   = 2026-11-22
*/
select
    meeting.held_on as counted_on,
    meeting.team_id,
    meeting.meeting_id as unit_id,
    cast(meeting.presence = 'present' as integer) as numerator,
    1 as denominator
from marts.meeting as meeting
where meeting.presence <> 'not_recorded'
