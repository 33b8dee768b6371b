"""Meetings since a service user was last in the room: the stretch under way is drawn as still running."""

from datetime import date
from typing import Any

import pytest

from dashboard.charts.gaps import points
from dashboard.gap_panel import TITLE, meetings
from tests.dashboard.conftest import Render, text_of
from tests.dashboard.test_pages import alts

LINES = {"centre": 2.0, "upper_limit": 9.9, "limits": "full", "beyond": [2, 3]}


def gap(gap_no: int, ended_on: date | None, length: int) -> dict[str, Any]:
    """One stretch."""
    return {
        "gap_no": gap_no,
        "first_on": date(2026, 1, 1),
        "ended_on": ended_on,
        "is_running": ended_on is None,
        "meetings_without": length,
        "not_recorded": 0,
    }


def test_the_stretch_under_way_is_hollow_and_not_joined() -> None:
    done, running = points([gap(1, date(2026, 2, 1), 4), gap(4, None, 6)], LINES)
    assert (done["is_open"], done["joined"]) == (False, 4)
    assert (running["is_open"], running["joined"], running["note"]) == (True, None, "still running")


def test_a_stretch_beyond_its_limit_is_told_by_shape_letter_and_words() -> None:
    rows = points([gap(2, date(2026, 2, 1), 12), gap(3, None, 11)], LINES)
    assert [(row["point_type"], row["letter"]) for row in rows] == [("concern", "C")] * 2
    assert [row["note"] for row in rows] == [
        "longer than the usual range",
        "still running; longer than the usual range",
    ]


def test_two_stretches_that_end_on_one_day_have_a_place_each() -> None:
    rows = points([gap(1, date(2026, 2, 1), 4), gap(5, date(2026, 2, 1), 0)], LINES)
    assert [row["tick"] for row in rows] == ["1 Feb 26", "1 Feb 26 (2)"]


@pytest.mark.parametrize(("line", "want"), [(2.0, "2"), (2.5, "2.5"), (15.95, "15"), (0.0, "0")])
def test_a_line_is_written_in_whole_meetings_that_lie_within_it(line: float, want: str) -> None:
    assert meetings(line) == want


def test_it_stands_on_a_team_s_trend_of_presence_and_nowhere_else(render: Render) -> None:
    assert [alt for alt in alts(render("trends", "qi_lead", place="Ash ward")) if alt.startswith(TITLE)]
    for chosen in ({}, {"place": "Ash ward", "indicator": "Share of seats"}):
        assert TITLE not in text_of(render("trends", "qi_lead", **chosen))
