/*
description = "For every complete four quarters, dimension and category: how many people of it the trust serves, by the last caseload of each service area, and how many came to a meeting as a service user. Those of whom the category was not known by its end are in neither."
key         = ["period_start", "dimension", "category"]
[columns]
category = "The group, in lower case."
people_served = "How many people of the group are on the caseload."
all_served = "How many people of all groups are on the caseload."
people_involved = "How many service users of the group came to a meeting."
all_involved = "How many service users of all groups came to a meeting."
verdict = "Whether the group's share of those who came differs from its share of the caseload: fewer, more, alike or too_few to say."
*/
with latest as (
    select
        caseload.service_area_id,
        caseload.dimension,
        period.period_start,
        period.period_end,
        max(caseload.as_at) as as_at
    from staging.caseload as caseload
    cross join marts.run as run
    inner join marts.period as period
        on
            period.grain = 'four_quarters'
            and period.window_days = 0
            and caseload.as_at <= period.period_end
            and period.period_end <= run.as_at
    group by all
),
served as (
    select
        latest.period_start,
        latest.period_end,
        caseload.dimension,
        lower(caseload.category) as category,
        sum(caseload.people) as people_served
    from latest
    inner join staging.caseload as caseload
        on
            latest.service_area_id = caseload.service_area_id
            and latest.dimension = caseload.dimension
            and latest.as_at = caseload.as_at
    where lower(caseload.category) not in ('not stated', 'not known', 'unknown')
    group by all
),
came as (
    select distinct
        calendar.period_start,
        calendar.period_end,
        visit.person_id
    from marts.visit as visit
    inner join marts.calendar as calendar
        on visit.held_on = calendar.day and calendar.grain = 'four_quarters' and calendar.window_days = 0
),
involved as (
    select
        came.period_start,
        person_category.dimension,
        lower(person_category.category) as category,
        count(*) as people_involved
    from came
    inner join marts.person_category as person_category
        on
            came.person_id = person_category.person_id
            and coalesce(person_category.told_on, came.period_end) <= came.period_end
    group by all
),
counted as (
    select
        served.period_start,
        served.period_end,
        served.dimension,
        served.category,
        cast(served.people_served as bigint) as people_served,
        cast(sum(served.people_served) over (partition by served.period_start, served.dimension) as bigint)
            as all_served,
        coalesce(involved.people_involved, 0) as people_involved,
        cast(
            sum(coalesce(involved.people_involved, 0)) over (partition by served.period_start, served.dimension)
            as bigint
        ) as all_involved
    from served
    left join involved
        on
            served.period_start = involved.period_start
            and served.dimension = involved.dimension
            and served.category = involved.category
),
bounded as (
    select
        *,
        cast(people_served as double) / nullif(all_served, 0) as share_served,
        cast(all_involved as double) as n,
        cast(people_involved as double) / nullif(all_involved, 0) as p,
        1.959963984540054 as z
    from counted
)
select
    period_start,
    period_end,
    dimension,
    category,
    people_served,
    all_served,
    people_involved,
    all_involved,
    case
        when coalesce(n * share_served, 0) < 5 then 'too_few'
        when p + z * z / nullif(2 * n, 0) + z * sqrt(p * (1 - p) / nullif(n, 0) + z * z / nullif(4 * n * n, 0))
            < share_served * (1 + z * z / nullif(n, 0))
            then 'fewer'
        when p + z * z / nullif(2 * n, 0) - z * sqrt(p * (1 - p) / nullif(n, 0) + z * z / nullif(4 * n * n, 0))
            > share_served * (1 + z * z / nullif(n, 0))
            then 'more'
        else 'alike'
    end as verdict
from bounded
