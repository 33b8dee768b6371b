"""Moments as exports write them, and the order of day and month in a whole file."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.moments import is_moment, possible_moments, read_moment

NARROW = "\N{NARROW NO-BREAK SPACE}"
AT = datetime(2026, 5, 4, 15, 7, 9)


@pytest.mark.parametrize(
    ("cell", "month_first"),
    [
        ("04/05/2026, 15:07:09", False),
        ("4/5/26, 15:07:09", False),
        ("04.05.2026, 15:07:09", False),
        ("04-05-2026 15.07.09", False),
        ("5/4/2026, 3:07:09 PM", True),
        (f"5/4/26, 3:07:09{NARROW}PM", True),
        ("5/4/26 3:07:09 p. m.", True),
        (f"\N{LEFT-TO-RIGHT MARK}5/4/26,{NARROW}3:07:09pm", True),
        ("2026-05-04 15:07:09", False),
        ("2026-05-04T15:07:09", True),
    ],
)
def test_a_moment_is_read_in_every_form_that_occurs(cell: str, month_first: bool) -> None:
    assert read_moment(cell, month_first=month_first) == AT


@pytest.mark.parametrize(("cell", "hour"), [("12:05 AM", 0), ("12:05 PM", 12), ("1:05 AM", 1), ("13:05 PM", 13)])
def test_noon_and_midnight_are_not_mixed_up(cell: str, hour: int) -> None:
    assert read_moment(f"5/4/26, {cell}", month_first=True) == datetime(2026, 5, 4, hour, 5)


@pytest.mark.parametrize(
    "cell", ["", "45m 0s", "1h 2m", "03/04", "10:30", "4/5/26, 25:61", "31/06/2026, 10:00", "1/2-26, 9:00"]
)
def test_what_is_no_moment_is_none(cell: str) -> None:
    assert read_moment(cell, month_first=False) is None


def test_a_year_before_teams_was_made_is_no_moment() -> None:
    assert read_moment("04/05/1926, 10:00", month_first=False) is None


def readings(cell: str, *beside: str) -> list[str]:
    return [f"{moment:%m-%d %H:%M}" for moment in possible_moments(cell, beside)]


def test_one_day_above_twelve_decides_the_order_of_the_file() -> None:
    assert readings("04/05/26, 10:00", "13/05/26, 10:00") == ["05-04 09:00"]
    assert readings("04/05/26, 10:00", "04/06/26, 10:00", "4/7/26, 9:00", "4/8/26, 9:00", "4/13/26, 9:00") == [
        "04-05 09:00"
    ]


def test_days_that_would_lie_months_apart_decide_the_order() -> None:
    assert readings("03/04/26, 23:30", "04/04/26, 00:30") == ["04-03 22:30"]
    assert readings("03/04/26, 23:30", "03/05/26, 00:30") == ["03-04 23:30"]


def test_an_undecidable_file_has_two_moments() -> None:
    assert readings("03/04/26, 10:00", "3/4/26, 10:45") == ["03-04 10:00", "04-03 09:00"]


def test_the_same_day_and_month_is_one_moment() -> None:
    assert readings("06/06/26, 10:00") == ["06-06 09:00"]


def test_a_cell_that_is_no_moment_does_not_decide() -> None:
    assert readings("03/04/26, 10:00", "13/13/13", "#####", "45m 0s") == ["03-04 10:00", "04-03 09:00"]


def test_a_damaged_moment_beside_leaves_the_orders_in_which_the_start_can_be_read() -> None:
    assert readings("14/04/26, 10:00", "99/99/26, 10:00") == ["04-14 09:00"]


def test_the_hour_that_occurs_twice_is_two_moments() -> None:
    assert readings("25/10/2026, 01:30") == ["10-25 00:30", "10-25 01:30"]


def test_the_hour_that_is_left_out_is_read_around_the_gap() -> None:
    assert readings("29/03/2026, 01:30") == ["03-29 00:30", "03-29 01:30"]


@given(st.datetimes(datetime(2001, 1, 1), datetime(2099, 12, 31)), st.sampled_from(["%Y", "%y"]), st.booleans())
def test_whatever_is_written_is_among_what_is_read(moment: datetime, year: str, month_first: bool) -> None:
    moment = moment.replace(microsecond=0)
    form = f"%m/%d/{year}, %I:%M:%S %p" if month_first else f"%d/%m/{year}, %H:%M:%S"
    assert read_moment(moment.strftime(form), month_first=month_first) == moment
    assert 1 <= len(possible_moments(moment.strftime(form), ())) <= 2


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=3))
def test_any_text_is_read_or_is_none(cell: str, beside: list[str]) -> None:
    found = possible_moments(cell, beside)
    assert all(moment.tzinfo is UTC for moment in found)
    assert is_moment(cell) or not found
