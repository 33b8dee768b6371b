/*
description = "The steps at which people of a team wait, in order: on the way from interest to the first meeting, and for learning. A way that is paused or has come to an outcome is at none of them; neither is somebody who was approached and has not said yet that they are interested."
key         = ["step"]
[columns]
step = "A stage of the way, or booked or under_way for a course."
topic = "What people wait for: involvement or training."
step_no = "The place of the step in the order of its topic, from 1."
title = "The step in words."
*/
select
    stage as step,
    'involvement' as topic,
    stage_no as step_no,
    step as title
from marts.stage
where stage <> 'active'
union all
select
    step,
    'training' as topic,
    step_no,
    title
from (
    values
        ('booked', 1, 'Booked on a course that has not begun'),
        ('under_way', 2, 'On a course, not finished yet')
) as learning (step, step_no, title)
