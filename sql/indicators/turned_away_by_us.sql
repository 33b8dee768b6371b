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
overview      = 9
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
    cast(coalesce(outcome.outcome <> 'active' and outcome.reason_code between 'D01' and 'D08', false) as integer)
        as numerator,
    1 as denominator,
    outcome.candidate_id as person_id
from marts.first_outcome as outcome
