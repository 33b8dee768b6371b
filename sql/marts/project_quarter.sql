/*
description = "One row for each project and quarter in which it was open for at least a day, with its meetings of that quarter whose attendance is known."
key         = ["project_id", "quarter_end"]
[columns]
meetings_known = "How many of the project's meetings of the quarter have a known attendance."
meetings_present = "At how many of these a service user was in the room."
*/
with met as (
    select
        meeting.project_id,
        calendar.period_start,
        count(*) as meetings_known,
        count_if(meeting.presence = 'present') as meetings_present
    from marts.meeting as meeting
    inner join marts.calendar as calendar
        on meeting.held_on = calendar.day and calendar.grain = 'quarter' and calendar.window_days = 0
    where meeting.presence <> 'not_recorded'
    group by meeting.project_id, calendar.period_start
)
select
    project.project_id,
    project.team_id,
    project.declared_involvement,
    period.period_end as quarter_end,
    coalesce(met.meetings_known, 0) as meetings_known,
    coalesce(met.meetings_present, 0) as meetings_present
from staging.project as project
cross join marts.run as run
inner join marts.period as period
    on
        period.grain = 'quarter'
        and period.window_days = 0
        and project.opened_on <= least(period.period_end, run.as_at)
        and coalesce(project.closed_on, run.as_at) >= period.period_start
left join met on project.project_id = met.project_id and period.period_start = met.period_start
