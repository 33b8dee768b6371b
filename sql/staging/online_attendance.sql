/*
description = "One row for each person whom a Teams report shows at a meeting. A report of the first generation (generation 1) knows people by name only."
key         = ["meeting_id", "person_id"]
*/
select
    meeting_id,
    person as person_id,
    generation
from validated.ms_teams
