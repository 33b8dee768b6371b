/*
description = "Every row of moodle ever read, with the as-at date its rules look at."
*/
select
    completion.*,
    run.as_at
from resolved.moodle as completion
cross join marts.run as run
