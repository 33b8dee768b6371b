/*
description = "How many service users of each place stand in the involvement register on the as-at date; those without a known team count for the trust only."
key         = ["level", "place_id"]
[columns]
service_users_count = "How many service users stand in the register on the as-at date."
*/
select
    team_place.level,
    team_place.place_id,
    count(distinct person.person_id) as service_users_count
from staging.person as person
cross join marts.run as run
left join staging.team as team on person.team_id = team.team_id
inner join marts.team_place as team_place on coalesce(team.team_id, '') = team_place.team_id
where
    person.person_role in ('service_user', 'former_service_user')
    and coalesce(person.joined_on, run.as_at) <= run.as_at
    and coalesce(person.left_on, run.as_at) >= run.as_at
group by team_place.level, team_place.place_id
