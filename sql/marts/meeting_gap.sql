/*
description = "One row for each stretch of a team's meetings up to and with the next one a service user came to; the last stretch may still be running. meetings_without counts those where nobody of them came, not_recorded those of which it is not known."
key         = ["team_id", "gap_no"]
[columns]
gap_no = "The stretch's number within the team, from 1."
first_on = "The day of the stretch's first meeting."
ended_on = "The day a service user came again; empty where the stretch is still running."
meetings_without = "How many meetings of the stretch no service user came to."
not_recorded = "How many meetings of the stretch nobody knows who came to."
*/
with numbered as (
    select
        team_id,
        held_on,
        presence,
        coalesce(
            sum(cast(presence = 'present' as integer)) over (
                partition by team_id
                order by held_on, meeting_id
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) + 1 as gap_no
    from marts.meeting
)
select
    team_id,
    cast(gap_no as integer) as gap_no,
    min(held_on) as first_on,
    max(case when presence = 'present' then held_on end) as ended_on,
    count_if(presence = 'absent') as meetings_without,
    count_if(presence = 'not_recorded') as not_recorded
from numbered
group by team_id, gap_no
