from datetime import date

import pytest

from pipelines.statistics.wording import (
    say_about,
    say_of,
    say_ordinal,
    say_percent,
    say_period,
    say_place,
    say_range,
    say_units,
    say_when,
)


@pytest.mark.parametrize(
    ("percent", "want"),
    [
        (0, "none"),
        (0.4, "fewer than 1 in 20"),
        (5, "about 1 in 10"),
        (14.9, "about 1 in 10"),
        (15, "about 2 in 10"),
        (41, "about 4 in 10"),
        (45, "nearly half"),
        (48.75, "about half"),
        (53, "just over half"),
        (55, "about 6 in 10"),
        (95, "about 9 in 10"),
        (95.1, "more than 19 in 20"),
        (99.9, "more than 19 in 20"),
        (100, "all"),
    ],
)
def test_a_percentage_is_said_in_plain_words(percent: float, want: str) -> None:
    assert say_about(percent) == want


@pytest.mark.parametrize(
    ("percent", "want"),
    [(0, "0 %"), (0.2, "under 1 %"), (0.5, "1 %"), (40.5, "41 %"), (99.7, "over 99 %"), (100, "100 %")],
)
def test_a_percentage_is_rounded_half_up_and_never_to_none_or_all(percent: float, want: str) -> None:
    assert say_percent(percent) == want


def test_thousands_have_commas() -> None:
    assert say_of(402, 1004, "meetings") == "402 of 1,004 meetings"


def test_a_range_has_one_percent_sign() -> None:
    assert say_range(31.2, 50.9) == "31 to 51 %"


@pytest.mark.parametrize(("count", "want"), [(0, "0 meetings"), (1, "1 meeting"), (1200, "1,200 meetings")])
def test_one_is_singular(count: int, want: str) -> None:
    assert say_units(count, "meetings") == want


@pytest.mark.parametrize(
    ("number", "want"),
    [(7, "seventh"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"), (22, "22nd"), (111, "111th")],
)
def test_a_place_in_a_row_is_an_ordinal(number: int, want: str) -> None:
    assert say_ordinal(number) == want


@pytest.mark.parametrize(
    ("start", "grain", "want", "when"),
    [
        (date(2026, 10, 1), "month", "October 2026", "In October"),
        (date(2026, 7, 1), "quarter", "July to September 2026", "From July to September"),
        (
            date(2025, 10, 1),
            "four_quarters",
            "October 2025 to September 2026",
            "From October 2025 to September 2026",
        ),
        (date(2025, 1, 1), "four_quarters", "January to December 2025", "From January to December 2025"),
    ],
)
def test_a_period_is_said_by_its_grain(start: date, grain: str, want: str, when: str) -> None:
    assert (say_period(start, grain), say_when(start, grain)) == (want, when)


def test_care_settings_have_short_words() -> None:
    got = [say_place("inpatient", "Inpatient services"), say_place("community", "x"), say_place("A1", "North area")]
    assert got == ["Wards", "Community", "North area"]
