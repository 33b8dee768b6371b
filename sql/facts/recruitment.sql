/*
description = "Every recruitment row ever read, with what its rules need to know of the team and the as-at date."
[columns]
team_is_known = "Whether the team is known here; empty where the row names none."
*/
select
    recruitment.*,
    run.as_at,
    case when recruitment.team_id is not null then team.team_id is not null end as team_is_known
from resolved.recruitment as recruitment
cross join marts.run as run
left join validated.teams as team on recruitment.team_id = team.team_id
