/*
description = "Every file ever seen, with its counts as they stand now."
key         = ["feed", "file_name", "sha256"]
editions    = ["internal", "board"]
[columns]
rows_loaded = "How many of its rows count now."
rows_quarantined = "How many of its rows are held back now."
rows_duplicate = "How many of its rows repeat another of the file."
rows_superseded = "How many of its rows a later file has replaced."
outcome = "What became of the file: loaded, refused, already_loaded, or waiting for a meeting it belongs to."
message = "What there is to say of the file; empty where there is nothing."
*/
with counted as (
    select
        file_id,
        coalesce(sum(rows_count) filter (where disposition = 'loaded'), 0) as rows_loaded,
        coalesce(sum(rows_count) filter (where disposition = 'quarantined'), 0) as rows_quarantined,
        coalesce(sum(rows_count) filter (where disposition = 'duplicate'), 0) as rows_duplicate,
        coalesce(sum(rows_count) filter (where disposition = 'superseded'), 0) as rows_superseded
    from dispositions.file_count
    group by file_id
),
-- A report that belongs to no meeting yet waits as a whole.
waiting as (
    select file_id
    from facts.ms_teams
    group by file_id
    having not bool_or(meeting_is_known)
)
select
    policy.edition,
    file.feed,
    file.file_name,
    file.sha256,
    file.rows_in,
    cast(coalesce(counted.rows_loaded, 0) as bigint) as rows_loaded,
    cast(coalesce(counted.rows_quarantined, 0) as bigint) as rows_quarantined,
    cast(coalesce(counted.rows_duplicate, 0) as bigint) as rows_duplicate,
    cast(coalesce(counted.rows_superseded, 0) as bigint) as rows_superseded,
    case when waiting.file_id is null then file.outcome else 'waiting' end as outcome,
    case
        when waiting.file_id is null then file.message
        else concat_ws(' ', nullif(file.message, ''), 'It belongs to no meeting of the register, or to more than one: it waits and is tried again at each run.')
    end as message
from ledger.file as file
left join counted on file.file_id = counted.file_id
left join waiting on file.file_id = waiting.file_id
cross join published.policy as policy
