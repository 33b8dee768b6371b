/*
description = "How a way to involvement ended, and how far it came: for each place the latest complete figures by reason and by stage, in the words and the order of those tables. side says by whose decision; of a stage there is none."
key         = ["indicator_id", "level", "place_id", "dimension", "category"]
editions    = ["internal", "board"]
[columns]
dimension = "What the figure is split by: reason or stage."
category_no = "The place of the reason or stage in the order of its table, from 1."
title = "The reason or stage in words."
side = "By whose decision the way ended: ours, the_persons_own, neither, not_known or involved; empty for a stage."
*/
with words as (
    select
        edition,
        'reason' as dimension,
        category,
        category_no,
        title,
        side
    from published.reason
    union all
    select
        edition,
        'stage' as dimension,
        category,
        category_no,
        title,
        cast(null as varchar) as side
    from published.stage
)
select
    cell.edition,
    cell.indicator_id,
    cell.level,
    cell.place_id,
    cell.dimension,
    words.category_no,
    cell.category,
    words.title,
    words.side,
    cell.grain,
    cell.period_start,
    cell.period_end,
    cell.numerator,
    cell.denominator,
    cell.value,
    cell.lower,
    cell.upper,
    cell.status
from published.indicator_breakdown as cell
inner join words
    on cell.edition = words.edition and cell.dimension = words.dimension and cell.category = words.category
inner join published.latest_value as latest
    on
        cell.edition = latest.edition
        and cell.indicator_id = latest.indicator_id
        and cell.level = latest.level
        and cell.place_id = latest.place_id
        and cell.period_start = latest.period_start
