"""One verdict and one sentence for each series: what its last point says."""

import polars as pl

from pipelines.statistics.rules import MDC_7_7, NOISE, RuleSet, measure_runs
from pipelines.statistics.spc import SERIES
from pipelines.statistics.summaries import summarise

SIGNAL_SCHEMA = pl.Schema(
    {
        "indicator_id": pl.String,
        "level": pl.String,
        "place_id": pl.String,
        "chart": pl.String,
        "variation": pl.String,
        "assurance": pl.String,
        "summary": pl.String,
        "rule_set": pl.String,
        "points": pl.Int32,
        "centre": pl.Float64,
        "lower_limit": pl.Float64,
        "upper_limit": pl.Float64,
        "value": pl.Float64,
        "point_on": pl.Date,
    }
)


def judge_series(points: pl.DataFrame, indicators: pl.DataFrame, rule_set: RuleSet = MDC_7_7) -> pl.DataFrame:
    """Read the last value of every series.

    In: points of `spc.signal_points`, made with the same rule set; indicators with indicator_id, kind, grain, better,
    target (percent, NULL none). Optional in points: grain, for series not at their header's grain.
    Out: columns of SIGNAL_SCHEMA, one row for each series with at least one value. variation is the last value's
    type with its direction; assurance compares the target with the last value's limits. Both are `none` while
    the series is too short to be judged.
    """
    last = _last_values(points)
    known = indicators.select("indicator_id", "kind", "better", "target", header_grain="grain")
    read = last.join(known, on="indicator_id", how="inner").with_columns(
        grain=pl.coalesce("grain", "header_grain") if "grain" in last.columns else pl.col("header_grain")
    )
    judged = read.with_columns(variation=_variation(), is_flat=_is_flat()).with_columns(assurance=_assurance())
    sentences = [summarise(row, rule_set) for row in judged.iter_rows(named=True)]
    return (
        judged.with_columns(summary=pl.Series(sentences, dtype=pl.String))
        .select(pl.col(name).cast(dtype) for name, dtype in SIGNAL_SCHEMA.items())
        .sort(*SERIES)
    )


def _last_values(points: pl.DataFrame) -> pl.DataFrame:
    """Each series' last value, with the length of the runs that end there."""
    ordered = points.sort(*SERIES, "point_on").with_columns(series=pl.struct(*SERIES, "segment").rle_id())
    counted = measure_runs(ordered).with_columns(points=pl.col("value").count().over("series"))
    return counted.filter(pl.col("value").is_not_null()).group_by(SERIES, maintain_order=True).last()


def _variation() -> pl.Expr:
    """A point that is better where high is better, or worse where low is better, lies high."""
    kind = pl.col("point_type")
    high = (kind == "improvement") == (pl.col("better") == "higher")
    suffix = pl.when(high).then(pl.lit("_high")).otherwise(pl.lit("_low"))
    return pl.when(kind.is_in(["improvement", "concern"])).then(kind + suffix).otherwise(kind)


def _is_flat() -> pl.Expr:
    width = pl.col("upper_limit") - pl.col("lower_limit")
    return (width <= NOISE * pl.col("upper_limit").abs()).fill_null(False)


def _assurance() -> pl.Expr:
    """Strict, as NHSRplotthedots; where both limits are one, that one meets the target or it does not."""
    higher, target = pl.col("better") == "higher", pl.col("target")
    judged = (pl.col("limits") == "full") & pl.col("lower_limit").is_not_null() & target.is_not_null()
    above, below = target > pl.col("upper_limit"), target < pl.col("lower_limit")
    flat_meets = pl.when(higher).then(pl.col("centre") >= target).otherwise(pl.col("centre") <= target)
    meets = pl.when(pl.col("is_flat")).then(flat_meets).otherwise(pl.when(higher).then(below).otherwise(above))
    misses = pl.when(pl.col("is_flat")).then(~flat_meets).otherwise(pl.when(higher).then(above).otherwise(below))
    return (
        pl.when(~judged | ~pl.col("better").is_in(["higher", "lower"]))
        .then(pl.lit("none"))
        .when(meets)
        .then(pl.lit("pass"))
        .when(misses)
        .then(pl.lit("fail"))
        .otherwise(pl.lit("inconsistent"))
    )
