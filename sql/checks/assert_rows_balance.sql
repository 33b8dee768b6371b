/*
description = "Every row read from a file of a feed there is now is loaded, held back, a duplicate or superseded: none is lost, none counted twice."
*/
select
    file.feed,
    file.file_id
from ledger.file as file
inner join marts.feed as feed on file.feed = feed.feed
left join dispositions.file_count as counted on file.file_id = counted.file_id
where file.outcome = 'loaded'
group by file.feed, file.file_id, file.rows_in
having file.rows_in <> coalesce(sum(counted.rows_count), 0)
