from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.statistics.comparisons import COMPARISON_SCHEMA, compare_places
from tests.statistics.series import make_indicators


def make_cells(inpatient: tuple[int, int] | None, community: tuple[int, int] | None) -> pl.DataFrame:
    rows: list[dict[str, Any]] = []
    for place_id, counts in (("inpatient", inpatient), ("community", community)):
        x, n = counts or (None, None)
        value = 100 * x / n if x is not None and n else None
        rows.append({"place_id": place_id, "numerator": x, "denominator": n, "value": value})
    period = {"period_start": date(2026, 10, 1), "period_end": date(2026, 10, 31)}
    cells = pl.DataFrame(rows).with_columns(pl.lit(day).alias(name) for name, day in period.items())
    return cells.with_columns(indicator_id=pl.lit("presence"), level=pl.lit("care_setting"))


PLACES = pl.DataFrame(
    {
        "level": ["care_setting", "care_setting", "service_area", "service_area", "service_area"],
        "place_id": ["community", "inpatient", "A1", "A2", "A3"],
        "name": ["Community", "Wards", "North", "South", "East"],
    }
)


def compare(cells: pl.DataFrame, **indicator: Any) -> pl.DataFrame:
    return compare_places(cells, make_indicators(**indicator), PLACES)


def make_areas(**counts: tuple[int, int]) -> pl.DataFrame:
    one = make_cells((1, 2), None).head(1)
    return pl.concat(
        one.with_columns(
            level=pl.lit("service_area"),
            place_id=pl.lit(area),
            numerator=pl.lit(x, dtype=pl.Int64),
            denominator=pl.lit(n, dtype=pl.Int64),
        )
        for area, (x, n) in counts.items()
    )


def say(inpatient: tuple[int, int], community: tuple[int, int]) -> str:
    return str(compare(make_cells(inpatient, community))["sentence"].item())


def test_a_clear_difference_is_said_with_its_interval() -> None:
    assert say((19, 66), (74, 161)) == "Wards 17 points lower (between 3 and 29 points lower)"
    assert say((74, 161), (19, 66)) == "Wards 17 points higher (between 3 and 29 points higher)"


def test_an_interval_across_0_is_no_clear_difference() -> None:
    want = "No clear difference between Wards and Community (between Wards 16 points lower and 12 points higher)"
    assert say((27, 66), (70, 161)) == want


@pytest.mark.parametrize(
    ("inpatient", "community", "want"),
    [
        ((8, 12), (5, 30), "Wards higher: 8 of 12, Community 5 of 30"),
        ((4, 12), (9, 30), "No clear difference: Wards 4 of 12, Community 9 of 30"),
    ],
)
def test_of_few_only_counts_are_said(inpatient: tuple[int, int], community: tuple[int, int], want: str) -> None:
    assert say(inpatient, community) == want


def test_thirty_are_enough_to_speak_of_points() -> None:
    assert say((20, 30), (5, 30)) == "Wards 50 points higher (between 25 and 67 points higher)"


def test_a_hair_above_0_is_said_as_less_than_1() -> None:
    assert say((5_300, 10_000), (5_150, 10_000)) == "Wards 2 points higher (between less than 1 and 3 points higher)"


def test_the_row_holds_points_a_minus_b() -> None:
    got = compare(make_cells((8, 12), (5, 30)))
    assert got.schema == COMPARISON_SCHEMA
    assert got.row(0)[:5] == ("presence", "inpatient", "community", date(2026, 10, 1), date(2026, 10, 31))
    assert got.row(0)[5:8] == pytest.approx((50.0, 17.6, 71.6), abs=0.05)


def test_nothing_is_compared_where_a_value_is_missing() -> None:
    assert compare(make_cells((8, 12), None)).height == 0


def test_different_periods_are_not_compared() -> None:
    cells = make_cells((8, 12), (5, 30)).with_columns(
        period_start=pl.when(pl.col("place_id") == "inpatient")
        .then(pl.lit(date(2026, 9, 1)))
        .otherwise(pl.col("period_start"))
    )
    assert compare(cells).height == 0


def test_only_percentages_are_compared() -> None:
    assert compare(make_cells((8, 12), (5, 30)), kind="count").height == 0


def test_other_levels_are_left_out() -> None:
    cells = make_cells((8, 12), (5, 30)).with_columns(level=pl.lit("team"))
    assert compare(cells).height == 0


def test_every_two_service_areas_are_compared_once() -> None:
    got = compare(make_areas(A3=(20, 40), A1=(10, 40), A2=(30, 40)))
    assert got.select("place_a", "place_b").rows() == [("A1", "A2"), ("A1", "A3"), ("A2", "A3")]
    assert got["level"].unique().to_list() == ["service_area"]


def test_two_service_areas_are_both_named() -> None:
    got = compare(make_areas(A1=(10, 40), A2=(30, 40)))["sentence"].item()
    assert got == "North 50 points lower than South (between 29 and 65 points lower)"


def test_no_setting_is_compared_with_a_service_area() -> None:
    got = compare(pl.concat([make_cells((8, 12), (5, 30)), make_areas(A1=(10, 40))]))
    assert got.select("place_a", "place_b").rows() == [("inpatient", "community")]
