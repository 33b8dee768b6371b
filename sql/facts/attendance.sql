/*
description = "Every attendance row ever read, with what its rules need to know of the meeting."
*/
select
    attendance.*,
    case when attendance.meeting_id is not null then meeting.meeting_id is not null end as meeting_is_known,
    meeting.status = 'cancelled' as meeting_is_cancelled
from resolved.attendance as attendance
left join validated.meetings as meeting on attendance.meeting_id = meeting.meeting_id
