/*
description = "How many teams have met six or more times since a service user was last in the room, in a sentence without names. Only meetings whose attendance is known are counted, and only teams that are still open."
key         = ["level", "place_id"]
editions    = ["internal", "board"]
[columns]
teams_judged = "How many open teams have had a meeting."
teams_waiting = "How many of them have met six or more times since a service user was last in the room."
sentence = "What it shows, in a sentence."
*/
with team as (
    select
        gap.team_id,
        max(cast(gap.ended_on is null and gap.meetings_without >= 6 as integer)) as is_waiting
    from marts.meeting_gap as gap
    inner join staging.team as team on gap.team_id = team.team_id
    cross join marts.run as run
    where team.closed_on is null or team.closed_on > run.as_at
    group by gap.team_id
),
counted as (
    select
        team_place.level,
        team_place.place_id,
        count(*) as teams_judged,
        cast(sum(team.is_waiting) as bigint) as teams_waiting
    from team
    inner join marts.team_place as team_place on team.team_id = team_place.team_id and team_place.level <> 'team'
    group by team_place.level, team_place.place_id
)
select
    policy.edition,
    counted.level,
    counted.place_id,
    counted.teams_judged,
    counted.teams_waiting,
    case
        when counted.teams_waiting = 0
            then 'No team has met six or more times since a service user was last in the room.'
        when counted.teams_waiting = 1
            then '1 team has met six or more times since a service user was last in the room; '
                || 'the involvement office can help.'
        else cast(counted.teams_waiting as varchar)
            || ' teams have met six or more times since a service user was last in the room; '
            || 'the involvement office can help.'
    end as sentence
from counted
cross join published.policy as policy
