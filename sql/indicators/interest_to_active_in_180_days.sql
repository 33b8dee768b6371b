/*
title         = "From interest to involvement"
short_title   = "From interest to involvement"
definition    = "Of the people who said they were interested, those who took part within 180 days."
question      = "Does interest lead to a place at the table?"
theme         = "Do people get involved?"
kind          = "percent"
unit          = "people"
better        = "higher"
grain         = "four_quarters"
chart         = ["p_prime", "none", "none"]
counts_people = true
breakdown     = ["ethnic_group", "age_band", "gender", "route"]
outcome       = "stage"
window_days   = 180
overview      = 8
side_by_side  = 3
beside        = ["turned_away_by_us"]
caution       = "Some people change their mind for good reasons of their own; read it beside how many we turned away."
finding       = ["F3", "F4"]
source        = "Recruitment records"
owner         = "Involvement office"
reviewed_on   = 2026-11-22
*/
select
    interest.interest_on as counted_on,
    interest.team_id,
    interest.candidate_id as unit_id,
    cast(coalesce(interest.days_to_active <= 180, false) as integer) as numerator,
    1 as denominator,
    interest.candidate_id as person_id,
    furthest.stage
from marts.first_interest as interest
inner join marts.furthest_stage as furthest on interest.candidate_id = furthest.candidate_id
