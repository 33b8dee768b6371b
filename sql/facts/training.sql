/*
description = "Every enrolment row ever read, with the as-at date its rules look at."
*/
select
    training.*,
    run.as_at
from resolved.training as training
cross join marts.run as run
