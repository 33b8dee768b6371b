/*
description = "One row for each service user, team and quarter in which they came to a meeting of the team. quarter_no counts quarters, so that neighbours differ by one."
key         = ["person_id", "team_id", "quarter_no"]
[columns]
quarter_no = "The quarter, numbered so that neighbours differ by one."
*/
select distinct
    visit.person_id,
    visit.team_id,
    extract(year from calendar.period_start) * 4 + extract(quarter from calendar.period_start) as quarter_no,
    calendar.period_end as quarter_end
from marts.visit as visit
inner join marts.calendar as calendar
    on visit.held_on = calendar.day and calendar.grain = 'quarter' and calendar.window_days = 0
