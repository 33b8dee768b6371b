/*
description = "One row for each team and quarter in which it held a meeting whose attendance is known. quarter_no counts quarters, so that neighbours differ by one."
key         = ["team_id", "quarter_no"]
[columns]
quarter_no = "The quarter, numbered so that neighbours differ by one."
meetings_known = "How many of the team's meetings of the quarter have a known attendance."
meetings_present = "At how many of these a service user was in the room."
*/
select
    meeting.team_id,
    extract(year from calendar.period_start) * 4 + extract(quarter from calendar.period_start) as quarter_no,
    calendar.period_end as quarter_end,
    count(*) as meetings_known,
    count_if(meeting.presence = 'present') as meetings_present
from marts.meeting as meeting
inner join marts.calendar as calendar
    on meeting.held_on = calendar.day and calendar.grain = 'quarter' and calendar.window_days = 0
where meeting.presence <> 'not_recorded'
group by meeting.team_id, calendar.period_start, calendar.period_end
