/*
description = "Every attendance row ever read, with what its rules need to know of the meeting."
[columns]
meeting_is_known = "Whether the meeting is known here; empty where the row names none."
meeting_is_cancelled = "Whether the meeting was cancelled; empty where it is not known."
*/
select
    attendance.*,
    case when attendance.meeting_id is not null then meeting.meeting_id is not null end as meeting_is_known,
    meeting.status = 'cancelled' as meeting_is_cancelled
from resolved.attendance as attendance
left join validated.meetings as meeting on attendance.meeting_id = meeting.meeting_id
