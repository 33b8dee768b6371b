"""Which period of an indicator is the latest that has ended."""

from datetime import date

import polars as pl


def select_latest_complete(values: pl.DataFrame, indicators: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """The cells of each indicator's latest complete period, at the grain of its header.

    In: values as `published.indicator_value`; indicators with indicator_id, grain, window_days.
    A period is complete when its last day plus the indicator's window is on or before `as_at`. The period is the
    same for all places of an indicator; a cell may still be hidden or without activity.
    Out: the columns of values.
    """
    complete = select_complete(values, indicators, as_at)
    latest = pl.col("period_start") == pl.col("period_start").max().over("indicator_id")
    return complete.filter(latest)


def select_complete(values: pl.DataFrame, indicators: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """The cells of all complete periods, at the grain of each indicator's header; arguments as above."""
    own_grain = indicators.select("indicator_id", "grain", "window_days")
    ended = pl.col("period_end") + pl.duration(days=pl.col("window_days")) <= pl.lit(as_at)
    return values.join(own_grain, on=["indicator_id", "grain"], how="inner").filter(ended).select(values.columns)
