/*
description = "One row for each of the last twelve meetings a team held, or all of them where it has held fewer."
key         = ["meeting_id"]
*/
select
    meeting_id,
    team_id,
    held_on,
    presence
from marts.meeting
qualify row_number() over (partition by team_id order by held_on desc, meeting_id desc) <= 12
