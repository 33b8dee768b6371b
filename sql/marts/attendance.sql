/*
description = "One row for each person who attended a held meeting, with the role they had there; empty where nobody knows it."
key         = ["meeting_id", "person_id"]
stored      = false
*/
select
    meeting_id,
    person_id,
    team_id,
    held_on,
    person_role,
    is_service_user
from marts.invitation
where attendance = 'attended'
