"""What a point and a series mean for an indicator: improvement or concern, target met or missed.

Source: NHSRplotthedots 0.2.2; the verdict on a series without any width is our own rule.
"""

import polars as pl

from pipelines.statistics.matrix import NOISE


def point_type(direction: pl.Expr, better: pl.Expr) -> pl.Expr:
    """`common_cause`, or what a point that lies high (1) or low (-1) means where `higher` or `lower` is better."""
    wanted = better.replace_strict({"higher": 1, "lower": -1}, default=0, return_dtype=pl.Int8)
    neutral = pl.when(direction > 0).then(pl.lit("neutral_high")).otherwise(pl.lit("neutral_low"))
    meant = pl.when(direction == wanted).then(pl.lit("improvement")).otherwise(pl.lit("concern"))
    return (
        pl.when(direction == 0)
        .then(pl.lit("common_cause"))
        .otherwise(pl.when(wanted == 0).then(neutral).otherwise(meant))
    )


def variation(kind: pl.Expr, better: pl.Expr) -> pl.Expr:
    """The type of a point with its side: one that is better where high is better, or worse where low is, lies high."""
    high = (kind == "improvement") == (better == "higher")
    suffix = pl.when(high).then(pl.lit("_high")).otherwise(pl.lit("_low"))
    return pl.when(kind.is_in(["improvement", "concern"])).then(kind + suffix).otherwise(kind)


def is_flat(lower: pl.Expr, upper: pl.Expr) -> pl.Expr:
    """Whether the limits have no width: every value so far is the same."""
    return (upper - lower <= NOISE * upper.abs()).fill_null(False)


def assurance(target: pl.Expr, better: pl.Expr, centre: pl.Expr, lower: pl.Expr, upper: pl.Expr) -> pl.Expr:
    """`pass`, `fail` or `inconsistent`: whether a target lies beyond the limits, strictly; `none` where none applies.

    Without limits, or where no direction is better, there is none. Where both limits are one value, that meets the
    target or it does not.
    """
    higher, flat = better == "higher", is_flat(lower, upper)
    met_by_centre = pl.when(higher).then(centre >= target).otherwise(centre <= target)
    meets = pl.when(flat).then(met_by_centre).when(higher).then(target < lower).otherwise(target > upper)
    misses = pl.when(flat).then(~met_by_centre).when(higher).then(target > upper).otherwise(target < lower)
    judged = target.is_not_null() & lower.is_not_null() & better.is_in(["higher", "lower"])
    verdict = pl.when(meets).then(pl.lit("pass")).when(misses).then(pl.lit("fail")).otherwise(pl.lit("inconsistent"))
    return pl.when(judged.fill_null(False)).then(verdict).otherwise(pl.lit("none"))
