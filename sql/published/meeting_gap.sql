/*
description = "Meetings since a service user was last in the room: for each team every stretch of meetings without one, the one still running too. Meetings of which nobody knows who came are counted apart, never as absence."
key         = ["level", "place_id", "gap_no"]
editions    = ["internal"]
[columns]
level = "Always team."
is_running = "Whether no service user has come since."
*/
select
    policy.edition,
    'team' as level,
    gap.team_id as place_id,
    gap.gap_no,
    gap.first_on,
    gap.ended_on,
    gap.ended_on is null as is_running,
    cast(gap.meetings_without as bigint) as meetings_without,
    cast(gap.not_recorded as bigint) as not_recorded
from marts.meeting_gap as gap
cross join published.policy as policy
where policy.has_teams
