/*
description = "The definition of every indicator, as its file states it."
key         = ["indicator_id"]
editions    = ["internal", "board"]
*/
select
    policy.edition,
    indicator.*
from marts.indicator_catalogue as indicator
cross join published.policy as policy
