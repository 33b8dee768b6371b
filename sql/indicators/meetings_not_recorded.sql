/*
title         = "Meetings where we do not know who came"
short_title   = "Not recorded"
definition    = "Of the meetings held, those where nobody's attendance, or not everybody's role, was recorded."
question      = "How much do we not know?"
theme         = "Are service users there?"
kind          = "percent"
unit          = "meetings"
better        = "lower"
target        = 5
grain         = "month"
chart         = ["p_prime", "run", "none"]
counts_people = false
overview      = 2
beside        = ["meetings_with_service_user"]
phrase        = "for {count} we do not know who came"
caution       = "A meeting that is not recorded is neither present nor absent; many of them make presence uncertain."
finding       = ["F1", "F9"]
source        = "Meeting and attendance registers, Teams reports"
owner         = "Involvement office"
reviewed_on   = 2026-11-22
*/
select
    meeting.held_on as counted_on,
    meeting.team_id,
    meeting.meeting_id as unit_id,
    cast(meeting.presence = 'not_recorded' as integer) as numerator,
    1 as denominator
from marts.meeting as meeting
