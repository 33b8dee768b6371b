/*
title         = "Came back next quarter"
short_title   = "Came back next quarter"
definition    = "Of the service users who came to a meeting in a quarter, those who came to a meeting in the quarter after it."
question      = "Do people come back?"
theme         = "Do we keep it up?"
kind          = "percent"
unit          = "people's quarters"
better        = "higher"
grain         = "four_quarters"
chart         = ["p_prime", "none", "none"]
counts_people = true
levels        = ["trust", "care_setting", "service_area"]
window_days   = 92
side_by_side  = 2
beside        = ["someone_who_had_been_before", "still_involved_a_year_on"]
caution       = "People leave wards, and that is as it should be; a person who stays away for a quarter may be back in the next."
finding       = ["F8"]
source        = "Meeting and attendance registers"
owner         = "Involvement office"
reviewed_on   = 2026-11-23
*/
with back as (
    select distinct
        person_id,
        quarter_no
    from marts.service_user_quarter
)
select
    came.quarter_end as counted_on,
    came.team_id,
    came.person_id || '/' || cast(came.quarter_no as varchar) as unit_id,
    cast(back.person_id is not null as integer) as numerator,
    1 as denominator,
    came.person_id
from marts.service_user_quarter as came
left join back on came.person_id = back.person_id and came.quarter_no + 1 = back.quarter_no
