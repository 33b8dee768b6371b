/*
description = "One row for each note of what service users said: how many service users of its place stood in the involvement register on that day, so that who joins or leaves later changes nothing; those without a known team count for the trust only."
key         = ["annotation_id"]
[columns]
service_users_count = "How many service users of the place stood in the register on the day of the note."
*/
with person as (
    select
        person.person_id,
        person.joined_on,
        person.left_on,
        coalesce(team.team_id, '') as team_id
    from staging.person as person
    left join staging.team as team on person.team_id = team.team_id
    where person.person_role in ('service_user', 'former_service_user')
)
select
    annotation.annotation_id,
    count(distinct person.person_id) as service_users_count
from staging.annotation as annotation
cross join marts.run as run
inner join marts.team_place as team_place
    on annotation.level = team_place.level and annotation.place_id = team_place.place_id
inner join person on team_place.team_id = person.team_id
where
    annotation.kind = 'said'
    and annotation.on_date <= run.as_at
    and coalesce(person.joined_on, annotation.on_date) <= annotation.on_date
    and coalesce(person.left_on, annotation.on_date) >= annotation.on_date
group by annotation.annotation_id
