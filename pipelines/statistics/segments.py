"""Step changes: limits begin anew only where an approved rebase says so."""

import polars as pl

PLACE = ["indicator_id", "level", "place_id"]


def assign_segments(values: pl.DataFrame, rebases: pl.DataFrame) -> pl.DataFrame:
    """Number the segments of every series, from 1.

    In: values with indicator_id, level, place_id, period_start; rebases, the approved ones only, with the same
    columns of a place and rebase_on (DATE). The point of exactly that date is the first of a new segment; a date on
    which a series has no point changes nothing.
    Out: values, in the same order, with segment (Int32).
    """
    starts = rebases.select(*PLACE, period_start="rebase_on", starts=pl.lit(1, dtype=pl.Int32)).unique()
    by_series = [*PLACE, "chart"] if "chart" in values.columns else PLACE
    return (
        values.drop("segment", strict=False)
        .with_row_index("row")
        .join(starts, on=[*PLACE, "period_start"], how="left")
        .sort(*by_series, "period_start")
        .with_columns(segment=1 + pl.col("starts").fill_null(0).cum_sum().over(by_series).cast(pl.Int32))
        .sort("row")
        .drop("row", "starts")
    )
