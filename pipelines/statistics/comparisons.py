"""Places beside each other: how far apart, how sure, and in words."""

from typing import Any

import polars as pl

from pipelines.statistics.intervals import newcombe
from pipelines.statistics.wording import FEW, PLACE_WORDS, round_half_up, say_of, say_place

SETTINGS = ("inpatient", "community")
LEVELS = ("care_setting", "service_area")
METHOD = "newcombe_10"
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
        "level": pl.String,
        "rule_set": pl.String,
    }
)


def compare_places(latest: pl.DataFrame, indicators: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Compare the two care settings, and every two service areas, by each percent indicator.

    In: latest, cells as of `periods.select_latest_complete` (other levels are left out); indicators with indicator_id,
    kind; places with level, place_id, name. Out: columns of COMPARISON_SCHEMA, in percentage points, a minus b; wards
    are a, of two service areas the first by place_id. No row where either value is missing: no place's older period
    stands in for it.
    """
    percents = indicators.filter(pl.col("kind") == "percent").select("indicator_id")
    period = ["indicator_id", "level", "period_start", "period_end"]
    counts = (
        latest.filter(pl.col("level").is_in(LEVELS) & pl.col("value").is_not_null())
        .join(percents, on="indicator_id", how="semi")
        .join(places.select("level", "place_id", "name"), on=["level", "place_id"])
        .with_columns(turn=pl.when(pl.col("place_id") == SETTINGS[0]).then(pl.lit("")).otherwise("place_id"))
        .select(*period, "place_id", "name", "turn", "numerator", "denominator")
    )
    pairs = counts.join(counts, on=period, how="inner", suffix="_b").filter(pl.col("turn") < pl.col("turn_b"))
    difference, lower, upper = newcombe(
        pl.col("numerator"), pl.col("denominator"), pl.col("numerator_b"), pl.col("denominator_b")
    )
    found = pairs.with_columns(difference=difference, lower=lower, upper=upper).drop_nulls("difference")
    sentences = [say_difference(row) for row in found.iter_rows(named=True)]
    return (
        found.rename({"place_id": "place_a", "place_id_b": "place_b"})
        .with_columns(rule_set=pl.lit(METHOD), sentence=pl.Series(sentences, dtype=pl.String))
        .select(pl.col(name).cast(dtype) for name, dtype in COMPARISON_SCHEMA.items())
        .sort("indicator_id", "level", "place_a", "place_b")
    )


def say_difference(row: dict[str, Any]) -> str:
    """The sentence of one comparison: difference, lower, upper (points), both names and both pairs of counts.

    Of few, only the counts are said: points would be percentages of few in disguise.
    """
    a, b = say_place(row["place_id"], row["name"]), say_place(row["place_id_b"], row["name_b"])
    clear = row["lower"] > 0 or row["upper"] < 0
    way = "higher" if row["difference"] > 0 else "lower"
    if min(row["denominator"], row["denominator_b"]) < FEW:
        of_a, of_b = say_of(row["numerator"], row["denominator"]), say_of(row["numerator_b"], row["denominator_b"])
        return f"{a} {way}: {of_a}, {b} {of_b}" if clear else f"No clear difference: {a} {of_a}, {b} {of_b}"
    if clear:
        than = "" if row["place_id"] in PLACE_WORDS else f" than {b}"
        least, most = sorted((abs(row["lower"]), abs(row["upper"])))
        points = f"{_say_points(row['difference'])} {way}{than}"
        return f"{a} {points} (between {_say_end(least)} and {_say_points(most)} {way})"
    low, high = f"{_say_points(row['lower'])} lower", f"{_say_points(row['upper'])} higher"
    return f"No clear difference between {a} and {b} (between {a} {low} and {high})"


def _say_end(points: float) -> str:
    return "less than 1" if abs(points) < 0.5 else f"{round_half_up(abs(points))}"


def _say_points(points: float) -> str:
    said = _say_end(points)
    return f"{said} {'point' if said in ('1', 'less than 1') else 'points'}"
