/*
description = "What every check found in this run. Counts are of rows, never of what stands in them."
key         = ["feed", "check_name"]
editions    = ["internal", "board"]
*/
select
    policy.edition,
    verdict.feed,
    verdict.check_name,
    verdict.severity,
    verdict.success,
    verdict.unexpected_count,
    verdict.element_count,
    verdict.sentence
from marts.verdict as verdict
cross join published.policy as policy
