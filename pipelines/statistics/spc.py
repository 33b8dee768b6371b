"""The points of every chart as they are stored: centre, limits and what each point means."""

import numpy as np
import polars as pl

from pipelines.statistics.charts import SeriesError, choose_scale, find_bounds
from pipelines.statistics.drawing import SERIES, Drawing, draw, draw_points
from pipelines.statistics.lines import LimitOptions
from pipelines.statistics.matrix import Floats
from pipelines.statistics.rules import CAUSES, MDC_7_7, RuleSet
from pipelines.statistics.verdicts import point_type

__all__ = ["POINT_SCHEMA", "SERIES", "SeriesError", "draw_points", "signal_points"]

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
GRADES = ("none", "trial", "full")
AS_VALUES = {"xmr", "i"}  # charts of values as they are: only their indicator's kind says what is possible
PERCENT = (0.0, 100.0)


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
    chosen = options or LimitOptions()
    stored = [_store(drawing, rule_set, chosen) for drawing in draw(values, rule_set, chosen, rebases)]
    return stored[0] if len(stored) == 1 else pl.concat(stored).sort(*SERIES, "point_no")


def _store(drawing: Drawing, rule_set: RuleSet, options: LimitOptions) -> pl.DataFrame:
    """Say how far each series may be trusted; what is too short has no limits, or limits that judge nothing."""
    points, layout, found = drawing.points, drawing.layout, drawing.found
    known = ~np.isnan(drawing.seen.values)
    count = known.sum(axis=0)
    grade = (count >= rule_set.points_for_limits) * 1 + (count >= rule_set.points_for_signals)
    judged = known & (grade == len(GRADES) - 1)
    lower, upper = (np.where(grade > 0, line, np.nan) for line in _cut(drawing, options))
    return points.with_columns(
        point_on="period_start",
        value=layout.gather(drawing.seen.values),
        centre=layout.gather(drawing.lines.centre),
        lower_limit=layout.gather(lower),
        upper_limit=layout.gather(upper),
        special_cause=layout.gather(np.where(judged, found.cause, 0), CAUSES),
        point_type=point_type(layout.gather(found.direction), points["better"], layout.gather(judged)),
        rule_set=pl.lit(rule_set.id),
        limits=layout.gather(grade, GRADES),
    ).select(pl.col(name).cast(dtype) for name, dtype in POINT_SCHEMA.items())


def _cut(drawing: Drawing, options: LimitOptions) -> tuple[Floats, Floats]:
    """Both limits within what is possible."""
    low, high = find_bounds(drawing.chart, choose_scale(drawing.chart, options))
    bounds = np.array([-np.inf if low is None else low]), np.array([np.inf if high is None else high])
    if drawing.chart in AS_VALUES and "kind" in drawing.points.columns:
        percent = (drawing.points["kind"].gather(drawing.layout.starts) == "percent").to_numpy()
        bounds = np.where(percent, PERCENT[0], bounds[0]), np.where(percent, PERCENT[1], bounds[1])
    return np.maximum(drawing.lines.lower, bounds[0]), np.minimum(drawing.lines.upper, bounds[1])
