/*
description = "The latest complete figure of every series, beside what is said of its chart: what a line of a summary is filled from."
key         = ["indicator_id", "level", "place_id"]
editions    = ["internal", "board"]
*/
with latest as (
    select *
    from published.chart_series
    where is_complete
    qualify row_number() over (
        partition by edition, indicator_id, level, place_id
        order by period_start desc
    ) = 1
)
select
    latest.edition,
    latest.indicator_id,
    latest.grain,
    latest.level,
    latest.place_id,
    latest.period_start,
    latest.period_end,
    latest.numerator,
    latest.denominator,
    latest.value,
    latest.lower,
    latest.upper,
    latest.status,
    latest.is_complete,
    signal.chart as chart_drawn,
    signal.variation,
    signal.assurance,
    signal.summary,
    signal.points,
    signal.centre,
    signal.lower_limit,
    signal.upper_limit
from latest
left join published.signal as signal
    on
        latest.edition = signal.edition
        and latest.indicator_id = signal.indicator_id
        and latest.level = signal.level
        and latest.place_id = signal.place_id
