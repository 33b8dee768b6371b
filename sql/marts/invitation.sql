/*
description = "One row for each person on the list of a held meeting, whatever is said of them there, or shown there by a Teams report, which makes it attended. A role given in the meeting's register wins over the involvement register; person_role is empty where nobody knows it. A report that knows people by name only adds nobody to a meeting that has a register."
key         = ["meeting_id", "person_id"]
stored      = false
[columns]
meeting_id = "The meeting."
person_id = "The person invited to or present at the meeting, as a pseudonym."
attendance = "Whether the person came, by report or register: attended, apologies, did_not_attend or not_recorded."
person_role = "The role given in the meeting's register, else the one in the involvement register; empty where nobody knows it."
is_service_user = "Whether the person is or was a service user; empty where nobody knows it."
*/
with reported_by_name as (
    select distinct meeting_id from staging.online_attendance
    where generation = 1
),
registered as (
    select distinct register.meeting_id
    from staging.attendance as register
    inner join reported_by_name on register.meeting_id = reported_by_name.meeting_id
),
reported as (
    select
        online.meeting_id,
        online.person_id
    from staging.online_attendance as online
    left join registered on online.meeting_id = registered.meeting_id
    where online.generation > 1 or registered.meeting_id is null
),
listed as (
    select
        coalesce(register.meeting_id, reported.meeting_id) as meeting_id,
        coalesce(register.person_id, reported.person_id) as person_id,
        case when reported.person_id is null then register.attendance else 'attended' end as attendance,
        register.given_role
    from staging.attendance as register
    full join reported on register.meeting_id = reported.meeting_id and register.person_id = reported.person_id
),
known as (
    select
        listed.meeting_id,
        listed.person_id,
        listed.attendance,
        meeting.team_id,
        meeting.held_on,
        coalesce(listed.given_role, person.person_role) as person_role
    from listed
    inner join staging.meeting as meeting on listed.meeting_id = meeting.meeting_id
    left join staging.person as person on listed.person_id = person.person_id
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
