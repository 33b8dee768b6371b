/*
title         = "Learning that led to a meeting"
short_title   = "Learning that led to a meeting"
definition    = "Of the courses that service users completed, those after which the person came to an improvement meeting within 90 days."
question      = "Does learning lead to a place at the table?"
theme         = "Do service users learn?"
kind          = "percent"
unit          = "completions"
better        = "higher"
grain         = "four_quarters"
chart         = ["p_prime", "none", "none"]
counts_people = true
levels        = ["trust", "care_setting", "service_area"]
window_days   = 90
overview      = 7
beside        = ["training_completed_in_90_days", "meetings_with_service_user"]
caution       = "Somebody who was coming already will come again: the course need not be why."
finding       = ["F7", "F8"]
source        = "Training records, meeting and attendance registers"
owner         = "QI academy"
reviewed_on   = 2026-11-23
*/
with completed as (
    select distinct
        source,
        person_id,
        course_code,
        completed_on,
        team_id
    from marts.enrolment
    where is_service_user and completed_on is not null
),
followed as (
    select distinct
        completed.person_id,
        completed.completed_on
    from completed
    inner join marts.attendance as attendance on completed.person_id = attendance.person_id
    where date_diff('day', completed.completed_on, attendance.held_on) between 0 and 90
)
select
    completed.completed_on as counted_on,
    completed.team_id,
    completed.source || '/' || completed.person_id || '/' || completed.course_code || '/'
    || cast(completed.completed_on as varchar) as unit_id,
    cast(followed.person_id is not null as integer) as numerator,
    1 as denominator,
    completed.person_id
from completed
left join followed on completed.person_id = followed.person_id and completed.completed_on = followed.completed_on
