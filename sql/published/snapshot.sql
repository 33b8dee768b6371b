/*
description = "One row: which run these figures come from, the last day they cover, and what is hidden or rounded."
key         = ["run_id"]
editions    = ["internal", "board"]
[columns]
data_to = "The last day of the last complete month."
disclosure = "What is hidden or rounded, in a sentence."
*/
select
    policy.edition,
    run.run_id,
    run.as_at,
    cast(date_trunc('month', run.as_at + 1) as date) - 1 as data_to,
    run.trust_name,
    run.contact,
    'Counts of 1 to ' || cast(policy.hide_up_to as varchar) || ' people are hidden'
    || case
        when policy.round_to > 1 then ', others rounded to the nearest ' || cast(policy.round_to as varchar)
        else ''
    end
    || ', so that nobody can be picked out.' as disclosure
from marts.run as run
cross join published.policy as policy
