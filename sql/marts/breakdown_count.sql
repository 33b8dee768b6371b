/*
description = "Every indicator of people counted for every place, period and category, at its own grain only, one dimension at a time, before disclosure control: by what is known of them, and by how it ended where the indicator tells that. Who has no category by the day on which the period's figures are complete counts as not known, so that categories add up to the place."
key         = ["indicator_id", "grain", "level", "place_id", "period_start", "dimension", "category"]
[columns]
category = "The group people are in, or how it ended; Not known where nobody told."
dimension = "What people are grouped by: ethnic_group, age_band, gender, route or reason (how it ended)."
numerator = "How many of the units have what is asked for, or how much of what is added up, before disclosure control."
denominator = "How many units there are, or how much there is in all, before disclosure control."
people_count = "How many distinct people the units belong to, before disclosure control; 0 where units belong to nobody."
*/
with dimension as (
    select
        indicator_id,
        grain,
        window_days,
        false as is_outcome,
        unnest(breakdown) as dimension
    from marts.indicator_catalogue
    union all
    select
        indicator_id,
        grain,
        window_days,
        true as is_outcome,
        outcome as dimension
    from marts.indicator_catalogue
    where outcome is not null
),
placed as (
    select
        unit.indicator_id,
        dimension.grain,
        team_place.level,
        team_place.place_id,
        calendar.period_start,
        dimension.dimension,
        coalesce(case when dimension.is_outcome then unit.outcome else person_category.category end, 'Not known') as category,
        unit.unit_id,
        max(unit.numerator) as numerator,
        max(unit.denominator) as denominator,
        max(unit.person_id) as person_id
    from marts.indicator_unit as unit
    inner join dimension on unit.indicator_id = dimension.indicator_id
    inner join marts.team_place as team_place on coalesce(unit.team_id, '') = team_place.team_id
    inner join marts.indicator_level as indicator_level
        on unit.indicator_id = indicator_level.indicator_id and team_place.level = indicator_level.level
    inner join marts.calendar as calendar
        on
            unit.counted_on = calendar.day
            and dimension.grain = calendar.grain
            and dimension.window_days = calendar.window_days
    left join marts.person_category as person_category
        on
            unit.person_id = person_category.person_id
            and dimension.dimension = person_category.dimension
            and date_diff('day', calendar.period_end, coalesce(person_category.told_on, calendar.period_end))
            <= dimension.window_days
    group by all
)
select
    indicator_id,
    grain,
    level,
    place_id,
    period_start,
    dimension,
    category,
    cast(sum(numerator) as bigint) as numerator,
    cast(sum(denominator) as bigint) as denominator,
    count(distinct person_id) as people_count
from placed
group by all
