"""Which published values enter a chart, and what the board is told where the editions differ."""

from datetime import date

import polars as pl
import pytest

from pipelines.analysis import NOT_SHOWN_TO_THE_BOARD, silence_differing_icons
from pipelines.charting import series_values
from tests.pipelines.bench import Bench, Row, attended, meeting

INDICATORS = pl.DataFrame(
    {
        "indicator_id": ["events", "people"],
        "better": ["higher", "lower"],
        "kind": "percent",
        "grain": ["month", "four_quarters"],
        "chart": [["p_prime", "run", "none"], ["p_prime", "none", "none"]],
    }
)


def value(indicator: str, level: str, grain: str, status: str = "shown", percent: float | None = 40.0) -> pl.DataFrame:
    row = {"indicator_id": indicator, "level": level, "grain": grain, "status": status, "value": percent}
    return pl.DataFrame([row | {"period_start": date(2026, 5, 1)}], schema_overrides={"value": pl.Float64})


@pytest.mark.parametrize(
    ("cell", "chart"),
    [
        (value("events", "trust", "month"), ["p_prime"]),
        (value("events", "trust", "quarter"), []),
        (value("events", "service_area", "quarter"), ["run"]),
        (value("events", "service_area", "month"), []),
        (value("events", "team", "month"), ["none"]),  # left out when points are computed
        (value("people", "care_setting", "four_quarters"), ["p_prime"]),
        (value("events", "trust", "month", "no_activity", None), ["p_prime"]),  # a gap
        (value("events", "trust", "month", "hidden", None), []),
        (value("events", "trust", "month", "incomplete"), []),
        (value("people", "trust", "four_quarters", "shown", None), []),  # counts alone
    ],
)
def test_a_value_enters_the_chart_of_its_level_at_its_grain(cell: pl.DataFrame, chart: list[str]) -> None:
    assert series_values(cell, INDICATORS)["chart"].to_list() == chart


def signal(variation: str, assurance: str = "none", place: str = "trust") -> pl.DataFrame:
    row = {"indicator_id": "events", "level": "trust", "place_id": place, "chart": "p_prime"}
    return pl.DataFrame([row | {"variation": variation, "assurance": assurance, "summary": "As it is."}])


@pytest.mark.parametrize(
    ("board", "internal", "want"),
    [
        (signal("common_cause"), signal("common_cause"), ("common_cause", "none", "As it is.")),
        (signal("common_cause"), signal("concern_low"), ("none", "none", NOT_SHOWN_TO_THE_BOARD)),
        (signal("common_cause", "pass"), signal("common_cause", "fail"), ("none", "none", NOT_SHOWN_TO_THE_BOARD)),
        (signal("concern_low"), signal("concern_low", place="elsewhere"), ("concern_low", "none", "As it is.")),
    ],
)
def test_the_board_is_shown_no_icon_that_differs_from_the_internal_one(
    board: pl.DataFrame, internal: pl.DataFrame, want: tuple[str, str, str]
) -> None:
    got = silence_differing_icons(board, internal)
    assert got.columns == board.columns
    assert got.select("variation", "assurance", "summary").row(0) == want


def test_a_year_of_months_has_points_limits_and_a_signal_in_both_editions(bench: Bench) -> None:
    people: list[Row] = [{"person": f"U{n}", "person_role": "service_user"} for n in range(3)]
    bench.deliver("people", *people, {"person": "S1", "person_role": "staff"})
    months = [f"2025-{month:02}" for month in range(6, 13)] + [f"2026-{month:02}" for month in range(1, 7)]
    ids = [(month, number) for month in months for number in range(6)]
    bench.deliver("meetings", *(meeting(f"{m}/{n}", held_at=f"{m}-{n + 1:02}") for m, n in ids))
    bench.deliver("attendance", *(attended(f"{m}/{n}", f"U{n}" if n < 3 else "S1") for m, n in ids))
    bench.build()
    points = bench.warehouse.rows(
        """select edition, count(*), min(value), max(value), min(limits), min(lower_limit) < 50
        from published.signal_point
        where indicator_id = 'meetings_with_service_user' and level = 'trust' group by edition order by edition"""
    )
    assert points == [("board", 13, 50.0, 50.0, "full", False), ("internal", 13, 50.0, 50.0, "full", False)]
    variations = bench.warehouse.rows(
        """select distinct variation from published.signal
        where indicator_id = 'meetings_with_service_user' and level = 'trust'"""
    )
    assert variations == [("common_cause",)]
