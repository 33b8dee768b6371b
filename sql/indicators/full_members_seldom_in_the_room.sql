/*
title         = "Set up as full members, seldom in the room"
short_title   = "Full members, seldom in the room"
definition    = "Of the projects set up with service users as full members that had at least three meetings in the quarter whose attendance we know, those where a service user was in the room at fewer than half. Each is counted on the last day of the quarter."
question      = "Do we do what we said we would?"
theme         = "Do we keep it up?"
kind          = "percent"
unit          = "projects"
better        = "lower"
grain         = "quarter"
chart         = ["run", "run", "none"]
counts_people = false
diary         = true
overview      = 5
beside        = ["projects_with_full_members", "meetings_not_recorded"]
caution       = "People may work on a project between its meetings. The promise was ours, so the gap is ours."
finding       = ["F2"]
source        = "Project and meeting registers"
owner         = "Involvement office"
reviewed_on   = 2026-11-23
*/
select
    project.quarter_end as counted_on,
    project.team_id,
    project.project_id as unit_id,
    cast(2 * project.meetings_present < project.meetings_known as integer) as numerator,
    1 as denominator
from marts.project_quarter as project
where project.declared_involvement = 'big_i' and project.meetings_known >= 3
