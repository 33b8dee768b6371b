/*
description = "One row for each approved decision to begin limits anew: from the first period of that place that begins on or after the day. indicator_id is empty where it holds for all."
key         = ["level", "place_id", "on_date", "indicator_id"]
*/
select
    cast(null as varchar) as indicator_id,
    cast(null as varchar) as level,
    cast(null as varchar) as place_id,
    cast(null as date) as on_date,
    cast(null as varchar) as approved_by,
    cast(null as varchar) as reason
from marts.run
where false
