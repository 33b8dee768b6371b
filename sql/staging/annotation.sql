/*
description = "One row for each note on a chart; without an indicator_id it is for all of the place's charts. owner and approved_by are roles, not people."
key         = ["annotation_id"]
*/
select
    annotation_id,
    level,
    place_id,
    indicator_id,
    kind,
    text,
    owner,
    approved_by,
    reason,
    on_date,
    due_on
from validated.annotations
