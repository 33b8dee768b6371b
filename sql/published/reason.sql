/*
description = "What the categories of the dimension reason mean: words, and by whose decision a way to involvement ended (involved: it did not end). In their order for readers. Of the categories on our side everybody counts in the indicator's numerator, of the others nobody."
key         = ["category"]
editions    = ["internal", "board"]
*/
select distinct
    policy.edition,
    reason.category,
    reason.side,
    reason.category_no,
    reason.title
from marts.reason as reason
cross join published.policy as policy
