/*
description = "Who was in the room, one mark for each meeting of a team and no person: filled where a service user was there, ring where none was and none is on the list, ring_with_dot where one was asked and could not come, question_mark where it is not known, dash where the meeting was cancelled."
key         = ["level", "place_id", "meeting_id"]
editions    = ["internal"]
[columns]
level = "Always team."
mark = "The meeting's mark: filled, ring, ring_with_dot, question_mark or dash."
has_carer = "Whether a carer was in the room."
has_peer_worker = "Whether a peer worker was in the room."
is_chosen_place = "Whether it was held where service users chose."
*/
with mark as (
    select
        meeting_id,
        team_id,
        held_on,
        carers_attended > 0 as has_carer,
        peer_workers_attended > 0 as has_peer_worker,
        venue = 'chosen_by_service_users' as is_chosen_place,
        case
            when presence = 'present' then 'filled'
            when presence = 'not_recorded' then 'question_mark'
            when service_users_invited > 0 then 'ring_with_dot'
            else 'ring'
        end as mark
    from marts.meeting
    union all
    select
        meeting.meeting_id,
        meeting.team_id,
        meeting.held_on,
        false as has_carer,
        false as has_peer_worker,
        false as is_chosen_place,
        'dash' as mark
    from staging.meeting as meeting
    cross join marts.run as run
    where meeting.status = 'cancelled' and meeting.held_on <= run.as_at
)
select
    policy.edition,
    'team' as level,
    mark.team_id as place_id,
    mark.meeting_id,
    mark.held_on,
    mark.mark,
    mark.has_carer,
    mark.has_peer_worker,
    coalesce(mark.is_chosen_place, false) as is_chosen_place
from mark
cross join published.policy as policy
where policy.has_teams
