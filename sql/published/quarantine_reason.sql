/*
description = "How many rows of each feed are held back now for breaking each rule."
key         = ["feed", "rule"]
editions    = ["internal", "board"]
*/
select
    policy.edition,
    reason.feed,
    reason.rule,
    reason.rows_count
from dispositions.reason_count as reason
cross join published.policy as policy
