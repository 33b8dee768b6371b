/*
description = "What happens at a team's other meetings once it has met at a place that service users chose: presence in the 182 days before the first such meeting and in the 182 days from it on, those meetings left out. Only teams that met in all of that time, and only meetings whose attendance is known; other things changed too."
key         = ["level", "place_id"]
editions    = ["internal", "board"]
[columns]
teams_count = "How many teams are counted."
present_before = "At how many other meetings a service user was in the room in the 182 days before."
known_before = "How many other meetings have a known attendance in the 182 days before."
present_after = "At how many other meetings a service user was in the room in the 182 days from then on."
known_after = "How many other meetings have a known attendance in the 182 days from then on."
sentence = "What it shows, in a sentence."
*/
with team as (
    select
        meeting.team_id,
        min(meeting.held_on) as first_on,
        min(case when meeting.venue = 'chosen_by_service_users' then meeting.held_on end) as chosen_on
    from marts.meeting as meeting
    group by meeting.team_id
),
around as (
    select
        team_place.level,
        team_place.place_id,
        meeting.team_id,
        cast(meeting.held_on < team.chosen_on as integer) as is_before,
        cast(meeting.presence = 'present' as integer) as is_present
    from team
    cross join marts.run as run
    inner join marts.meeting as meeting on team.team_id = meeting.team_id
    inner join marts.team_place as team_place
        on team.team_id = team_place.team_id and team_place.level in ('trust', 'care_setting')
    where
        date_diff('day', team.first_on, team.chosen_on) >= 182
        and date_diff('day', team.chosen_on, run.as_at) >= 182
        and date_diff('day', team.chosen_on, meeting.held_on) between -182 and 181
        and coalesce(meeting.venue, '') <> 'chosen_by_service_users'
        and meeting.presence <> 'not_recorded'
),
counted as (
    select
        level,
        place_id,
        count(distinct team_id) as teams_count,
        cast(sum(is_before * is_present) as bigint) as present_before,
        cast(sum(is_before) as bigint) as known_before,
        cast(sum((1 - is_before) * is_present) as bigint) as present_after,
        cast(sum(1 - is_before) as bigint) as known_after
    from around
    group by level, place_id
)
select
    policy.edition,
    counted.*,
    'A service user was in the room at ' || cast(counted.present_before as varchar) || ' of '
    || cast(counted.known_before as varchar) || ' other meetings in the half year before, and at '
    || cast(counted.present_after as varchar) || ' of ' || cast(counted.known_after as varchar)
    || ' in the half year after the first meeting at a place that service users chose. Other things changed too.'
        as sentence
from counted
cross join published.policy as policy
