/*
description = "What is known of a person or candidate that an indicator can be broken down by: one category in each dimension, the first that was told, and when, so that what happens later moves nobody. No row where nothing is known."
key         = ["person_id", "dimension"]
[columns]
person_id = "The person or candidate, as a pseudonym."
dimension = "What people are grouped by: ethnic_group, age_band, gender or route."
category = "The group of the person, as first told."
told_on = "The day on which the group was first told; empty where nobody wrote it down."
*/
with answer as (
    select
        person_id,
        joined_on as told_on,
        age_band,
        gender,
        ethnic_category,
        cast(null as varchar) as route
    from staging.person
    union all
    select
        candidate_id as person_id,
        event_on as told_on,
        age_band,
        gender,
        ethnic_category,
        route
    from staging.recruitment_event
),
told as (
    select
        person_id,
        told_on,
        'age_band' as dimension,
        lower(age_band) as category
    from answer
    union all
    select
        person_id,
        told_on,
        'gender' as dimension,
        lower(gender) as category
    from answer
    union all
    select
        person_id,
        told_on,
        'ethnic_group' as dimension,
        case
            when ethnic_category in ('A', 'B', 'C') then 'White'
            when ethnic_category in ('D', 'E', 'F', 'G') then 'Mixed'
            when ethnic_category in ('H', 'J', 'K', 'L') then 'Asian'
            when ethnic_category in ('M', 'N', 'P') then 'Black'
            when ethnic_category in ('R', 'S') then 'Other'
        end as category
    from answer
    union all
    select
        person_id,
        told_on,
        'route' as dimension,
        route as category
    from answer
)
select
    person_id,
    dimension,
    category,
    told_on
from told
where category is not null and category not in ('not stated', 'not known', 'unknown')
qualify row_number() over (partition by person_id, dimension order by told_on nulls last, category) = 1
