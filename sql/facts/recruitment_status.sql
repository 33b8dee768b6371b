/*
description = "Every row of recruitment_status ever read, with the as-at date its rules look at."
*/
select
    snapshot.*,
    run.as_at
from resolved.recruitment_status as snapshot
cross join marts.run as run
