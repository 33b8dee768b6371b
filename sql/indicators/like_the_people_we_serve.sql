/*
title         = "Like the people we serve: groups with fewer in the room"
short_title   = "Like the people we serve"
definition    = "Of the ethnic groups among the people we serve, those of which clearly fewer came to our meetings as service users over four quarters than their share of the caseload."
question      = "Are those who come like the people we serve?"
theme         = "Do people get involved?"
kind          = "percent"
unit          = "groups"
better        = "lower"
grain         = "four_quarters"
chart         = ["none", "none", "none"]
counts_people = false
levels        = ["trust"]
overview      = 10
beside        = ["interest_to_active_in_180_days"]
caution       = "Groups with too few people to say count as not shown to have fewer. Whose group is not known is left out."
finding       = ["F4", "F5"]
source        = "Involvement register, attendance register, caseload"
owner         = "Involvement office"
reviewed_on   = 2026-11-23
*/
select
    representation.period_end as counted_on,
    cast(null as varchar) as team_id,
    representation.category as unit_id,
    cast(representation.verdict = 'fewer' as integer) as numerator,
    1 as denominator
from marts.representation as representation
where representation.dimension = 'ethnic_group'
