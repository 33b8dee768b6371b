"""The points of every chart: centre, limits and what each point means."""

import polars as pl

from pipelines.statistics.limits import CHARTS, LimitOptions
from pipelines.statistics.rules import MDC_7_7, RuleSet, find_special_causes

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


class SeriesError(Exception):
    """Values that cannot be drawn as series; the message says which and why."""


def signal_points(
    values: pl.DataFrame, rule_set: RuleSet = MDC_7_7, options: LimitOptions | None = None
) -> pl.DataFrame:
    """Compute every series at once.

    In: one row for each complete cell to be drawn: indicator_id, level, place_id, chart (`p_prime`, `run`;
    `none` and NULL are left out), period_start (DATE), numerator, denominator, value (percent 0..100),
    better (`higher`, `lower`, `neither`). Optional: segment (INTEGER, a rebase starts the next one, default 1) and
    in_baseline (BOOLEAN, which points the limits are computed from, default all). Other columns are ignored.
    A row without value or with denominator 0 on a P-prime chart is a gap: it breaks runs and never signals.
    Out: columns of POINT_SCHEMA, sorted by series and time. Limits are percent, clipped to 0..100 as drawn; the
    rules see them unclipped, so the near zone keeps its width next to 0 and 100.
    `limits`: `none`, `trial` (6 to 11 values: drawn, not judged, point_type `none`), `full`.
    Raises SeriesError for an unknown chart and for two values of one period.
    """
    drawn = values.filter(pl.col("chart").is_not_null() & (pl.col("chart") != "none"))
    _refuse_what_is_no_series(drawn)
    points, chosen = _prepare(drawn), options or LimitOptions()
    charts = [compute(points.filter(pl.col("chart") == name), chosen) for name, compute in CHARTS.items()]
    graded = _grade(pl.concat(charts).sort("series", "period_start"), rule_set)
    return _store(find_special_causes(graded, rule_set), rule_set)


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


def _prepare(drawn: pl.DataFrame) -> pl.DataFrame:
    """Sorted, numbered, with gaps as NULL in value and both counts."""
    given = drawn.with_columns(
        pl.col("segment") if "segment" in drawn.columns else pl.lit(1).alias("segment"),
        pl.col("in_baseline") if "in_baseline" in drawn.columns else pl.lit(True).alias("in_baseline"),
    ).sort(*SERIES, "period_start")
    measured = ["numerator", "denominator", "value"]
    numbers = given.with_columns(pl.col(*measured).cast(pl.Float64)).with_columns(pl.col("value").fill_nan(None))
    counted = pl.col("numerator").is_not_null() & (pl.col("denominator") > 0)
    known = pl.col("value").is_not_null() & (counted | (pl.col("chart") != "p_prime"))
    return numbers.with_columns(
        pl.when(known).then(pl.col(*measured)),
        series=pl.struct(*SERIES, "segment").rle_id(),
        point_no=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over(*SERIES),
    )


def _grade(points: pl.DataFrame, rule_set: RuleSet) -> pl.DataFrame:
    """Say how far each series may be trusted, and take limits away from those that are too short."""
    known = pl.col("value").count().over("series")
    full, trial = known >= rule_set.points_for_signals, known >= rule_set.points_for_limits
    return points.with_columns(
        pl.when(trial).then(pl.col("lower", "upper")),
        limits=pl.when(full).then(pl.lit("full")).when(trial).then(pl.lit("trial")).otherwise(pl.lit("none")),
    )


def _store(found: pl.DataFrame, rule_set: RuleSet) -> pl.DataFrame:
    judged = (pl.col("limits") == "full") & pl.col("value").is_not_null()
    return found.with_columns(
        point_on="period_start",
        lower_limit=pl.col("lower").clip(0, 100),
        upper_limit=pl.col("upper").clip(0, 100),
        special_cause=pl.when(judged).then("special_cause").otherwise(pl.lit("none")),
        point_type=pl.when(judged).then(_meaning()).otherwise(pl.lit("none")),
        rule_set=pl.lit(rule_set.id),
    ).select(pl.col(name).cast(dtype) for name, dtype in POINT_SCHEMA.items())


def _meaning() -> pl.Expr:
    """Common cause, or what a point that lies high or low means for this indicator."""
    wanted = pl.col("better").replace_strict({"higher": 1, "lower": -1}, default=0, return_dtype=pl.Int8)
    direction = pl.col("direction")
    return (
        pl.when(direction == 0)
        .then(pl.lit("common_cause"))
        .when(wanted == 0)
        .then(pl.when(direction > 0).then(pl.lit("neutral_high")).otherwise(pl.lit("neutral_low")))
        .when(direction == wanted)
        .then(pl.lit("improvement"))
        .otherwise(pl.lit("concern"))
    )
