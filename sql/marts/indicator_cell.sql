/*
description = "Every complete month of every indicator and place before disclosure control: for tests, and for those with the right."
key         = ["indicator_id", "level", "place_id", "period_start"]
*/
select
    counted.indicator_id,
    counted.level,
    counted.place_id,
    counted.period_start,
    counted.numerator,
    counted.denominator
from marts.indicator_count as counted
inner join marts.indicator_catalogue as indicator on counted.indicator_id = indicator.indicator_id
cross join marts.run as run
where
    counted.grain = 'month'
    and counted.denominator > 0
    and date_diff('day', counted.period_end, run.as_at) >= indicator.window_days
