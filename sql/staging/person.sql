/*
description = "One row for each person of the involvement register or staff, under a pseudonym."
key         = ["person_id"]
*/
select
    person as person_id,
    person_role,
    team_id,
    joined_on,
    left_on,
    age_band,
    gender,
    ethnic_category
from validated.people
