/*
description = "How many distinct service users were in the room, by place and period, counted up to three: where only one or two were, presence is their diary. Every period is made of whole months, and three people of each team's month say as much of it as all of them would."
key         = ["grain", "level", "place_id", "period_start"]
[columns]
service_users_count = "How many distinct service users were in the room, counted up to three."
*/
with seen as (
    select distinct
        team_id,
        cast(date_trunc('month', held_on) as date) as month_start,
        person_id
    from marts.visit
),
numbered as (
    select
        team_id,
        month_start,
        person_id,
        row_number() over (partition by team_id, month_start order by person_id) as person_no
    from seen
)
select
    calendar.grain,
    team_place.level,
    team_place.place_id,
    calendar.period_start,
    least(count(distinct numbered.person_id), 3) as service_users_count
from numbered
inner join marts.team_place as team_place on numbered.team_id = team_place.team_id
inner join marts.calendar as calendar on numbered.month_start = calendar.day and calendar.window_days = 0
where numbered.person_no <= 3
group by all
