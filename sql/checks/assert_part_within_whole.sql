/*
description = "Of a percentage, the part counted is never more than the whole, and neither is less than nothing."
*/
select
    counted.indicator_id,
    counted.grain,
    counted.level,
    counted.place_id,
    counted.period_start
from marts.indicator_count as counted
inner join marts.indicator_catalogue as indicator on counted.indicator_id = indicator.indicator_id
where indicator.kind = 'percent' and (counted.numerator > counted.denominator or counted.numerator < 0)
