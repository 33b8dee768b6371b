"""Wards beside community: how far apart, how sure, and in words."""

from typing import Any

import polars as pl

from pipelines.statistics.intervals import newcombe
from pipelines.statistics.wording import FEW, PLACE_WORDS, round_half_up, say_of

PLACE_A, PLACE_B = "inpatient", "community"
COMPARISON_SCHEMA = pl.Schema(
    {
        "indicator_id": pl.String,
        "place_a": pl.String,
        "place_b": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "difference": pl.Float64,
        "lower": pl.Float64,
        "upper": pl.Float64,
        "sentence": pl.String,
    }
)


def compare_settings(latest: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """Compare the two care settings, one row for each percent indicator.

    In: latest, the cells of `periods.select_latest_complete` (other levels are left out); indicators with
    indicator_id, kind. Out: columns of COMPARISON_SCHEMA, in percentage points, a minus b. No row where either
    value is missing: no setting's older period stands in for it.
    """
    percents = indicators.filter(pl.col("kind") == "percent").select("indicator_id")
    cells = latest.filter((pl.col("level") == "care_setting") & pl.col("value").is_not_null())
    period = ["indicator_id", "period_start", "period_end"]
    counts = cells.join(percents, on="indicator_id", how="semi").select(*period, "place_id", "numerator", "denominator")
    a, b = (counts.filter(pl.col("place_id") == place).drop("place_id") for place in (PLACE_A, PLACE_B))
    both = a.join(b, on=period, how="inner", suffix="_b")
    difference, lower, upper = newcombe(
        pl.col("numerator"), pl.col("denominator"), pl.col("numerator_b"), pl.col("denominator_b")
    )
    found = both.with_columns(difference=difference, lower=lower, upper=upper).drop_nulls("difference")
    sentences = [say_difference(row) for row in found.iter_rows(named=True)]
    return (
        found.with_columns(
            place_a=pl.lit(PLACE_A), place_b=pl.lit(PLACE_B), sentence=pl.Series(sentences, dtype=pl.String)
        )
        .select(pl.col(name).cast(dtype) for name, dtype in COMPARISON_SCHEMA.items())
        .sort("indicator_id")
    )


def say_difference(row: dict[str, Any]) -> str:
    """The sentence of one comparison: difference, lower, upper (points) and both pairs of counts.

    Of few, only the counts are said: points would be percentages of few in disguise.
    """
    a, b = PLACE_WORDS[PLACE_A], PLACE_WORDS[PLACE_B]
    clear = row["lower"] > 0 or row["upper"] < 0
    way = "higher" if row["difference"] > 0 else "lower"
    if min(row["denominator"], row["denominator_b"]) < FEW:
        of_a, of_b = say_of(row["numerator"], row["denominator"]), say_of(row["numerator_b"], row["denominator_b"])
        return f"{a} {way}: {of_a}, {b} {of_b}" if clear else f"No clear difference: {a} {of_a}, {b} {of_b}"
    if clear:
        least, most = sorted((abs(row["lower"]), abs(row["upper"])))
        return f"{a} {_say_points(row['difference'])} {way} (between {_say_end(least)} and {_say_points(most)} {way})"
    low, high = f"{_say_points(row['lower'])} lower", f"{_say_points(row['upper'])} higher"
    return f"No clear difference between {a} and {b} (between {a} {low} and {high})"


def _say_end(points: float) -> str:
    return "less than 1" if abs(points) < 0.5 else f"{round_half_up(abs(points))}"


def _say_points(points: float) -> str:
    said = _say_end(points)
    return f"{said} {'point' if said in ('1', 'less than 1') else 'points'}"
