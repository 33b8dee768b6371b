/*
description = "In a sentence for each dimension: of how many groups clearly fewer or more come through (who_gets_through) or to meetings (representation), and of how many there are not enough people to say. Counts groups, never people."
key         = ["about", "level", "place_id", "period_start", "dimension"]
editions    = ["internal", "board"]
[columns]
about = "The table that is summed up: who_gets_through or representation."
level = "The level of the place: trust or care_setting."
place_id = "The place whose groups are summed up."
period_start = "The first day of what is summed up."
period_end = "The last day of what is summed up."
dimension = "What the groups are told apart by: ethnic_group, age_band, gender or route."
groups_count = "How many groups there are."
fewer_count = "Of how many groups clearly fewer come."
too_few_count = "Of how many groups there are not enough people to say."
sentence = "What it shows, in a sentence."
*/
with judged as (
    select
        edition,
        'who_gets_through' as about,
        level,
        place_id,
        period_start,
        period_end,
        dimension,
        verdict
    from published.who_gets_through
    union all
    select
        edition,
        'representation' as about,
        level,
        place_id,
        period_start,
        period_end,
        dimension,
        verdict
    from published.representation
),
counted as (
    select
        edition,
        about,
        level,
        place_id,
        period_start,
        period_end,
        dimension,
        count(*) as groups_count,
        count_if(verdict = 'fewer') as fewer_count,
        count_if(verdict = 'more') as more_count,
        count_if(verdict = 'too_few') as too_few_count
    from judged
    group by all
)
select
    edition,
    about,
    level,
    place_id,
    period_start,
    period_end,
    dimension,
    cast(groups_count as bigint) as groups_count,
    cast(fewer_count as bigint) as fewer_count,
    cast(too_few_count as bigint) as too_few_count,
    case dimension
        when 'ethnic_group' then 'By ethnic group: '
        when 'age_band' then 'By age: '
        when 'gender' then 'By gender: '
        else 'By route: '
    end
    || case
        when too_few_count = groups_count then 'not enough people to say of any group.'
        else case about when 'representation' then 'clearly under-represented: ' else 'clearly fewer come through: ' end
            || cast(fewer_count as varchar) || ' of ' || cast(groups_count as varchar) || ' groups'
            || case when more_count > 0 then ', clearly more in ' || cast(more_count as varchar) else '' end
            || case when too_few_count > 0 then '; ' || cast(too_few_count as varchar) || ' too few to say.' else '.' end
    end as sentence
from counted
