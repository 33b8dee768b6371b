/*
description = "Who gets through: of the people who first said they were interested in the last eight quarters whose 180 days have passed, how many of each group there were and how many of them came to a first meeting within 180 days, beside all others of that place. Those whose group was not known by then are in neither. A row for every group of the trust at every place, also where nobody of it was interested."
key         = ["level", "place_id", "dimension", "category"]
[columns]
period_start = "The first day of the eight quarters."
period_end = "The last day of the eight quarters."
people = "How many people of the group said they were interested."
came = "How many of them came to a first meeting within 180 days."
other_people = "How many people of the other groups said they were interested."
others_came = "How many of these came to a first meeting within 180 days."
*/
with quarter as (
    select
        period.period_start,
        period.period_end
    from marts.period as period
    cross join marts.run as run
    where
        period.grain = 'quarter'
        and period.window_days = 0
        and date_diff('day', period.period_end, run.as_at) >= 180
    qualify row_number() over (order by period.period_start desc) <= 8
),
span as (
    select
        min(period_start) as period_start,
        max(period_end) as period_end
    from quarter
),
interested as (
    select
        team_place.level,
        team_place.place_id,
        person_category.dimension,
        person_category.category,
        cast(coalesce(interest.days_to_active <= 180, false) as integer) as came
    from marts.first_interest as interest
    inner join span on interest.interest_on between span.period_start and span.period_end
    inner join marts.team_place as team_place
        on coalesce(interest.team_id, '') = team_place.team_id and team_place.level in ('trust', 'care_setting')
    inner join marts.person_category as person_category
        on
            interest.candidate_id = person_category.person_id
            and date_diff('day', span.period_end, coalesce(person_category.told_on, span.period_end)) <= 180
    where person_category.dimension in ('route', 'ethnic_group', 'age_band', 'gender')
),
counted as (
    select
        level,
        place_id,
        dimension,
        category,
        count(*) as people,
        sum(came) as came
    from interested
    group by level, place_id, dimension, category
),
grouped as (
    select
        place.level,
        place.place_id,
        known.dimension,
        known.category,
        coalesce(counted.people, 0) as people,
        coalesce(counted.came, 0) as came
    from (select distinct dimension, category from counted) as known
    inner join marts.place as place on place.level in ('trust', 'care_setting')
    left join counted
        on
            place.level = counted.level
            and place.place_id = counted.place_id
            and known.dimension = counted.dimension
            and known.category = counted.category
)
select
    grouped.level,
    grouped.place_id,
    span.period_start,
    span.period_end,
    grouped.dimension,
    grouped.category,
    cast(grouped.people as bigint) as people,
    cast(grouped.came as bigint) as came,
    cast(sum(grouped.people) over (partition by grouped.level, grouped.place_id, grouped.dimension) - grouped.people as bigint)
        as other_people,
    cast(sum(grouped.came) over (partition by grouped.level, grouped.place_id, grouped.dimension) - grouped.came as bigint)
        as others_came
from grouped
cross join span
