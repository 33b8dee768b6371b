/*
description = "Waiting on us: half of the people who passed a step of the way from interest to the first meeting in the last four complete quarters waited so many days for the next step or fewer, the other half longer. Those who still wait, or whose way ended there, are not in it. Given where at least 8 people, and more than the policy hides, passed the step; how many they were is not told, so that no place can be worked out from the others."
key         = ["level", "place_id", "step_no"]
editions    = ["internal", "board"]
[columns]
period_start = "The first day of the last complete four quarters."
period_end = "The last day of the last complete four quarters."
days = "Half of the people waited so many days or fewer, whole days; empty where it is hidden."
status = "Whether the days are shown or hidden."
sentence = "What it shows, in a sentence."
*/
with latest as (
    select
        max(period.period_start) as period_start,
        max(period.period_end) as period_end
    from marts.period as period
    cross join marts.run as run
    where period.grain = 'four_quarters' and period.window_days = 0 and period.period_end <= run.as_at
),
passed as (
    select
        team_place.level,
        team_place.place_id,
        latest.period_start,
        latest.period_end,
        step.step_no,
        step.step,
        count(*) as people_count,
        -- Rounded by hand: engines round halves differently.
        cast(floor(median(step.days) + 0.5) as integer) as days
    from marts.step as step
    inner join latest on step.passed_on between latest.period_start and latest.period_end
    inner join marts.team_place as team_place
        on coalesce(step.team_id, '') = team_place.team_id and team_place.level in ('trust', 'care_setting')
    group by all
),
told as (
    select
        policy.edition,
        passed.level,
        passed.place_id,
        passed.period_start,
        passed.period_end,
        passed.step_no,
        passed.step,
        case when passed.people_count >= greatest(policy.hide_up_to + 1, 8) then passed.days end as days
    from passed
    cross join published.policy as policy
)
select
    edition,
    level,
    place_id,
    period_start,
    period_end,
    step_no,
    step,
    days,
    case when days is null then 'hidden' else 'shown' end as status,
    case
        when days is null then step || ', too few people passed this step to say how long they waited.'
        when days = 1 then step || ', half waited 1 day or less for the next step.'
        else step || ', half waited ' || cast(days as varchar) || ' days or less for the next step.'
    end as sentence
from told
