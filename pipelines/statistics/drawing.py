"""From rows to matrices and through a chart and its rules: all series of a chart at once."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.statistics.charts import CHARTS, OF_COUNTS, SeriesError, choose_scale
from pipelines.statistics.lines import LimitOptions, Lines, Observations
from pipelines.statistics.matrix import Floats, Layout, moving_ranges
from pipelines.statistics.rules import CAUSES, MDC_7_7, Findings, RuleSet, find_special_causes
from pipelines.statistics.segments import assign_segments

SERIES = ["indicator_id", "level", "place_id", "chart"]
LINES = ("centre", "lower", "upper", "near_lower", "near_upper", "mean_range")
SIGNS = ("side", "near", "outside", "trend", "two_in_three", "shift", "direction")


@dataclass(frozen=True)
class Drawing:
    """All series of one chart: their rows, sorted, where each lies in a matrix, and what was found there."""

    chart: str
    points: pl.DataFrame
    layout: Layout
    seen: Observations
    lines: Lines
    found: Findings


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
    drawings = draw(values, rule_set, options or LimitOptions(), rebases)
    return pl.concat([_tell(drawing) for drawing in drawings]).sort("series", "period_start")


def draw(
    values: pl.DataFrame, rule_set: RuleSet, options: LimitOptions, rebases: pl.DataFrame | None = None
) -> list[Drawing]:
    """One drawing for each chart there is, at least one; arguments and errors as `draw_points`."""
    drawn = values.filter(pl.col("chart").is_not_null() & (pl.col("chart") != "none"))
    names = drawn["chart"].unique().sort().to_list()
    if unknown := [name for name in names if name not in CHARTS]:
        raise SeriesError(f"Chart '{unknown[0]}' is not known; the charts are {', '.join(CHARTS)}.")
    points = _prepare(drawn if rebases is None else assign_segments(drawn, rebases), names, options)
    if len(names) < 2:
        return [_draw(points, names[0] if names else "run", rule_set, options)]
    return [_draw(points.filter(pl.col("chart") == name), name, rule_set, options) for name in names]


def _prepare(drawn: pl.DataFrame, names: list[str], options: LimitOptions) -> pl.DataFrame:
    """Sorted, numbered, with gaps as NULL in value and both counts."""
    ordered, series = _sort(drawn)
    part = series
    if "segment" in drawn.columns:
        part = Layout.of(ordered.select(pl.struct(*SERIES, "segment").rle_id()).to_series())
    else:
        ordered = ordered.with_columns(segment=pl.lit(1))
    first = pl.Series(part.rows < (options.baseline_points or len(part.rows)))
    measured = ["numerator", "denominator", "value"]
    numbers = ordered.with_columns(pl.col(*measured).cast(pl.Float64)).with_columns(pl.col("value").fill_nan(None))
    counted = pl.col("numerator").is_not_null() & (pl.col("denominator") > 0)
    known = pl.col("value").is_not_null()
    if not OF_COUNTS.isdisjoint(names):
        known &= counted | ~pl.col("chart").is_in(list(OF_COUNTS))
    return numbers.with_columns(
        pl.when(known).then(pl.col(*measured)),
        in_baseline=pl.col("in_baseline") if "in_baseline" in drawn.columns else first,
        point_no=pl.Series(series.rows + 1, dtype=pl.Int32),
        series=pl.Series(part.columns),
    )


def _sort(drawn: pl.DataFrame) -> tuple[pl.DataFrame, Layout]:
    """By series and time, with the layout of whole series; what comes sorted, as from a run, is only looked at."""
    layout = _find_series(drawn)
    firsts = drawn[layout.starts].select(SERIES)
    if not _find_second_values(drawn, layout).size and firsts.equals(firsts.unique().sort(SERIES)):
        return drawn, layout
    ordered = drawn.sort(*SERIES, "period_start")
    layout = _find_series(ordered)
    twice = _find_second_values(ordered, layout)
    if twice.size:
        row = ordered.row(int(twice[0]), named=True)
        raise SeriesError(
            f"{row['indicator_id']} at {row['level']} {row['place_id']} has more than one value for the period from "
            f"{row['period_start']}; a chart takes one."
        )
    return ordered, layout


def _find_series(rows: pl.DataFrame) -> Layout:
    return Layout.of(rows.select(pl.struct(*SERIES).rle_id()).to_series())


def _find_second_values(rows: pl.DataFrame, layout: Layout) -> NDArray[np.int64]:
    """The rows whose period does not begin after that of the row before, in the same series."""
    days = rows["period_start"].to_physical().to_numpy()
    later = np.ones(len(days), dtype=bool)
    later[1:] = days[1:] > days[:-1]
    later[layout.starts] = True
    return np.flatnonzero(~later)


def _draw(points: pl.DataFrame, chart: str, rule_set: RuleSet, options: LimitOptions) -> Drawing:
    layout = Layout.of(points["series"])
    seen = _observe(points, layout, chart, options)
    lines = CHARTS[chart](seen, options)
    return Drawing(chart, points, layout, seen, lines, find_special_causes(seen.values, lines, rule_set))


def _observe(points: pl.DataFrame, layout: Layout, chart: str, options: LimitOptions) -> Observations:
    baseline = None if points["in_baseline"].all() else layout.spread_flags(points["in_baseline"])
    values = layout.spread(points["value"])
    if chart not in OF_COUNTS:
        return Observations(moving_ranges(values) if chart == "mr" else values, baseline=baseline)
    numerators, denominators = layout.spread(points["numerator"]), layout.spread(points["denominator"])
    return Observations(values, numerators, denominators, baseline, choose_scale(chart, options))


def _tell(drawing: Drawing) -> pl.DataFrame:
    """The rows again, with all that was found."""
    layout, found = drawing.layout, drawing.found
    return drawing.points.with_columns(
        layout.gather(drawing.seen.values).alias("value"),
        *(_gather_line(layout, getattr(drawing.lines, name)).alias(name) for name in LINES),
        *(layout.gather(getattr(found, name)).alias(name) for name in SIGNS),
        layout.gather(found.cause, CAUSES).alias("special_cause"),
    )


def _gather_line(layout: Layout, line: Floats | None) -> pl.Series:
    if line is None:
        return pl.repeat(None, len(layout.rows), dtype=pl.Float64, eager=True)
    return layout.gather(line)
