/*
description = "One row for each person's enrolment on a course session."
key         = ["person_id", "course_code", "enrolled_on"]
*/
select
    person as person_id,
    course_code,
    session_id,
    person_role as given_role,
    outcome,
    enrolled_on,
    session_on,
    completed_on
from validated.training
