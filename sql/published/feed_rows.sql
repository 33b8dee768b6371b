/*
description = "What came of each feed's rows, every file ever seen together: the five parts add up to the rows read."
key         = ["feed"]
editions    = ["internal", "board"]
[columns]
files = "How many files of the feed were ever seen."
rows_in = "How many rows they hold."
rows_loaded = "How many of the rows count now."
rows_quarantined = "How many of the rows are held back now."
rows_duplicate = "How many of the rows repeat another of their file."
rows_superseded = "How many of the rows a later file has replaced."
rows_left_out = "How many of the rows stand in files that were not taken: refused, or delivered before."
*/
select
    edition,
    feed,
    count(*) as files,
    cast(sum(rows_in) as bigint) as rows_in,
    cast(sum(rows_loaded) as bigint) as rows_loaded,
    cast(sum(rows_quarantined) as bigint) as rows_quarantined,
    cast(sum(rows_duplicate) as bigint) as rows_duplicate,
    cast(sum(rows_superseded) as bigint) as rows_superseded,
    cast(sum(rows_in - rows_loaded - rows_quarantined - rows_duplicate - rows_superseded) as bigint) as rows_left_out
from published.load_file
group by edition, feed
