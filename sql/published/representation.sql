/*
description = "Like the people we serve: for each group on the caseload whether clearly fewer or more of it come to meetings than its share of the caseload, by a 95 % Wilson interval; too_few where fewer than 5 would be expected. No count of people is told, only the share of the caseload and the verdict."
key         = ["level", "place_id", "period_start", "dimension", "category"]
editions    = ["internal", "board"]
[columns]
level = "Always trust."
place_id = "Always trust."
share_served = "The group's share of the caseload, whole percent 0 to 100."
sentence = "What the verdict says, in a sentence."
*/
select
    policy.edition,
    'trust' as level,
    'trust' as place_id,
    representation.period_start,
    representation.period_end,
    representation.dimension,
    representation.category,
    cast(round(cast(100 * representation.people_served as double) / nullif(representation.all_served, 0)) as integer)
        as share_served,
    representation.verdict,
    case representation.verdict
        when 'fewer' then 'Clearly fewer come to meetings than their share of the people we serve.'
        when 'more' then 'Clearly more come to meetings than their share of the people we serve.'
        when 'alike' then 'No clear difference from the people we serve.'
        else 'Not enough people to say.'
    end as sentence
from marts.representation as representation
cross join published.policy as policy
