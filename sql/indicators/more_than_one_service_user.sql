/*
title         = "More than one service user in the room"
short_title   = "More than one service user"
definition    = "Of the meetings where a service user was in the room, those where two or more were."
question      = "Is anyone the only one?"
theme         = "Do service users shape it?"
kind          = "percent"
unit          = "meetings"
better        = "higher"
grain         = "quarter"
chart         = ["run", "run", "none"]
counts_people = false
diary         = true
overview      = 3
beside        = ["meetings_with_service_user", "someone_who_had_been_before"]
caution       = "Two people who agree are still two; one person may speak for many. It says nothing about meetings where nobody came."
finding       = ["F1", "F4"]
source        = "Meeting and attendance registers"
owner         = "Involvement office"
reviewed_on   = 2026-11-23
*/
select
    meeting.held_on as counted_on,
    meeting.team_id,
    meeting.meeting_id as unit_id,
    cast(meeting.service_users_attended >= 2 as integer) as numerator,
    1 as denominator
from marts.meeting as meeting
where meeting.presence = 'present'
