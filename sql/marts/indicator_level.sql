/*
description = "The levels each indicator is given for; its header may leave some out."
key         = ["indicator_id", "level"]
*/
select
    indicator_id,
    unnest(levels) as level
from marts.indicator_catalogue
