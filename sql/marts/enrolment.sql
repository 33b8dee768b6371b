/*
description = "One row for each enrolment or Moodle completion (without enrolled_on), with the role and the current team of the person; team_id is empty where no known team stands in the involvement register."
key         = ["source", "person_id", "course_code", "enrolled_on"]
key_may_lack = ["enrolled_on"]
[columns]
person_role = "The role given with the enrolment, else the one in the involvement register; empty where nobody knows it."
is_service_user = "Whether the person is or was a service user; empty where nobody knows it."
*/
with known as (
    select
        enrolment.source,
        enrolment.person_id,
        enrolment.course_code,
        enrolment.session_id,
        enrolment.enrolled_on,
        enrolment.session_on,
        enrolment.completed_on,
        enrolment.outcome,
        team.team_id,
        coalesce(enrolment.given_role, person.person_role) as person_role
    from staging.enrolment as enrolment
    left join staging.person as person on enrolment.person_id = person.person_id
    left join staging.team as team on person.team_id = team.team_id
)
select
    source,
    person_id,
    course_code,
    session_id,
    enrolled_on,
    session_on,
    completed_on,
    outcome,
    team_id,
    person_role,
    person_role in ('service_user', 'former_service_user') as is_service_user
from known
