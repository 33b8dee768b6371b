from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.statistics.funnel_points import FUNNEL_SCHEMA, make_funnels
from tests.statistics.series import make_indicators

# domain reference 4.5
WORKED = [(3, 12), (10, 14), (6, 15), (14, 20), (1, 10), (9, 11)]
EVEN = [(20 + n % 3, 50) for n in range(12)]


def make_cells(counts: list[tuple[int, int]], **columns: Any) -> pl.DataFrame:
    defaults = {"indicator_id": "presence", "level": "team", "period_start": date(2026, 7, 1)}
    rows = [
        {"place_id": f"T{n:02}", "numerator": x, "denominator": of, "value": 100 * x / of if of else None}
        for n, (x, of) in enumerate(counts)
    ]
    given = {"period_end": date(2026, 9, 30), **defaults, **columns}
    return pl.DataFrame(rows).with_columns(pl.lit(value).alias(name) for name, value in given.items())


def draw(counts: list[tuple[int, int]], **columns: Any) -> pl.DataFrame:
    return make_funnels(make_cells(counts, **columns), make_indicators())


def test_the_worked_funnel_is_stored_in_percent_with_both_limits() -> None:
    got = draw(WORKED).row(3, named=True)
    assert (got["centre"], got["lower_95"], got["upper_95"]) == pytest.approx((52.439, 31.02, 73.40), abs=0.01)
    assert got["lower_998"] < got["lower_95"] < got["upper_95"] < got["upper_998"]


def test_few_places_keep_plain_limits() -> None:
    got = draw(WORKED)
    assert not got["is_adjusted"].any()
    assert (got["lower_95"] == got["plain_lower_95"]).all()


def test_many_places_that_differ_more_than_chance_have_wider_limits() -> None:
    got = draw(WORKED * 2)
    assert got["is_adjusted"].all()
    assert (got["upper_95"] >= got["plain_upper_95"]).all()
    assert got["phi"][0] > 1


def test_many_places_alike_have_plain_limits() -> None:
    assert draw(EVEN).select("is_adjusted", "beyond").unique().rows() == [(False, "none")]


@pytest.mark.parametrize(
    ("counts", "want"),
    [((20, 50), "none"), ((28, 50), "high_95"), ((13, 50), "low_95"), ((35, 50), "high_998"), ((4, 50), "low_998")],
)
def test_a_place_is_beyond_the_outermost_limit_it_passes(counts: tuple[int, int], want: str) -> None:
    got = draw([(400, 1000), (399, 1000), counts])
    assert got["beyond"].to_list() == ["none", "none", want]


@pytest.mark.parametrize(
    ("counts", "want"),
    [
        ((20, 50), "20 of 50 meetings: within what chance alone would give around the average of all."),
        ((28, 50), "28 of 50 meetings: above the inner limits (95 %), where 1 place in 20 lies by chance."),
        ((4, 50), "4 of 50 meetings: below the outer limits (99.8 %), unlikely to be chance. Ask what differs here."),
    ],
)
def test_a_place_is_told_in_counts_and_without_its_name(counts: tuple[int, int], want: str) -> None:
    assert draw([(400, 1000), (399, 1000), counts])["sentence"][2] == want


def test_a_place_without_a_value_is_in_no_funnel() -> None:
    assert draw([*WORKED, (0, 0)])["place_id"].to_list() == [f"T{n:02}" for n in range(6)]


def test_two_places_make_no_funnel() -> None:
    got = draw(WORKED[:2])
    assert (got.height, got.schema) == (0, FUNNEL_SCHEMA)


def test_each_level_has_a_funnel_of_its_own() -> None:
    areas = make_cells([(40, 100), (41, 100), (90, 100)], level="service_area")
    got = make_funnels(pl.concat([make_cells(WORKED), areas]), make_indicators())
    assert got.group_by("level", maintain_order=True).agg(pl.col("centre").first().round(0)).rows() == [
        ("service_area", 57.0),
        ("team", 52.0),
    ]


def test_only_percentages_make_funnels() -> None:
    assert make_funnels(make_cells(WORKED), make_indicators(kind="count")).height == 0
