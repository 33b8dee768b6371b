/*
description = "For the trust and both care settings, in every complete four quarters: meetings by their type, in the three states of presence, and how many distinct service users came. A 'home' microsystem meeting is told as a microsystem meeting: whose home is nobody's business here. Where none was held there is no row."
key         = ["level", "place_id", "period_start", "meeting_type"]
[columns]
meeting_type = "The kind of meeting: microsystem, qi_project, co_design_workshop or governance."
meetings_present = "At how many meetings a service user was in the room."
meetings_absent = "At how many meetings no service user was in the room."
meetings_not_recorded = "At how many meetings it is not known."
service_users_count = "How many distinct service users came."
*/
with met as (
    select
        team_place.level,
        team_place.place_id,
        calendar.period_start,
        calendar.period_end,
        case meeting.meeting_type when 'home_microsystem' then 'microsystem' else meeting.meeting_type end as meeting_type,
        meeting.meeting_id,
        meeting.presence
    from marts.meeting as meeting
    inner join marts.team_place as team_place
        on meeting.team_id = team_place.team_id and team_place.level in ('trust', 'care_setting')
    inner join marts.calendar as calendar
        on meeting.held_on = calendar.day and calendar.grain = 'four_quarters' and calendar.window_days = 0
    cross join marts.run as run
    where calendar.period_end <= run.as_at
),
came as (
    select
        met.level,
        met.place_id,
        met.period_start,
        met.meeting_type,
        count(distinct visit.person_id) as service_users_count
    from met
    inner join marts.visit as visit on met.meeting_id = visit.meeting_id
    group by all
)
select
    met.level,
    met.place_id,
    met.period_start,
    met.period_end,
    met.meeting_type,
    cast(count_if(met.presence = 'present') as bigint) as meetings_present,
    cast(count_if(met.presence = 'absent') as bigint) as meetings_absent,
    cast(count_if(met.presence = 'not_recorded') as bigint) as meetings_not_recorded,
    coalesce(max(came.service_users_count), 0) as service_users_count
from met
left join came
    on
        met.level = came.level
        and met.place_id = came.place_id
        and met.period_start = came.period_start
        and met.meeting_type = came.meeting_type
group by met.level, met.place_id, met.period_start, met.period_end, met.meeting_type
