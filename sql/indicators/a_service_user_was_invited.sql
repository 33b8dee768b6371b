/*
title         = "A service user was invited"
short_title   = "A service user was invited"
definition    = "Of the meetings held, those with at least one service user on the list: invited, or there."
question      = "Do we ask service users to come?"
theme         = "Are service users there?"
kind          = "percent"
unit          = "meetings"
better        = "higher"
grain         = "quarter"
chart         = ["run", "run", "none"]
counts_people = false
beside        = ["meetings_with_service_user", "meetings_not_recorded"]
caution       = "Asking is our part. An invitation that nobody wrote down is not counted, and an invitation is not yet a welcome."
finding       = ["F2", "F3"]
source        = "Meeting and attendance registers"
owner         = "Involvement office"
reviewed_on   = 2026-11-23
*/
select
    meeting.held_on as counted_on,
    meeting.team_id,
    meeting.meeting_id as unit_id,
    cast(meeting.service_users_invited > 0 as integer) as numerator,
    1 as denominator
from marts.meeting as meeting
