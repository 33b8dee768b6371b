/*
description = "One row for each person on the list of a held meeting, whatever is said of them there. A role given in the meeting's register wins over the involvement register; person_role is empty where nobody knows it."
key         = ["meeting_id", "person_id"]
*/
with known as (
    select
        attendance.meeting_id,
        attendance.person_id,
        attendance.attendance,
        meeting.team_id,
        meeting.held_on,
        coalesce(attendance.given_role, person.person_role) as person_role
    from staging.attendance as attendance
    inner join staging.meeting as meeting on attendance.meeting_id = meeting.meeting_id
    left join staging.person as person on attendance.person_id = person.person_id
    where meeting.status = 'held'
)
select
    meeting_id,
    person_id,
    team_id,
    held_on,
    attendance,
    person_role,
    person_role in ('service_user', 'former_service_user') as is_service_user
from known
