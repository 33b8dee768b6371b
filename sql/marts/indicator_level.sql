/*
description = "The levels each indicator is given for; its header may leave some out."
key         = ["indicator_id", "level"]
[columns]
level = "The level of the place: trust, care_setting, service_area or team."
*/
select
    indicator_id,
    unnest(levels) as level
from marts.indicator_catalogue
