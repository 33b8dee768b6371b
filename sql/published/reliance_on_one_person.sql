/*
description = "How far we rely on one person: of all attendances of service users in four quarters, the share of the one who came most, to the nearest 5 percent. Given from 10 attendances of 5 people on, and never where the policy hides so few people; how many people there were is not told, so that no place can be worked out from the others."
key         = ["level", "place_id", "period_start"]
editions    = ["internal", "board"]
[columns]
share = "Of all attendances of service users, the share of the one who came most, percent 0 to 100, to the nearest 5; empty where it is hidden."
status = "Whether the share is shown or hidden."
sentence = "What it shows, in a sentence."
*/
with told as (
    select
        policy.edition,
        visit_share.level,
        visit_share.place_id,
        visit_share.period_start,
        visit_share.period_end,
        case
            when
                visit_share.visits >= 10
                and visit_share.people_count >= 5
                and visit_share.people_count > policy.hide_up_to
                -- Rounded in whole numbers: engines round halves differently.
                then cast(
                    (200 * visit_share.most_visits + 5 * visit_share.visits)
                    // nullif(10 * visit_share.visits, 0) * 5 as integer
                )
        end as share
    from marts.visit_share as visit_share
    cross join published.policy as policy
)
select
    edition,
    level,
    place_id,
    period_start,
    period_end,
    share,
    case when share is null then 'hidden' else 'shown' end as status,
    case
        when share is null then 'Too few people came to say how far we rely on one of them.'
        when share = 0 then 'Less than 5 % of all attendances of service users were by any one person.'
        else 'About ' || cast(share as varchar) || ' % of all attendances of service users were by one person.'
    end as sentence
from told
