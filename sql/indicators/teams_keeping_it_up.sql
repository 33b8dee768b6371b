/*
title         = "Teams keeping it up"
short_title   = "Teams keeping it up"
definition    = "Of the teams with at least six meetings whose attendance we know in each of three quarters running, those where a service user was in the room at half of them or more in each. Each is counted on the last day of the third quarter."
question      = "Does it last?"
theme         = "Do we keep it up?"
kind          = "percent"
unit          = "teams"
better        = "higher"
grain         = "quarter"
chart         = ["run", "run", "none"]
counts_people = false
levels        = ["trust", "care_setting", "service_area"]
diary         = true
overview      = 6
beside        = ["teams_without_a_service_user", "meetings_with_service_user"]
caution       = "Teams that meet seldom, or do not record who came, cannot be judged and are not counted. It is not a list of teams."
finding       = ["F8", "F9"]
source        = "Meeting and attendance registers"
owner         = "Involvement office"
reviewed_on   = 2026-11-23
*/
with judged as (
    select
        team_id,
        quarter_no,
        quarter_end,
        min(cast(2 * meetings_present >= meetings_known as integer)) over (
            partition by team_id
            order by quarter_no
            rows between 2 preceding and current row
        ) as is_kept_up,
        lag(quarter_no, 2) over (partition by team_id order by quarter_no) as first_quarter_no
    from marts.team_quarter
    where meetings_known >= 6
)
select
    judged.quarter_end as counted_on,
    judged.team_id,
    judged.team_id as unit_id,
    judged.is_kept_up as numerator,
    1 as denominator
from judged
where judged.first_quarter_no = judged.quarter_no - 2
