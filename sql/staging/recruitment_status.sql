/*
description = "One row for each candidate and day of a snapshot, with what the status means among the stages of recruitment. Snapshots of days to come wait."
key         = ["candidate_id", "snapshot_on"]
[columns]
stage = "What the status means among the stages of recruitment: interest, conversation, registered, paused, declined or left."
*/
select
    candidate as candidate_id,
    snapshot_on,
    team_id,
    case
        when status = 'Applicant' then 'interest'
        when status = 'In Process' then 'conversation'
        when status = 'Accepted' then 'registered'
        when status in ('Inactive - Short Term', 'Inactive - Long Term') then 'paused'
        when status = 'Archived - Rejected' then 'declined'
        else 'left'
    end as stage
from validated.recruitment_status
where snapshot_on <= as_at
