/*
description = "Every indicator, place and period there can be a figure for, in all and by category, counted, before disclosure control: a row also where nothing happened, from the indicator's first record to the as-at date."
key         = ["indicator_id", "grain", "level", "place_id", "period_start", "dimension", "category"]
[columns]
is_outcome = "Whether the dimension is how it ended, which decides the numerator."
is_complete = "Whether the period and the window after it had ended on the as-at date."
*/
with first_record as (
    select
        indicator_id,
        min(counted_on) as counted_on
    from marts.indicator_unit
    group by indicator_id
),
counted as (
    select
        indicator_id,
        grain,
        level,
        place_id,
        period_start,
        '' as dimension,
        '' as category,
        numerator,
        denominator,
        people_count
    from marts.indicator_count
    union all
    select
        indicator_id,
        grain,
        level,
        place_id,
        period_start,
        dimension,
        category,
        numerator,
        denominator,
        people_count
    from marts.breakdown_count
)
select
    indicator.indicator_id,
    indicator.kind,
    indicator.counts_people,
    indicator.diary,
    indicator_grain.grain,
    place.level,
    place.place_id,
    period.period_start,
    period.period_end,
    indicator_category.dimension,
    indicator_category.category,
    coalesce(indicator.outcome = indicator_category.dimension, false) as is_outcome,
    coalesce(counted.numerator, 0) as numerator,
    coalesce(counted.denominator, 0) as denominator,
    coalesce(counted.people_count, 0) as people_count,
    coalesce(presence.service_users_count, 0) as service_users_count,
    date_diff('day', period.period_end, run.as_at) >= indicator.window_days as is_complete
from marts.indicator_catalogue as indicator
inner join marts.indicator_grain as indicator_grain
    on indicator.indicator_id = indicator_grain.indicator_id and indicator_grain.is_published
inner join marts.indicator_category as indicator_category on indicator.indicator_id = indicator_category.indicator_id
inner join first_record on indicator.indicator_id = first_record.indicator_id
cross join marts.run as run
inner join marts.period as period
    on
        indicator_grain.grain = period.grain
        and indicator_grain.window_days = period.window_days
        and period.period_end >= first_record.counted_on
        and period.period_start <= run.as_at
inner join marts.indicator_level as indicator_level on indicator.indicator_id = indicator_level.indicator_id
inner join marts.place as place on indicator_level.level = place.level
left join counted
    on
        indicator.indicator_id = counted.indicator_id
        and indicator_grain.grain = counted.grain
        and place.level = counted.level
        and place.place_id = counted.place_id
        and period.period_start = counted.period_start
        and indicator_category.dimension = counted.dimension
        and indicator_category.category = counted.category
left join marts.service_user_presence as presence
    on
        indicator_grain.grain = presence.grain
        and place.level = presence.level
        and place.place_id = presence.place_id
        and period.period_start = presence.period_start
