/*
description = "Every comparison of two places beside the figures of both, with suffixes _a and _b: what a pair of dots is filled from."
key         = ["indicator_id", "level", "place_a", "place_b", "period_start"]
editions    = ["internal", "board"]
*/
select
    comparison.edition,
    comparison.indicator_id,
    comparison.level,
    comparison.place_a,
    comparison.place_b,
    side_a.grain,
    comparison.period_start,
    comparison.period_end,
    comparison.difference,
    comparison.lower,
    comparison.upper,
    comparison.sentence,
    place_a.name as name_a,
    side_a.numerator as numerator_a,
    side_a.denominator as denominator_a,
    side_a.value as value_a,
    side_a.lower as lower_a,
    side_a.upper as upper_a,
    side_a.status as status_a,
    place_b.name as name_b,
    side_b.numerator as numerator_b,
    side_b.denominator as denominator_b,
    side_b.value as value_b,
    side_b.lower as lower_b,
    side_b.upper as upper_b,
    side_b.status as status_b
from published.comparison as comparison
inner join published.indicator_value as side_a
    on
        comparison.edition = side_a.edition
        and comparison.indicator_id = side_a.indicator_id
        and comparison.level = side_a.level
        and comparison.place_a = side_a.place_id
        and comparison.period_start = side_a.period_start
        and comparison.period_end = side_a.period_end
inner join published.indicator_value as side_b
    on
        comparison.edition = side_b.edition
        and comparison.indicator_id = side_b.indicator_id
        and comparison.level = side_b.level
        and comparison.place_b = side_b.place_id
        and comparison.period_start = side_b.period_start
        and comparison.period_end = side_b.period_end
inner join published.place as place_a
    on side_a.edition = place_a.edition and side_a.level = place_a.level and side_a.place_id = place_a.place_id
inner join published.place as place_b
    on side_b.edition = place_b.edition and side_b.level = place_b.level and side_b.place_id = place_b.place_id
