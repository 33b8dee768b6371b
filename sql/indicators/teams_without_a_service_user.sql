/*
title         = "Teams without a service user in the room all quarter"
short_title   = "Teams without a service user"
definition    = "Of the teams with at least three meetings in the quarter whose attendance we know, those where no service user was in the room at any. Each is counted on the last day of the quarter."
question      = "Where is nobody there at all?"
theme         = "Are service users there?"
kind          = "percent"
unit          = "teams"
better        = "lower"
grain         = "quarter"
chart         = ["run", "none", "none"]
counts_people = false
levels        = ["trust", "care_setting"]
diary         = true
beside        = ["teams_keeping_it_up", "meetings_not_recorded"]
caution       = "It says where help is wanted from the involvement office. Teams that meet seldom, or do not record who came, are not counted."
finding       = ["F1", "F5"]
source        = "Meeting and attendance registers"
owner         = "Involvement office"
reviewed_on   = 2026-11-23
*/
select
    team.quarter_end as counted_on,
    team.team_id,
    team.team_id as unit_id,
    cast(team.meetings_present = 0 as integer) as numerator,
    1 as denominator
from marts.team_quarter as team
where team.meetings_known >= 3
