/*
description = "One row for each service user, team and quarter in which they came to a meeting of the team. quarter_no counts quarters, so that neighbours differ by one."
key         = ["person_id", "team_id", "quarter_no"]
*/
select distinct
    attendance.person_id,
    attendance.team_id,
    extract(year from calendar.period_start) * 4 + extract(quarter from calendar.period_start) as quarter_no,
    calendar.period_end as quarter_end
from marts.attendance as attendance
inner join marts.calendar as calendar
    on attendance.held_on = calendar.day and calendar.grain = 'quarter' and calendar.window_days = 0
where attendance.is_service_user
