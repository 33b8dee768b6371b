/*
description = "What a chart is filled from: every figure at the grain its chart is drawn in, each beside the point that is drawn of it. is_complete says whether the period and the window after it have ended, for hidden figures too."
key         = ["indicator_id", "level", "place_id", "period_start"]
editions    = ["internal", "board"]
[columns]
is_complete = "Whether the period and the window after it had ended on the as-at date."
*/
select
    cell.edition,
    cell.indicator_id,
    cell.grain,
    cell.level,
    cell.place_id,
    place.name,
    cell.period_start,
    cell.period_end,
    cell.numerator,
    cell.denominator,
    cell.value,
    cell.lower,
    cell.upper,
    cell.status,
    -- A figure hidden for disclosure control hides that it is incomplete as well: the dates say it.
    cell.status <> 'incomplete' and date_diff('day', cell.period_end, run.as_at) >= indicator.window_days as is_complete,
    point.point_no,
    point.segment,
    point.centre,
    point.lower_limit,
    point.upper_limit,
    point.special_cause,
    point.point_type,
    point.limits
from published.indicator_value as cell
cross join marts.run as run
inner join marts.indicator_catalogue as indicator on cell.indicator_id = indicator.indicator_id
inner join marts.indicator_chart as indicator_chart
    on
        cell.indicator_id = indicator_chart.indicator_id
        and cell.level = indicator_chart.level
        and cell.grain = indicator_chart.grain
inner join published.place as place
    on cell.edition = place.edition and cell.level = place.level and cell.place_id = place.place_id
left join published.signal_point as point
    on
        cell.edition = point.edition
        and cell.indicator_id = point.indicator_id
        and cell.level = point.level
        and cell.place_id = point.place_id
        and cell.period_start = point.point_on
