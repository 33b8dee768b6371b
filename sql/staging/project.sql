/*
description = "One row for each quality improvement project. Titles stay behind."
key         = ["project_id"]
*/
select
    project_id,
    team_id,
    declared_involvement,
    opened_on,
    closed_on
from validated.projects
