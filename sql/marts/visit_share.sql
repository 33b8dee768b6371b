/*
description = "For the trust and each service area, in every complete four quarters: how many service users came, how often all together, and how often the one who came most."
key         = ["level", "place_id", "period_start"]
[columns]
people_count = "How many service users came."
visits = "How often service users came, all together."
most_visits = "How often the one came who came most."
*/
with person as (
    select
        team_place.level,
        team_place.place_id,
        calendar.period_start,
        calendar.period_end,
        visit.person_id,
        count(*) as visits
    from marts.visit as visit
    inner join marts.team_place as team_place
        on visit.team_id = team_place.team_id and team_place.level in ('trust', 'service_area')
    inner join marts.calendar as calendar
        on visit.held_on = calendar.day and calendar.grain = 'four_quarters' and calendar.window_days = 0
    cross join marts.run as run
    where calendar.period_end <= run.as_at
    group by all
)
select
    level,
    place_id,
    period_start,
    period_end,
    count(*) as people_count,
    cast(sum(visits) as bigint) as visits,
    max(visits) as most_visits
from person
group by all
