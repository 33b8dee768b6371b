/*
title         = "Learning together"
short_title   = "Learning together"
definition    = "Of the training sessions held, those that both service users and staff took part in."
question      = "Do service users and staff learn side by side?"
theme         = "Do service users learn?"
kind          = "percent"
unit          = "sessions"
better        = "higher"
grain         = "quarter"
chart         = ["run", "none", "none"]
counts_people = false
levels        = ["trust"]
beside        = ["training_completed_in_90_days"]
caution       = "Some sessions are rightly for service users alone. A session belongs to no team, so it counts for the trust only."
finding       = ["F7", "F10"]
source        = "Training records"
owner         = "QI academy"
reviewed_on   = 2026-11-23
*/
with session as (
    select
        enrolment.course_code,
        enrolment.session_id,
        min(enrolment.session_on) as session_on,
        max(cast(coalesce(enrolment.is_service_user, false) as integer)) as has_service_user,
        max(cast(coalesce(enrolment.person_role in ('staff', 'qi_coach'), false) as integer)) as has_staff
    from marts.enrolment as enrolment
    cross join marts.run as run
    where
        enrolment.session_id is not null
        and enrolment.session_on <= run.as_at
        and coalesce(enrolment.outcome, 'completed') not in ('withdrew', 'did_not_attend')
    group by enrolment.course_code, enrolment.session_id
)
select
    session.session_on as counted_on,
    cast(null as varchar) as team_id,
    session.course_code || '/' || session.session_id as unit_id,
    session.has_service_user * session.has_staff as numerator,
    1 as denominator
from session
