/*
description = "One row for each person who stands at a step of a team at the end of the last complete month, and since when: candidates by the last event of their way at the team, and service users of the team on a course they enrolled on in the 365 days before. Who is on two courses stands at a step once, since the first. Snapshots of a volunteer system, whose days are uncertain, and Moodle, which does not say when somebody enrolled, are left out."
key         = ["team_id", "step", "person_id"]
[columns]
team_id = "The team of the opportunity, or the current team of the service user."
step = "The step the person stands at."
person_id = "The keyed pseudonym of the candidate, or of the service user on a course."
since_on = "The day of the last event, or of the enrolment."
days = "Days from then to the end of the last complete month."
*/
with until as (
    select cast(date_trunc('month', as_at + 1) as date) - 1 as data_to
    from marts.run
),
last_event as (
    select
        event.team_id,
        event.candidate_id,
        event.stage,
        event.event_on
    from staging.recruitment_event as event
    cross join until
    left join marts.waiting_step as step on event.stage = step.step
    where event.event_on <= until.data_to
    -- What happened on one day happened in the order of the way; its end comes last.
    qualify row_number() over (
        partition by event.team_id, event.candidate_id
        order by
            event.event_on desc,
            case when event.stage = 'approached' then 0 else coalesce(step.step_no, 99) end desc,
            event.opportunity_id
    ) = 1
),
learning as (
    select
        enrolment.team_id,
        enrolment.person_id,
        enrolment.enrolled_on,
        case when enrolment.session_on > until.data_to then 'booked' else 'under_way' end as step
    from marts.enrolment as enrolment
    cross join until
    where
        enrolment.is_service_user
        and enrolment.team_id is not null
        and date_diff('day', enrolment.enrolled_on, until.data_to) between 0 and 365
        and (
            enrolment.completed_on > until.data_to
            or (enrolment.completed_on is null and coalesce(enrolment.outcome, 'in_progress') = 'in_progress')
        )
),
standing as (
    select
        last_event.team_id,
        last_event.stage as step,
        last_event.candidate_id as person_id,
        last_event.event_on as since_on
    from last_event
    inner join marts.waiting_step as step on last_event.stage = step.step and step.topic = 'involvement'
    union all
    select
        team_id,
        step,
        person_id,
        min(enrolled_on) as since_on
    from learning
    group by team_id, step, person_id
)
select
    standing.team_id,
    standing.step,
    standing.person_id,
    standing.since_on,
    date_diff('day', standing.since_on, until.data_to) as days
from standing
cross join until
