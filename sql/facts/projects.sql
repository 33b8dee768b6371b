/*
description = "Every project row ever read, and whether its team is known."
[columns]
team_is_known = "Whether the team is known here; empty where the row names none."
*/
select
    project.*,
    case when project.team_id is not null then team.team_id is not null end as team_is_known
from resolved.projects as project
left join validated.teams as team on project.team_id = team.team_id
