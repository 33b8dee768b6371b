/*
description = "One row for each approved decision to begin limits anew: from the first period of that place that begins on or after the day. indicator_id is empty where it holds for all. A decision without approval or reason is held back when it is loaded."
key         = ["annotation_id"]
*/
select
    annotation_id,
    indicator_id,
    level,
    place_id,
    on_date,
    approved_by,
    reason
from staging.annotation
where kind = 'rebase' and approved_by is not null and reason is not null
