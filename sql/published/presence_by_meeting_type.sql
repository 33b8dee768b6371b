/*
description = "Same table or separate rooms: at how many meetings of each type a service user was in the room, was not, or it is not known, in four quarters, with the percentage of those known and its 95 % Wilson interval. Where the policy hides diaries, a period is told at a level either whole or not at all: hidden where only one or two service users came to the meetings of any type at any place of that level, so that no type and no place follows from the others."
key         = ["level", "place_id", "period_start", "meeting_type"]
editions    = ["internal", "board"]
[columns]
meetings_present = "At how many meetings a service user was in the room; empty where it is hidden."
meetings_absent = "At how many meetings no service user was in the room; empty where it is hidden."
meetings_known = "At how many meetings it is known; empty where it is hidden."
meetings_not_recorded = "At how many meetings it is not known; empty where it is hidden."
value = "Of the meetings known, those with a service user in the room, percent 0 to 100."
lower = "The lower end of the 95 % Wilson interval, percent 0 to 100."
upper = "The upper end of the 95 % Wilson interval, percent 0 to 100."
status = "Whether the figures are shown or hidden."
*/
with judged as (
    select
        policy.edition,
        policy.hides_diaries
        and max(cast(counted.service_users_count between 1 and 2 as integer)) over (
            partition by policy.edition, counted.level, counted.period_start
        ) = 1 as is_diary,
        counted.*
    from marts.meeting_type_presence as counted
    cross join published.policy as policy
),
told as (
    select
        edition,
        level,
        place_id,
        period_start,
        period_end,
        meeting_type,
        is_diary,
        case when not is_diary then meetings_present end as meetings_present,
        case when not is_diary then meetings_absent end as meetings_absent,
        case when not is_diary then meetings_present + meetings_absent end as meetings_known,
        case when not is_diary then meetings_not_recorded end as meetings_not_recorded,
        case when not is_diary then cast(meetings_present as double) end as x,
        case when not is_diary then cast(nullif(meetings_present + meetings_absent, 0) as double) end as n,
        1.959963984540054 as z
    from judged
)
select
    edition,
    level,
    place_id,
    period_start,
    period_end,
    meeting_type,
    meetings_present,
    meetings_absent,
    meetings_known,
    meetings_not_recorded,
    100 * x / nullif(n, 0) as value,
    greatest(100 * (2 * x + z * z - z * sqrt(z * z + 4 * x * (1 - x / nullif(n, 0)))) / nullif(2 * (n + z * z), 0), 0) as lower,
    least(100 * (2 * x + z * z + z * sqrt(z * z + 4 * x * (1 - x / nullif(n, 0)))) / nullif(2 * (n + z * z), 0), 100) as upper,
    case when is_diary then 'hidden' else 'shown' end as status
from told
