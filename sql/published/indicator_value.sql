/*
description = "Every indicator's figure for every place and period."
key         = ["indicator_id", "grain", "level", "place_id", "period_start"]
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
    numerator,
    denominator,
    value,
    lower,
    upper,
    status
from published.disclosed_value
where dimension = ''
