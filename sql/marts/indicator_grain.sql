/*
description = "The grains each indicator is counted at. Events are published by month and quarter, people at one grain only, so that no two grains can be subtracted; months are always counted."
key         = ["indicator_id", "grain"]
[columns]
grain = "The period figures are counted by: month, quarter or four_quarters."
is_published = "Whether figures of that grain are published."
*/
with grain as (
    select unnest(['month', 'quarter', 'four_quarters']) as grain
)
select
    indicator.indicator_id,
    grain.grain,
    indicator.window_days,
    grain.grain = indicator.grain or (not indicator.counts_people and grain.grain in ('month', 'quarter'))
        as is_published
from marts.indicator_catalogue as indicator
cross join grain
where
    grain.grain = 'month'
    or grain.grain = indicator.grain
    or (not indicator.counts_people and grain.grain = 'quarter')
