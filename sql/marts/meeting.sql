/*
description = "One row for each held meeting and whether a service user was in the room: present, absent or not_recorded. Absent asks that at least one person attended and that the role of all who did is known; a hybrid meeting that only a Teams report tells of is never absent, for nobody wrote down who sat in the room. The venue is chosen_by_service_users for a 'home' meeting too: whose home is nobody's business here."
key         = ["meeting_id"]
[columns]
seats_of_known_role = "How many people attended whose role is known."
service_users_attended = "How many service users attended."
carers_attended = "How many carers attended."
peer_workers_attended = "How many peer workers attended."
service_users_invited = "How many service users were on the list, whether they came or not."
venue = "The kind of place: ward, community, office, online or chosen_by_service_users; empty where nobody wrote it down."
presence = "Whether a service user was in the room: present, absent or not_recorded."
*/
with room as (
    select
        meeting_id,
        count_if(attendance = 'attended') as people_attended,
        count_if(attendance = 'attended' and person_role is not null) as roles_known,
        count_if(attendance = 'attended' and is_service_user) as service_users_attended,
        count_if(attendance = 'attended' and person_role = 'carer') as carers_attended,
        count_if(attendance = 'attended' and person_role = 'peer_worker') as peer_workers_attended,
        count_if(is_service_user) as service_users_invited
    from marts.invitation
    group by meeting_id
),
registered as (
    select distinct register.meeting_id
    from staging.attendance as register
    inner join staging.meeting as meeting on register.meeting_id = meeting.meeting_id
    where meeting.mode = 'hybrid'
)
select
    meeting.meeting_id,
    meeting.team_id,
    meeting.project_id,
    meeting.meeting_type,
    meeting.mode,
    meeting.held_on,
    meeting.agenda_items,
    meeting.agenda_items_by_service_users,
    meeting.actions_agreed,
    meeting.actions_by_service_users,
    meeting.involvement_level,
    meeting.level_declared_by,
    coalesce(room.roles_known, 0) as seats_of_known_role,
    coalesce(room.service_users_attended, 0) as service_users_attended,
    coalesce(room.carers_attended, 0) as carers_attended,
    coalesce(room.peer_workers_attended, 0) as peer_workers_attended,
    coalesce(room.service_users_invited, 0) as service_users_invited,
    case
        when meeting.venue_type in ('service_user_chosen', 'home') or meeting.meeting_type = 'home_microsystem'
            then 'chosen_by_service_users'
        else meeting.venue_type
    end as venue,
    case
        when room.service_users_attended > 0 then 'present'
        when meeting.mode = 'hybrid' and registered.meeting_id is null then 'not_recorded'
        when room.people_attended > 0 and room.people_attended = room.roles_known then 'absent'
        else 'not_recorded'
    end as presence
from staging.meeting as meeting
left join room on meeting.meeting_id = room.meeting_id
left join registered on meeting.meeting_id = registered.meeting_id
where meeting.status = 'held'
