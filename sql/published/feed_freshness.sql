/*
description = "For each feed, when its last file came and whether the next is overdue."
key         = ["feed"]
editions    = ["internal", "board"]
[columns]
last_file_at = "When the last file that was loaded came, in UTC; empty where none has."
is_late = "Whether the next file is overdue."
sentence = "What there is to say of the feed, in a sentence."
*/
with arrived as (
    select
        feed,
        max(first_seen_at) as last_file_at
    from ledger.file
    where outcome = 'loaded'
    group by feed
),
judged as (
    select
        feed.feed,
        feed.title,
        feed.last_record_on,
        feed.late_after_days,
        arrived.last_file_at,
        coalesce(date_diff('day', cast(arrived.last_file_at as date), run.as_at) > feed.late_after_days, true) as is_late
    from marts.feed as feed
    cross join marts.run as run
    left join arrived on feed.feed = arrived.feed
)
select
    policy.edition,
    judged.feed,
    judged.title,
    judged.last_file_at,
    judged.last_record_on,
    judged.is_late,
    case
        when judged.last_file_at is null then judged.title || ': no file has arrived yet.'
        when judged.is_late
            then judged.title || ': late, the last file came on ' || strftime(judged.last_file_at, '%-d %b %Y') || '.'
        else judged.title || ': the last file came on ' || strftime(judged.last_file_at, '%-d %b %Y') || '.'
    end as sentence
from judged
cross join published.policy as policy
