/*
description = "One row for each service user in the room at a held meeting."
key         = ["meeting_id", "person_id"]
*/
select
    meeting_id,
    person_id,
    team_id,
    held_on
from marts.attendance
where is_service_user
