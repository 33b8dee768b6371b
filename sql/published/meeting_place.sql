/*
description = "How many meetings were held where, by quarter: one row for each kind of place that occurred. not_recorded where nobody wrote the place down. Trust and care settings only: few meetings at a chosen place are somebody's diary."
key         = ["level", "place_id", "period_start", "venue"]
editions    = ["internal", "board"]
[columns]
meetings_held = "How many meetings were held there."
*/
select
    policy.edition,
    team_place.level,
    team_place.place_id,
    calendar.period_start,
    calendar.period_end,
    coalesce(meeting.venue, 'not_recorded') as venue,
    count(*) as meetings_held
from marts.meeting as meeting
inner join marts.team_place as team_place
    on meeting.team_id = team_place.team_id and team_place.level in ('trust', 'care_setting')
inner join marts.calendar as calendar
    on meeting.held_on = calendar.day and calendar.grain = 'quarter' and calendar.window_days = 0
cross join published.policy as policy
group by all
