/*
description = "How many distinct service users were in the room, by place and period; where only one or two were, presence is their diary."
key         = ["grain", "level", "place_id", "period_start"]
*/
select
    calendar.grain,
    team_place.level,
    team_place.place_id,
    calendar.period_start,
    count(distinct attendance.person_id) as service_users_count
from marts.attendance as attendance
inner join marts.team_place as team_place on attendance.team_id = team_place.team_id
inner join marts.calendar as calendar on attendance.held_on = calendar.day and calendar.window_days = 0
where attendance.is_service_user
group by all
