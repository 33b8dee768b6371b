"""Where the centre and the limits of each chart lie.

A chart here is one function from points to points with centre, lower and upper (percent, not clipped).
In: series, value (percent), numerator, denominator (Float64; all three NULL where any is missing),
in_baseline (BOOLEAN), sorted by series, then time.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from pipelines.statistics.rules import NOISE

SIGMAS = 3
MEAN_RANGE_TO_SIGMA = 1.128  # d2 for ranges of two
SCREEN = 3.267  # upper limit of a moving range, in mean moving ranges


@dataclass(frozen=True)
class LimitOptions:
    """How limits are found.

    least_sigma_z 1 keeps a P-prime limit from lying inside the plain p limit: with few meetings a month the
    estimate is often below 1 by luck, and narrow limits would call that luck a change. None, with
    screen_moving_ranges, is what qicharts2 does.
    """

    screen_moving_ranges: bool = False
    least_sigma_z: float | None = 1.0


def p_prime(points: pl.DataFrame, options: LimitOptions) -> pl.DataFrame:
    """Laney's P-prime: binomial limits widened by how much more than binomial the points vary.

    Source: Laney 2002, computed as qicharts2 0.8.1. Limits follow each point's own denominator.
    """
    centred = points.with_columns(centre=_pooled_percent()).with_columns(
        sigma=(pl.col("centre") * (100 - pl.col("centre")) / pl.col("denominator")).sqrt().fill_nan(None)
    )
    half = SIGMAS * pl.col("sigma") * _sigma_z(options)
    spread = centred.with_columns(half=pl.when(_is_constant() | (pl.col("sigma") == 0)).then(0.0).otherwise(half))
    limits = {"lower": pl.col("centre") - pl.col("half"), "upper": pl.col("centre") + pl.col("half")}
    return spread.with_columns(**limits).drop("sigma", "half")


def run(points: pl.DataFrame, options: LimitOptions) -> pl.DataFrame:
    """A run chart: the median, no limits."""
    del options  # a median has none
    median, no_limit = pl.col("value").filter("in_baseline").median().over("series"), pl.lit(None, dtype=pl.Float64)
    return points.with_columns(centre=median, lower=no_limit, upper=no_limit)


CHARTS: dict[str, Callable[[pl.DataFrame, LimitOptions], pl.DataFrame]] = {"p_prime": p_prime, "run": run}


def _pooled_percent() -> pl.Expr:
    numerator, denominator = (pl.col(name).filter("in_baseline").sum() for name in ("numerator", "denominator"))
    # 100 first, then one division: equal shares give bit-equal values however many are pooled
    return (100 * numerator / denominator).fill_nan(None).over("series")


def _sigma_z(options: LimitOptions) -> pl.Expr:
    """How much more than binomial: the mean moving range of the z scores, over d2."""
    z = (100 * pl.col("numerator") / pl.col("denominator") - pl.col("centre")) / pl.col("sigma")
    moving = pl.when(z.is_finite()).then(z).filter("in_baseline").diff().abs()
    if options.screen_moving_ranges:
        moving = moving.filter(moving < SCREEN * moving.mean())
    sigma_z = (moving.mean() / MEAN_RANGE_TO_SIGMA).over("series")
    return sigma_z if options.least_sigma_z is None else sigma_z.clip(lower_bound=options.least_sigma_z)


def _is_constant() -> pl.Expr:
    """Every value equal: the limits are the mean itself, so that target and mean can be compared without luck."""
    highest, lowest = pl.col("value").max().over("series"), pl.col("value").min().over("series")
    return (highest - lowest) <= NOISE * highest.abs()
