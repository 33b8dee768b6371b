/*
description = "Every indicator counted for every place and period with something to count: each unit once, before disclosure control. people_count is the number of distinct people in the cell."
key         = ["indicator_id", "grain", "level", "place_id", "period_start"]
*/
with placed as (
    select
        unit.indicator_id,
        calendar.grain,
        team_place.level,
        team_place.place_id,
        calendar.period_start,
        calendar.period_end,
        unit.unit_id,
        max(unit.numerator) as numerator,
        max(unit.denominator) as denominator,
        max(unit.person_id) as person_id
    from marts.indicator_unit as unit
    inner join marts.team_place as team_place on coalesce(unit.team_id, '') = team_place.team_id
    inner join marts.indicator_level as indicator_level
        on unit.indicator_id = indicator_level.indicator_id and team_place.level = indicator_level.level
    inner join marts.indicator_grain as indicator_grain on unit.indicator_id = indicator_grain.indicator_id
    inner join marts.calendar as calendar
        on
            unit.counted_on = calendar.day
            and indicator_grain.grain = calendar.grain
            and indicator_grain.window_days = calendar.window_days
    group by all
)
select
    indicator_id,
    grain,
    level,
    place_id,
    period_start,
    period_end,
    cast(sum(numerator) as bigint) as numerator,
    cast(sum(denominator) as bigint) as denominator,
    count(distinct person_id) as people_count
from placed
group by all
