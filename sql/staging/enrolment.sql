/*
description = "One row for each person on a course: enrolments of the training records, and completions of Moodle, which does not say when somebody enrolled. Course codes of the two are never the same course."
key         = ["source", "person_id", "course_code", "enrolled_on"]
key_may_lack = ["enrolled_on"]
[columns]
source = "Where the enrolment was recorded: training or moodle."
outcome = "What became of the enrolment: completed, withdrew, did_not_attend or in_progress; empty where it is not known."
*/
select
    'training' as source,
    person as person_id,
    course_code,
    session_id,
    person_role as given_role,
    outcome,
    enrolled_on,
    session_on,
    completed_on
from validated.training
union all
select
    'moodle' as source,
    person as person_id,
    course_code,
    cast(null as varchar) as session_id,
    cast(null as varchar) as given_role,
    case when completed_on is not null then 'completed' end as outcome,
    cast(null as date) as enrolled_on,
    cast(null as date) as session_on,
    completed_on
from validated.moodle
