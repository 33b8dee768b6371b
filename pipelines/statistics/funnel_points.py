"""Every place of a level against all of them together, as stored: where more lies between them than chance."""

from typing import Any, Literal

import numpy as np
import polars as pl

from pipelines.statistics.funnel import Funnel, FunnelOptions, draw_funnel
from pipelines.statistics.wording import say_of

METHOD = "funnel_dl_10"
FEWEST_PLACES = 3  # fewer are compared two by two
FEW_TO_WIDEN = 10  # of fewer places, how much they differ beyond chance cannot be told
ENDS: dict[Literal[95, 99], str] = {95: "95", 99: "998"}
FUNNEL_SCHEMA = pl.Schema(
    {
        "indicator_id": pl.String,
        "level": pl.String,
        "place_id": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "numerator": pl.Int64,
        "denominator": pl.Int64,
        "value": pl.Float64,
        "centre": pl.Float64,
        "lower_95": pl.Float64,
        "upper_95": pl.Float64,
        "lower_998": pl.Float64,
        "upper_998": pl.Float64,
        "plain_lower_95": pl.Float64,
        "plain_upper_95": pl.Float64,
        "plain_lower_998": pl.Float64,
        "plain_upper_998": pl.Float64,
        "phi": pl.Float64,
        "tau2": pl.Float64,
        "is_adjusted": pl.Boolean,
        "beyond": pl.String,
        "sentence": pl.String,
        "rule_set": pl.String,
    }
)
GROUP = ["indicator_id", "level", "period_start", "period_end"]


def make_funnels(latest: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """Funnels of each percent indicator, one for each level and period of the cells given.

    In: latest, cells with indicator_id, level, place_id, period_start, period_end, numerator, denominator, value;
    indicators with indicator_id, kind, unit.
    Out: columns of FUNNEL_SCHEMA, percent 0..100. lower and upper are the limits to judge by: widened by how much more
    than chance the places differ (tau2) where phi is above 1 and there are ten places or more, else the plain ones.
    beyond: `none`, `high_95`, `low_95`, `high_998`, `low_998`. No funnel of fewer than three places with a value.
    Source: `funnel.draw_funnel`.
    """
    percents = indicators.filter(pl.col("kind") == "percent").select("indicator_id", "unit")
    cells = latest.filter(pl.col("value").is_not_null() & (pl.col("denominator") > 0))
    known = cells.join(percents, on="indicator_id", how="inner").filter(pl.len().over(GROUP) >= FEWEST_PLACES)
    funnels = [_make_funnel(places) for places in known.sort(*GROUP, "place_id").partition_by(GROUP)]
    return pl.concat([pl.DataFrame(schema=FUNNEL_SCHEMA), *funnels])


def _make_funnel(places: pl.DataFrame) -> pl.DataFrame:
    numerators, denominators = (places[name].to_numpy().astype(np.float64) for name in ("numerator", "denominator"))
    options = FunnelOptions(adjust=places.height >= FEW_TO_WIDEN, multiplier=100)
    drawn = draw_funnel(numerators, denominators, options=options)
    limited = places.with_columns(
        centre=pl.lit(100 * drawn.target),
        phi=pl.lit(drawn.phi),
        tau2=pl.lit(drawn.tau2),
        is_adjusted=pl.lit(drawn.is_adjusted),
        rule_set=pl.lit(METHOD),
        **_name_limits(drawn),
    ).with_columns(beyond=_beyond())
    sentences = [say_place_in_funnel(row) for row in limited.iter_rows(named=True)]
    return limited.with_columns(sentence=pl.Series(sentences, dtype=pl.String)).select(
        pl.col(name).cast(dtype) for name, dtype in FUNNEL_SCHEMA.items()
    )


def _name_limits(drawn: Funnel) -> dict[str, pl.Series]:
    judging = drawn.adjusted if drawn.is_adjusted else drawn.limits
    return {
        f"{prefix}{end}_{name}": pl.Series(limits[level][place])
        for prefix, limits in (("", judging), ("plain_", drawn.limits))
        for level, name in ENDS.items()
        for place, end in enumerate(("lower", "upper"))
    }


def _beyond() -> pl.Expr:
    """The outermost limit a value lies beyond."""
    value, found = pl.col("value"), pl.lit("none")
    for name in ENDS.values():
        found = pl.when(value > pl.col(f"upper_{name}")).then(pl.lit(f"high_{name}")).otherwise(found)
        found = pl.when(value < pl.col(f"lower_{name}")).then(pl.lit(f"low_{name}")).otherwise(found)
    return found


def say_place_in_funnel(row: dict[str, Any]) -> str:
    """The sentence of one place, in counts and without its name: a funnel finds out where to ask, it ranks nobody."""
    counts = say_of(row["numerator"], row["denominator"], row["unit"])
    if row["beyond"] == "none":
        return f"{counts}: within what chance alone would give around the average of all."
    way, limit = row["beyond"].split("_")
    side = "above" if way == "high" else "below"
    if limit == "95":
        return f"{counts}: {side} the inner limits (95 %), where 1 place in 20 lies by chance."
    return f"{counts}: {side} the outer limits (99.8 %), unlikely to be chance. Ask what differs here."
