/*
description = "Every indicator counted for every place and period with something to count: each unit once, before disclosure control. people_count is the number of distinct people in the cell. A unit that may stand in several rows, or is a person's, is numbered and collapsed place by place; the others are added up by day first, which is many times less work."
key         = ["indicator_id", "grain", "level", "place_id", "period_start"]
[columns]
numerator = "How many of the units have what is asked for, or how much of what is added up, before disclosure control."
denominator = "How many units there are, or how much there is in all, before disclosure control."
people_count = "How many distinct people the units belong to, before disclosure control; 0 where units belong to nobody."
*/
with apart as (
    select
        indicator_id,
        unit_id
    from marts.indicator_unit
    group by indicator_id, unit_id
    having count(*) > 1 or max(person_id) is not null
),
counting as (
    select
        unit.indicator_id,
        coalesce(unit.team_id, '') as team_id,
        unit.counted_on,
        dense_rank() over (partition by unit.indicator_id order by unit.unit_id) as unit_no,
        case
            when unit.person_id is not null
                then dense_rank() over (partition by unit.indicator_id order by unit.person_id)
        end as person_no,
        unit.numerator,
        unit.denominator
    from marts.indicator_unit as unit
    inner join apart on unit.indicator_id = apart.indicator_id and unit.unit_id = apart.unit_id
    union all
    select
        unit.indicator_id,
        coalesce(unit.team_id, '') as team_id,
        unit.counted_on,
        cast(null as bigint) as unit_no,
        cast(null as bigint) as person_no,
        sum(unit.numerator) as numerator,
        sum(unit.denominator) as denominator
    from marts.indicator_unit as unit
    left join apart on unit.indicator_id = apart.indicator_id and unit.unit_id = apart.unit_id
    where apart.unit_id is null
    group by all
),
placed as (
    select
        counting.indicator_id,
        calendar.grain,
        team_place.level,
        team_place.place_id,
        calendar.period_start,
        calendar.period_end,
        counting.unit_no,
        max(counting.person_no) as person_no,
        sum(counting.numerator) as numerators,
        sum(counting.denominator) as denominators,
        max(counting.numerator) as numerator,
        max(counting.denominator) as denominator
    from counting
    inner join marts.team_place as team_place on counting.team_id = team_place.team_id
    inner join marts.indicator_level as indicator_level
        on counting.indicator_id = indicator_level.indicator_id and team_place.level = indicator_level.level
    inner join marts.indicator_grain as indicator_grain on counting.indicator_id = indicator_grain.indicator_id
    inner join marts.calendar as calendar
        on
            counting.counted_on = calendar.day
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
    cast(sum(case when unit_no is null then numerators else numerator end) as bigint) as numerator,
    cast(sum(case when unit_no is null then denominators else denominator end) as bigint) as denominator,
    count(distinct person_no) as people_count
from placed
group by all
