"""Rule sets: which patterns of points count as special cause.

Source: NHSRplotthedots 0.2.2 (order, lengths and strictness), Making Data Count.
"""

from dataclasses import dataclass

import polars as pl

NEAR = 2 / 3  # of the way from the centre to a limit: two of three sigma
NOISE = 1e-12  # relative; two ways to the same rational number differ by less than this


@dataclass(frozen=True)
class RuleSet:
    """A named, versioned set of rules; its id is stored with every point it judged."""

    id: str
    shift_points: int
    trend_points: int
    points_for_limits: int
    points_for_signals: int


MDC_7_7 = RuleSet("mdc_7_7", shift_points=7, trend_points=7, points_for_limits=6, points_for_signals=12)


def find_special_causes(points: pl.DataFrame, rule_set: RuleSet) -> pl.DataFrame:
    """Add the first rule that applies to each point, and which way it points.

    In: `series` (integer, one for each run of points the rules may look at together), value, centre, lower, upper
    (Float64, NULL where missing; limits not clipped), sorted by series, then time.
    Out: the same rows and special_cause (`none`, `outside_limits`, `trend`, `two_in_three`, `shift`),
    direction (1 high or rising, -1 low or falling, 0 none).
    """
    placed = _place(points)
    zoned = placed.with_columns(
        outside=_outside(),
        shift=_where_run_is_long("side", rule_set.shift_points),
        long_step=_where_run_is_long("step", rule_set.trend_points - 1),
    ).with_columns(near=_near())
    found = zoned.with_columns(trend=_trend(), two_in_three=_two_in_three())
    return found.with_columns(
        special_cause=pl.coalesce(
            pl.when(pl.col(column) != 0).then(pl.lit(name)) for column, name in _BY_PRIORITY.items()
        ).fill_null("none"),
        direction=pl.coalesce(pl.when(pl.col(column) != 0).then(column) for column in _BY_PRIORITY).fill_null(0),
    ).select(*points.columns, "special_cause", "direction")


def measure_runs(points: pl.DataFrame) -> pl.DataFrame:
    """Add how many points have lain on this side of the centre (side_run) and risen or fallen (trend_run) so far.

    In: series, value, centre, sorted by series, then time.
    """
    placed = _place(points)
    side_run, trend_run = _place_in_run("side"), _place_in_run("step") + 1
    return placed.with_columns(side_run=side_run, trend_run=trend_run).select(*points.columns, "side_run", "trend_run")


_BY_PRIORITY = {"outside": "outside_limits", "trend": "trend", "two_in_three": "two_in_three", "shift": "shift"}


def _sign(difference: pl.Expr, scale: pl.Expr) -> pl.Expr:
    sign = pl.when(difference.abs() <= NOISE * scale).then(0).otherwise(difference.sign())
    return sign.cast(pl.Int8).fill_null(0)


def _compare(left: str | pl.Expr, right: str | pl.Expr) -> pl.Expr:
    a = pl.col(left) if isinstance(left, str) else left
    b = pl.col(right) if isinstance(right, str) else right
    return _sign(a - b, pl.max_horizontal(a.abs(), b.abs(), pl.col("centre").abs()))


def _step() -> pl.Expr:
    before = pl.col("value").shift(1).over("series")
    return _sign(pl.col("value") - before, pl.max_horizontal(pl.col("value").abs(), before.abs()))


def _outside() -> pl.Expr:
    above, below = _compare("value", "upper") > 0, _compare("value", "lower") < 0
    return pl.when(above).then(1).when(below).then(-1).otherwise(0).cast(pl.Int8)


def _near() -> pl.Expr:
    centre = pl.col("centre")
    high = _compare("value", centre + NEAR * (pl.col("upper") - centre)) > 0
    low = _compare("value", centre - NEAR * (centre - pl.col("lower"))) < 0
    inside = pl.col("outside") == 0
    return pl.when(inside & high).then(1).when(inside & low).then(-1).otherwise(0).cast(pl.Int8)


def _place(points: pl.DataFrame) -> pl.DataFrame:
    """Each point's side of the centre and step from the point before, with an id for each run of equal ones."""
    placed = points.with_columns(side=_compare("value", "centre"), step=_step())
    return placed.with_columns(
        side_id=pl.struct("series", "side").rle_id(),
        step_id=pl.struct("series", "step").rle_id(),
    )


def _where_run_is_long(column: str, least: int) -> pl.Expr:
    return pl.when(pl.len().over(f"{column}_id") >= least).then(column).otherwise(0).cast(pl.Int8)


def _place_in_run(column: str) -> pl.Expr:
    place = pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over(f"{column}_id")
    return pl.when(pl.col(column) != 0).then(place).otherwise(0)


def _trend() -> pl.Expr:
    """A turning point ends one trend and starts another: it takes the direction of the one it starts."""
    following = pl.col("long_step").shift(-1).over("series").fill_null(0)
    return pl.when(following != 0).then(following).otherwise("long_step")


def _two_in_three() -> pl.Expr:
    """Only the near points are marked, and only where all three lie on one side; one beyond a limit is not near."""
    side, near = pl.col("side"), pl.col("near")
    same_side = (side == side.shift(1).over("series")) & (side == side.shift(2).over("series"))
    nears = near.abs() + near.abs().shift(1).over("series") + near.abs().shift(2).over("series")
    ends = (same_side & (side != 0) & (nears >= 2)).fill_null(False)
    within = ends | ends.shift(-1).over("series").fill_null(False) | ends.shift(-2).over("series").fill_null(False)
    return pl.when(within).then(near).otherwise(0).cast(pl.Int8)
