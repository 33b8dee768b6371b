"""The points of every chart: centre, limits and what each point means."""

import polars as pl

from pipelines.statistics.charts import CHARTS, OF_COUNTS, SeriesError, choose_scale, find_bounds
from pipelines.statistics.lines import LimitOptions, Observations
from pipelines.statistics.matrix import Floats, Layout, moving_ranges
from pipelines.statistics.rules import CAUSES, MDC_7_7, RuleSet, find_special_causes
from pipelines.statistics.segments import assign_segments
from pipelines.statistics.verdicts import point_type

__all__ = ["POINT_SCHEMA", "SERIES", "SeriesError", "draw_points", "signal_points"]

SERIES = ["indicator_id", "level", "place_id", "chart"]
POINT_SCHEMA = pl.Schema(
    {
        "indicator_id": pl.String,
        "level": pl.String,
        "place_id": pl.String,
        "chart": pl.String,
        "point_no": pl.Int32,
        "point_on": pl.Date,
        "segment": pl.Int32,
        "value": pl.Float64,
        "centre": pl.Float64,
        "lower_limit": pl.Float64,
        "upper_limit": pl.Float64,
        "special_cause": pl.String,
        "point_type": pl.String,
        "rule_set": pl.String,
        "limits": pl.String,
    }
)
LINES = ("centre", "lower", "upper", "near_lower", "near_upper", "mean_range")
SIGNS = ("side", "near", "outside", "trend", "two_in_three", "shift", "direction")


def signal_points(
    values: pl.DataFrame,
    rule_set: RuleSet = MDC_7_7,
    options: LimitOptions | None = None,
    rebases: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Compute every series at once, as stored.

    In: as `draw_points`; percentages are 0..100.
    Out: columns of POINT_SCHEMA, sorted by series and time. Limits are drawn within what is possible (0..100 for
    shares, from 0 for rates and counts; also 0..100 on an xmr chart where an optional column kind is `percent`);
    the rules see them uncut, so the near zone keeps its width next to 0 and 100.
    `limits`: `none` (under 6 values in the segment), `trial` (6 to 11: drawn, not judged, point_type `none`), `full`.
    Raises SeriesError for an unknown chart, for two values of one period and for a time of 0 on a t chart.
    """
    graded = _grade(draw_points(values, rule_set, options, rebases), rule_set)
    return _store(graded, rule_set, options or LimitOptions())


def draw_points(
    values: pl.DataFrame,
    rule_set: RuleSet = MDC_7_7,
    options: LimitOptions | None = None,
    rebases: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Lines and rules of every series at once, however short, with all that was found on the way.

    In: one row for each complete cell to be drawn: indicator_id, level, place_id, chart (a name in charts.CHARTS;
    `none` and NULL are left out), period_start (DATE), numerator, denominator, value (in the unit of the chart),
    better (`higher`, `lower`, `neither`). Optional: segment (INTEGER, a rebase starts the next one, default 1; or
    rebases, see segments.assign_segments) and in_baseline (BOOLEAN, which points the lines are computed from, default
    all, or the first options.baseline_points of each segment). Other columns are kept.
    A row without value, or of a chart of counts with denominator 0 or no numerator, is a gap: it breaks runs and
    never signals. Out: sorted by series and time, with point_no, segment, in_baseline, series (one number for each
    segment of a series), the columns of LINES (Float64), SIGNS (Int8) and special_cause.
    """
    drawn = values.filter(pl.col("chart").is_not_null() & (pl.col("chart") != "none"))
    _refuse_what_is_no_series(drawn)
    chosen = options or LimitOptions()
    points = _prepare(drawn if rebases is None else assign_segments(drawn, rebases), chosen)
    names = [name for name in CHARTS if name in points["chart"].unique()] or ["run"]
    charts = [_draw(points.filter(pl.col("chart") == name), name, rule_set, chosen) for name in names]
    return pl.concat(charts).sort("series", "period_start")


def _refuse_what_is_no_series(drawn: pl.DataFrame) -> None:
    unknown = drawn.filter(~pl.col("chart").is_in(list(CHARTS)))
    if unknown.height:
        raise SeriesError(f"Chart '{unknown['chart'][0]}' is not known; the charts are {', '.join(CHARTS)}.")
    twice = drawn.filter(pl.struct(*SERIES, "period_start").is_duplicated())
    if twice.height:
        first = twice.row(0, named=True)
        raise SeriesError(
            f"{first['indicator_id']} at {first['level']} {first['place_id']} has more than one value for the period "
            f"from {first['period_start']}; a chart takes one."
        )


def _prepare(drawn: pl.DataFrame, options: LimitOptions) -> pl.DataFrame:
    """Sorted, numbered, with gaps as NULL in value and both counts."""
    given = drawn.with_columns(pl.col("segment") if "segment" in drawn.columns else pl.lit(1).alias("segment"))
    ordered = given.sort(*SERIES, "period_start").with_columns(series=pl.struct(*SERIES, "segment").rle_id())
    first = pl.int_range(pl.len()).over("series") < (options.baseline_points or pl.len())
    measured = ["numerator", "denominator", "value"]
    numbers = ordered.with_columns(pl.col(*measured).cast(pl.Float64)).with_columns(pl.col("value").fill_nan(None))
    counted = pl.col("numerator").is_not_null() & (pl.col("denominator") > 0)
    known = pl.col("value").is_not_null() & (counted | ~pl.col("chart").is_in(list(OF_COUNTS)))
    return numbers.with_columns(
        pl.when(known).then(pl.col(*measured)),
        in_baseline=pl.col("in_baseline") if "in_baseline" in drawn.columns else first,
        point_no=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over(*SERIES),
    )


def _draw(points: pl.DataFrame, chart: str, rule_set: RuleSet, options: LimitOptions) -> pl.DataFrame:
    """Through matrices and back: all series of one chart at once."""
    layout = Layout.of(points["series"])
    seen = _observe(points, layout, chart, options)
    lines = CHARTS[chart](seen, options)
    found = find_special_causes(seen.values, lines, rule_set)
    return points.with_columns(
        layout.gather(seen.values).alias("value"),
        *(_gather_line(layout, getattr(lines, name)).alias(name) for name in LINES),
        *(layout.gather(getattr(found, name)).alias(name) for name in SIGNS),
        layout.gather(found.cause)
        .replace_strict(dict(enumerate(CAUSES)), return_dtype=pl.String)
        .alias("special_cause"),
    )


def _observe(points: pl.DataFrame, layout: Layout, chart: str, options: LimitOptions) -> Observations:
    baseline = None if points["in_baseline"].all() else layout.spread_flags(points["in_baseline"])
    values = layout.spread(points["value"])
    if chart not in OF_COUNTS:
        return Observations(moving_ranges(values) if chart == "mr" else values, baseline=baseline)
    numerators, denominators = layout.spread(points["numerator"]), layout.spread(points["denominator"])
    return Observations(values, numerators, denominators, baseline, choose_scale(chart, options))


def _gather_line(layout: Layout, line: Floats | None) -> pl.Series:
    if line is None:
        return pl.repeat(None, len(layout.rows), dtype=pl.Float64, eager=True)
    return layout.gather(line)


def _grade(points: pl.DataFrame, rule_set: RuleSet) -> pl.DataFrame:
    """Say how far each series may be trusted, and take limits away from those that are too short."""
    known = pl.col("value").count().over("series")
    full, trial = known >= rule_set.points_for_signals, known >= rule_set.points_for_limits
    return points.with_columns(
        pl.when(trial).then(pl.col("lower", "upper")),
        limits=pl.when(full).then(pl.lit("full")).when(trial).then(pl.lit("trial")).otherwise(pl.lit("none")),
    )


def _store(found: pl.DataFrame, rule_set: RuleSet, options: LimitOptions) -> pl.DataFrame:
    judged = (pl.col("limits") == "full") & pl.col("value").is_not_null()
    lower, upper = _bounds(found, options)
    return found.with_columns(
        point_on="period_start",
        lower_limit=pl.max_horizontal("lower", pl.when(pl.col("lower").is_not_null()).then(lower)),
        upper_limit=pl.min_horizontal("upper", pl.when(pl.col("upper").is_not_null()).then(upper)),
        special_cause=pl.when(judged).then("special_cause").otherwise(pl.lit("none")),
        point_type=pl.when(judged).then(point_type(pl.col("direction"), pl.col("better"))).otherwise(pl.lit("none")),
        rule_set=pl.lit(rule_set.id),
    ).select(pl.col(name).cast(dtype) for name, dtype in POINT_SCHEMA.items())


def _bounds(found: pl.DataFrame, options: LimitOptions) -> tuple[pl.Expr, pl.Expr]:
    """The lowest and highest value a limit is drawn at; NULL where there is none."""
    of_chart = {name: find_bounds(name, choose_scale(name, options)) for name in CHARTS}
    low, high = (
        pl.col("chart").replace_strict(
            {name: bounds[end] for name, bounds in of_chart.items()}, return_dtype=pl.Float64
        )
        for end in (0, 1)
    )
    if "kind" not in found.columns:
        return low, high
    percent = (pl.col("kind") == "percent") & pl.col("chart").is_in(["xmr", "i"])
    return pl.when(percent).then(0.0).otherwise(low), pl.when(percent).then(100.0).otherwise(high)
