/*
title         = "Quality improvement training completed within 90 days"
short_title   = "Training completed in 90 days"
definition    = "Of service users' enrolments on a course, those completed within 90 days."
question      = "Do service users who start to learn get to the end?"
theme         = "Do service users learn?"
kind          = "percent"
unit          = "enrolments"
better        = "higher"
grain         = "four_quarters"
chart         = ["p_prime", "none", "none"]
counts_people = true
breakdown     = ["ethnic_group", "age_band", "gender"]
window_days   = 90
beside        = ["learning_that_led_to_a_meeting"]
caution       = "A course may run longer than 90 days, and somebody may rightly stop; completing is not the same as being heard."
finding       = ["F7"]
source        = "Training records"
owner         = "QI academy"
reviewed_on   = 2026-11-22
*/
select
    enrolment.enrolled_on as counted_on,
    enrolment.team_id,
    enrolment.person_id || '/' || enrolment.course_code || '/' || cast(enrolment.enrolled_on as varchar) as unit_id,
    cast(coalesce(date_diff('day', enrolment.enrolled_on, enrolment.completed_on) between 0 and 90, false) as integer)
        as numerator,
    1 as denominator,
    enrolment.person_id
from marts.enrolment as enrolment
where enrolment.is_service_user and enrolment.enrolled_on is not null
