/*
description = "One row for each person invited to or present at a meeting. given_role is what the register of the meeting says."
key         = ["meeting_id", "person_id"]
*/
select
    meeting_id,
    person as person_id,
    attendance,
    person_role as given_role
from validated.attendance
