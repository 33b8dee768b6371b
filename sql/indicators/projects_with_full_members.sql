/*
title         = "Set up with service users as full members ('Big I')"
short_title   = "Set up with full members"
definition    = "Of the projects open in a quarter, those set up with service users as full members of the project team. Each is counted on the last day of the quarter."
question      = "Do projects set out to work with service users?"
theme         = "Do we keep it up?"
kind          = "percent"
unit          = "projects"
better        = "higher"
grain         = "quarter"
chart         = ["run", "run", "none"]
counts_people = false
beside        = ["full_members_seldom_in_the_room"]
caution       = "It is what was declared, not what was done; a project that stated nothing counts as not set up so."
finding       = ["F2", "F8"]
source        = "Project register"
owner         = "Involvement office"
reviewed_on   = 2026-11-23
*/
select
    project.quarter_end as counted_on,
    project.team_id,
    project.project_id as unit_id,
    cast(project.declared_involvement = 'big_i' as integer) as numerator,
    1 as denominator
from marts.project_quarter as project
