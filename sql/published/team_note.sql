/*
description = "What a team's own page says of it in a sentence: how the last twelve meetings went and when a service user was last in the room. Counts of meetings only; first_on is the day of the first of them."
key         = ["level", "place_id"]
editions    = ["internal"]
[columns]
level = "Always team."
first_on = "The day of the first of the last twelve meetings."
sentence = "The team's state in a sentence."
*/
with recent as (
    select
        team_id,
        min(held_on) as first_on,
        count(*) as meetings_held,
        count_if(presence = 'present') as meetings_present,
        count_if(presence = 'not_recorded') as meetings_not_recorded
    from marts.recent_meeting
    group by team_id
),
since as (
    select
        team_id,
        max(ended_on) as last_on,
        cast(coalesce(sum(meetings_without + not_recorded) filter (where ended_on is null), 0) as bigint) as meetings_since
    from marts.meeting_gap
    group by team_id
),
worded as (
    select
        recent.team_id,
        recent.first_on,
        'A service user was in the room at ' || cast(recent.meetings_present as varchar) || ' of '
        || case
            when recent.meetings_held = 12 then 'the last 12 meetings'
            when recent.meetings_held = 1 then 'the 1 meeting so far'
            else 'the ' || cast(recent.meetings_held as varchar) || ' meetings so far'
        end as presence,
        case
            when since.last_on is null then '; none was on record before.'
            else '; the last was ' || strftime(since.last_on, '%-d %B %Y')
                || case
                    when since.meetings_since = 0 then ', the latest meeting.'
                    when since.meetings_since = 1 then ', 1 meeting ago.'
                    else ', ' || cast(since.meetings_since as varchar) || ' meetings ago.'
                end
        end as last_time,
        case
            when recent.meetings_not_recorded > 0
                then ' For ' || cast(recent.meetings_not_recorded as varchar) || ' of them we do not know who came.'
            else ''
        end as unknown
    from recent
    inner join since on recent.team_id = since.team_id
)
select
    policy.edition,
    'team' as level,
    worded.team_id as place_id,
    worded.first_on,
    worded.presence || worded.last_time || worded.unknown as sentence
from worded
cross join published.policy as policy
where policy.has_teams
