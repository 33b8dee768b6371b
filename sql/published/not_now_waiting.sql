/*
description = "How many people said 'not now, ask me again' and had heard nothing for more than 90 days at the end of the last complete month. For the trust alone, so that no place can be worked out from the others; hidden and rounded as the policy says."
key         = ["level", "place_id", "counted_on"]
editions    = ["internal", "board"]
[columns]
level = "Always trust."
place_id = "Always trust."
counted_on = "The last day of the last complete month."
people = "How many people, rounded where the edition asks; empty where it is hidden."
status = "Whether the count is shown or hidden."
sentence = "What it shows, in a sentence."
*/
with counted as (
    select
        cast(date_trunc('month', run.as_at + 1) as date) - 1 as counted_on,
        count(not_now.candidate_id) as people_count
    from marts.run as run
    left join marts.not_now as not_now on not_now.days > 90
    group by run.as_at
),
told as (
    select
        policy.edition,
        counted.counted_on,
        case
            when counted.people_count not between 1 and policy.hide_up_to
                then (2 * counted.people_count + policy.round_to) // nullif(2 * policy.round_to, 0) * policy.round_to
        end as people
    from counted
    cross join published.policy as policy
)
select
    edition,
    'trust' as level,
    'trust' as place_id,
    counted_on,
    cast(people as bigint) as people,
    case when people is null then 'hidden' else 'shown' end as status,
    'At ' || strftime(counted_on, '%-d %B %Y') || ', whenever they asked, '
    || case
        when people is null then 'a few people'
        when people = 0 then 'nobody'
        else cast(people as varchar) || ' people'
    end
    || ' across the trust who asked us to come back had heard nothing for over 90 days.' as sentence
from told
