"""How long people wait, those still waiting counted for as long as they have."""

import numpy as np
import polars as pl

from pipelines.statistics.rates import z_of

CURVE_SCHEMA = pl.Schema(
    {
        "day": pl.Int64,
        "at_risk": pl.Int64,
        "events": pl.Int64,
        "waiting": pl.Float64,
        "standard_error": pl.Float64,
        "lower": pl.Float64,
        "upper": pl.Float64,
    }
)


def waiting_curve(waits: pl.DataFrame, confidence: float = 0.95) -> pl.DataFrame:
    """Kaplan and Meier's share still waiting after each day on which a wait ended.

    In: one row a person: days (INTEGER, 0 or more), happened (BOOLEAN; false: still waiting, or lost, after so many
    days). Rows with a missing cell are left out; days below 0 raise ValueError.
    Out: columns of CURVE_SCHEMA, one row for each day with an event; shares 0..1. A person last seen on a day on which
    another's wait ended is still at risk there. Limits are NULL where the standard error is 0 or unknown.
    Source: Kaplan and Meier 1958; Greenwood 1926; limits on the log(-log) scale (Kalbfleisch and Prentice 1980).
    """
    known = waits.drop_nulls(["days", "happened"])
    if (known["days"] < 0).any():
        raise ValueError("Nobody waits fewer than 0 days.")
    by_day = known.group_by(day=pl.col("days").cast(pl.Int64)).agg(left=pl.len(), events=pl.col("happened").sum())
    steps = by_day.sort("day").with_columns(
        at_risk=pl.lit(known.height) - pl.col("left").cum_sum().shift(1, fill_value=0)
    )
    ended = steps.filter(pl.col("events") > 0).with_columns(pl.col("events", "at_risk").cast(pl.Int64))
    staying = pl.col("at_risk") - pl.col("events")
    curve = ended.with_columns(
        waiting=(staying / pl.col("at_risk")).cum_prod(),
        greenwood=pl.when(staying > 0).then(pl.col("events") / (pl.col("at_risk") * staying)).cum_sum(),
    ).with_columns(standard_error=pl.when(staying > 0).then(pl.col("waiting") * pl.col("greenwood").sqrt()))
    z, log = z_of(confidence), pl.col("waiting").log()
    inside = (pl.col("waiting") > 0) & (pl.col("waiting") < 1)
    spread = (z * pl.col("greenwood").sqrt() / log.abs()).exp()
    limits = {"lower": pl.col("waiting").pow(spread), "upper": pl.col("waiting").pow(1 / spread)}
    found = curve.with_columns(pl.when(inside).then(limit).alias(name) for name, limit in limits.items())
    return found.select(pl.col(name).cast(dtype) for name, dtype in CURVE_SCHEMA.items())


def median_wait(curve: pl.DataFrame) -> int | None:
    """The first day after which half or fewer are still waiting; None while more than half are."""
    # to the last bits: a product of fractions that is a half may come out a hair above
    half = curve.filter(pl.col("waiting") <= np.nextafter(0.5, 1) + 1e-12)
    return int(half["day"][0]) if half.height else None
