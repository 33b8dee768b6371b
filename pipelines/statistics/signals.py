"""One verdict and one sentence for each series: what its last point says."""

import numpy as np
import polars as pl

from pipelines.statistics.matrix import Layout, Signs
from pipelines.statistics.rules import MDC_7_7, RuleSet, side_of, skipped
from pipelines.statistics.runs import judge_runs, measure_runs, step_of
from pipelines.statistics.spc import SERIES
from pipelines.statistics.summaries import summarise
from pipelines.statistics.verdicts import assurance, is_flat, variation

RUN_TEST = ("longest", "longest_max", "crossings", "crossings_min", "signal")
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
    last = _last_values(points, rule_set)
    known = indicators.select("indicator_id", "kind", "better", "target", header_grain="grain")
    read = last.join(known, on="indicator_id", how="inner").with_columns(
        grain=pl.coalesce("grain", "header_grain") if "grain" in last.columns else pl.col("header_grain")
    )
    lower, upper, better = pl.col("lower_limit"), pl.col("upper_limit"), pl.col("better")
    met = assurance(pl.col("target"), better, pl.col("centre"), lower, upper)
    judged = read.with_columns(
        variation=variation(pl.col("point_type"), better),
        is_flat=is_flat(lower, upper),
        assurance=pl.when((pl.col("limits") == "full") & lower.is_not_null()).then(met).otherwise(pl.lit("none")),
    )
    sentences = [summarise(row, rule_set) for row in judged.iter_rows(named=True)]
    return (
        judged.with_columns(summary=pl.Series(sentences, dtype=pl.String))
        .select(pl.col(name).cast(dtype) for name, dtype in SIGNAL_SCHEMA.items())
        .sort(*SERIES)
    )


def _last_values(points: pl.DataFrame, rule_set: RuleSet) -> pl.DataFrame:
    """Each series' last value, with the length of the runs that end there."""
    ordered = points.sort(*SERIES, "point_on").with_columns(series=pl.struct(*SERIES, "segment").rle_id())
    layout = Layout.of(ordered["series"])
    values, centre = layout.spread(ordered["value"]), layout.spread(ordered["centre"])
    sides, steps = side_of(values, centre), np.zeros(values.shape, dtype=np.int8)
    steps[1:] = step_of(values)
    skips_side, skips_step = (skipped(values, signs) if rule_set.skips_ties else None for signs in (sides, steps))
    counted = ordered.with_columns(
        layout.gather(measure_runs(sides, skips_side)).alias("side_run"),
        layout.gather(np.where(steps != 0, measure_runs(steps, skips_step) + 1, 1)).alias("trend_run"),
        *_runs_of(layout, sides, rule_set),
        points=pl.col("value").count().over("series"),
    )
    return counted.filter(pl.col("value").is_not_null()).group_by(SERIES, maintain_order=True).last()


def _runs_of(layout: Layout, sides: Signs, rule_set: RuleSet) -> list[pl.Series]:
    """The test of all runs of a series, repeated on its points, for the rule sets that have one."""
    if not rule_set.tests_runs:
        return []
    tested = judge_runs(sides)
    return [layout.gather(getattr(tested, name)).alias(name) for name in RUN_TEST]
