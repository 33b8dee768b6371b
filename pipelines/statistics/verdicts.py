"""What a point and a series mean for an indicator: improvement or concern, target met or missed.

Source: NHSRplotthedots 0.2.2; the verdict on a series without any width is our own rule.
"""

import numpy as np
import polars as pl

from pipelines.statistics.matrix import NOISE, spell

POINT_TYPES = ("common_cause", "improvement", "concern", "neutral_high", "neutral_low", "none")
WANTED = {"higher": np.int8(1), "lower": np.int8(-1)}


def point_type(direction: pl.Series, better: pl.Series, judged: pl.Series | None = None) -> pl.Series:
    """`common_cause`, or what a point that lies high (1) or low (-1) means where `higher` or `lower` is better.

    `none` where it is not judged.
    """
    way = direction.to_numpy()
    wanted = sum(sign * (better == word).fill_null(False).to_numpy() for word, sign in WANTED.items())
    good, bad, high, low, unjudged = np.arange(1, len(POINT_TYPES), dtype=np.int8)
    meant = np.where(wanted == 0, np.where(way > 0, high, low), np.where(way == wanted, good, bad))
    places = meant * (way != 0)
    return spell(places if judged is None else np.where(judged.to_numpy(), places, unjudged), POINT_TYPES)


def variation(kind: pl.Expr, better: pl.Expr) -> pl.Expr:
    """The type of a point with its side: one that is better where high is better, or worse where low is, lies high."""
    high = (kind == "improvement") == (better == "higher")
    suffix = pl.when(high).then(pl.lit("_high")).otherwise(pl.lit("_low"))
    return pl.when(kind.is_in(["improvement", "concern"])).then(kind + suffix).otherwise(kind)


def is_flat(lower: pl.Expr, upper: pl.Expr) -> pl.Expr:
    """Whether the limits have no width: every value so far is the same."""
    return (upper - lower <= NOISE * upper.abs()).fill_null(False)


def assurance(target: pl.Expr, better: pl.Expr, centre: pl.Expr, lower: pl.Expr, upper: pl.Expr) -> pl.Expr:
    """`pass`, `fail` or `inconsistent`: whether a target lies beyond the limits, strictly.

    `none` without a target, or where no direction is better. Where both limits are one value, that meets the target or
    it does not; where there are none, as of a single point, it is inconsistent.
    """
    higher, flat = better == "higher", is_flat(lower, upper)
    met_by_centre = pl.when(higher).then(centre >= target).otherwise(centre <= target)
    low, high = (
        lower - NOISE * lower.abs(),
        upper + NOISE * upper.abs(),
    )  # a target on a limit is on it to the last bits
    meets = pl.when(flat).then(met_by_centre).when(higher).then(target < low).otherwise(target > high)
    misses = pl.when(flat).then(~met_by_centre).when(higher).then(target > high).otherwise(target < low)
    judged = target.is_not_null() & better.is_in(["higher", "lower"])
    verdict = pl.when(meets).then(pl.lit("pass")).when(misses).then(pl.lit("fail")).otherwise(pl.lit("inconsistent"))
    return pl.when(judged.fill_null(False)).then(verdict).otherwise(pl.lit("none"))
