/*
title         = "Ended for a reason on our side"
short_title   = "Ended for a reason on our side"
definition    = "Of the people whose way to involvement came to a first outcome, those it ended for by a decision or a system of ours."
question      = "Do we turn people away?"
theme         = "Do people get involved?"
kind          = "percent"
unit          = "people"
better        = "lower"
grain         = "four_quarters"
chart         = ["p_prime", "none", "none"]
counts_people = true
breakdown     = ["ethnic_group", "age_band", "gender", "route"]
outcome       = "reason"
overview      = 9
side_by_side  = 4
beside        = ["interest_to_active_in_180_days"]
caution       = "Reasons are written down by us: 'no reply' and 'not recorded' may hide more."
finding       = ["F4", "F5"]
source        = "Recruitment records"
owner         = "Involvement office"
reviewed_on   = 2026-11-22
*/
select
    outcome.outcome_on as counted_on,
    outcome.team_id,
    outcome.candidate_id as unit_id,
    cast(reason.side = 'ours' as integer) as numerator,
    1 as denominator,
    outcome.candidate_id as person_id,
    reason.category as reason
from marts.first_outcome as outcome
inner join marts.reason as reason
    on case outcome.outcome when 'active' then 'active' else coalesce(outcome.reason_code, 'D99') end = reason.reason_code
