/*
description = "How many people stand at each step of a team at the end of the last complete month, so that days in between change nothing: on the way from interest to involvement, and for learning. Where the policy hides so few people, the steps of the topic with nobody are hidden beside them, and there are no totals: so nothing hidden follows from what is shown. The longest wait is told in whole blocks of four weeks, and only where people are shown."
key         = ["level", "place_id", "step"]
editions    = ["internal"]
[columns]
level = "Always team."
people = "How many people stand at the step; empty where hidden."
longest_weeks = "The longest time anybody has stood there, in weeks, rounded up to whole blocks of four; empty where nobody is told."
status = "Whether people are told: shown or hidden."
*/
with counted as (
    select
        team.team_id,
        step.topic,
        step.step,
        step.step_no,
        step.title,
        count(person.person_id) as people,
        max(person.days) as longest_days
    from staging.team as team
    cross join marts.waiting_step as step
    left join marts.waiting_person as person on team.team_id = person.team_id and step.step = person.step
    group by team.team_id, step.topic, step.step, step.step_no, step.title
),
beside as (
    select
        policy.edition,
        counted.*,
        counted.people <= policy.hide_up_to as is_few_or_nobody,
        bool_or(counted.people between 1 and policy.hide_up_to)
            over (partition by policy.edition, counted.team_id, counted.topic) as has_few
    from counted
    cross join published.policy as policy
    where policy.has_teams
),
judged as (
    select
        *,
        case when has_few and is_few_or_nobody then 'hidden' else 'shown' end as status
    from beside
)
select
    edition,
    'team' as level,
    team_id as place_id,
    topic,
    step,
    step_no,
    title,
    case when status = 'shown' then people end as people,
    -- Whoever came on the last day has waited for less than four weeks too.
    case when status = 'shown' and people > 0 then greatest((longest_days + 27) // 28 * 4, 4) end as longest_weeks,
    status
from judged
