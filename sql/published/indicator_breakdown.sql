/*
description = "Figures of people by ethnic group, age band, gender, route or how it ended (reason and stage: the tables of those names have the words), one at a time, for every place and period."
key         = ["indicator_id", "grain", "level", "place_id", "period_start", "dimension", "category"]
editions    = ["internal", "board"]
*/
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
    numerator,
    denominator,
    value,
    lower,
    upper,
    status
from published.disclosed_value
where dimension <> ''
