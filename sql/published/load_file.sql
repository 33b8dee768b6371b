/*
description = "Every file ever seen, with its counts as they stand now."
key         = ["feed", "file_name", "sha256"]
editions    = ["internal", "board"]
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
    file.outcome,
    file.message
from ledger.file as file
left join counted on file.file_id = counted.file_id
cross join published.policy as policy
