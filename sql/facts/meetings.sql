/*
description = "Every meeting row ever read, with what its rules need to know of teams, projects and the as-at date."
[columns]
team_is_known = "Whether the team is known here; empty where the row names none."
project_is_known = "Whether the project is known here; empty where the row names none."
*/
select
    meeting.*,
    run.as_at,
    team.closed_on as team_closed_on,
    case when meeting.team_id is not null then team.team_id is not null end as team_is_known,
    case when meeting.project_id is not null then project.project_id is not null end as project_is_known
from resolved.meetings as meeting
cross join marts.run as run
left join validated.teams as team on meeting.team_id = team.team_id
left join validated.projects as project on meeting.project_id = project.project_id
