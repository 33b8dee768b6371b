/*
description = "One row for each held meeting and whether a service user was in the room: present, absent or not_recorded. Absent asks that at least one person attended and that the role of all who did is known."
key         = ["meeting_id"]
*/
with room as (
    select
        meeting_id,
        count(*) as people_attended,
        count(person_role) as roles_known,
        count_if(is_service_user) as service_users_attended
    from marts.attendance
    group by meeting_id
)
select
    meeting.meeting_id,
    meeting.team_id,
    meeting.project_id,
    meeting.meeting_type,
    meeting.venue_type,
    meeting.mode,
    meeting.held_on,
    meeting.agenda_items,
    meeting.agenda_items_by_service_users,
    meeting.actions_agreed,
    meeting.actions_by_service_users,
    case
        when room.service_users_attended > 0 then 'present'
        when room.people_attended = room.roles_known then 'absent'
        else 'not_recorded'
    end as presence
from staging.meeting as meeting
left join room on meeting.meeting_id = room.meeting_id
where meeting.status = 'held'
