/*
description = "Every disclosed cell with its figure: percentages 0 to 100 with 95 % Wilson intervals, from the numbers shown and no others."
key         = ["edition", "indicator_id", "grain", "level", "place_id", "period_start", "dimension", "category"]
[columns]
value = "The figure, from the counts shown: percent 0 to 100, a count or a mean, as the indicator's kind says."
lower = "The lower end of the 95 % Wilson interval, percent 0 to 100; percentages only."
upper = "The upper end of the 95 % Wilson interval, percent 0 to 100; percentages only."
*/
with counted as (
    select
        *,
        denominator >= least_denominator and denominator > 0 as has_value,
        cast(numerator as double) as x,
        cast(denominator as double) as n,
        1.959963984540054 as z
    from published.disclosed_cell
)
select
    edition,
    indicator_id,
    grain,
    level,
    place_id,
    period_start,
    period_end,
    dimension,
    category,
    cast(numerator as bigint) as numerator,
    cast(denominator as bigint) as denominator,
    case
        when has_value and kind = 'percent' then 100 * x / nullif(n, 0)
        when has_value and kind = 'mean' then x / nullif(n, 0)
        when has_value then x
    end as value,
    case
        when has_value and kind = 'percent'
            then greatest(100 * (2 * x + z * z - z * sqrt(z * z + 4 * x * (1 - x / nullif(n, 0)))) / nullif(2 * (n + z * z), 0), 0)
    end as lower,
    case
        when has_value and kind = 'percent'
            then least(100 * (2 * x + z * z + z * sqrt(z * z + 4 * x * (1 - x / nullif(n, 0)))) / nullif(2 * (n + z * z), 0), 100)
    end as upper,
    status
from counted
