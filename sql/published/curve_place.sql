/*
description = "The places and four quarters of which a waiting curve may be told: where the edition shows how many of the same people came to a first meeting. Elsewhere the curve would tell what is hidden there."
key         = ["edition", "level", "place_id", "period_start"]
*/
select
    edition,
    level,
    place_id,
    period_start
from published.disclosed_cell
where
    indicator_id = 'interest_to_active_in_180_days'
    and dimension = ''
    and level in ('trust', 'care_setting')
    and status = 'shown'
