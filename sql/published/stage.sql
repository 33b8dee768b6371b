/*
description = "What the categories of the dimension stage mean: the stages of the way from interest to the first meeting in their order, in words. Who came to the first meeting counts in the indicator's numerator, who had come no further than another stage does not."
key         = ["category"]
editions    = ["internal", "board"]
[columns]
category = "The stage, as the dimension stage of the breakdowns names it."
*/
select
    policy.edition,
    stage.stage as category,
    stage.stage_no as category_no,
    stage.title
from marts.stage as stage
cross join published.policy as policy
