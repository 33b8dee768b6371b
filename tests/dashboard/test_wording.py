"""How stored figures are written."""

from datetime import date

import pytest

from dashboard import wording

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
SUMMER = (date(2026, 7, 1), date(2026, 9, 30))
YEAR = (date(2025, 10, 1), date(2026, 9, 30))


def cell(numerator: int | None, denominator: int | None, value: float | None, **more: object) -> dict[str, object]:
    """A published cell."""
    return {"numerator": numerator, "denominator": denominator, "value": value, "status": "shown", **more}


@pytest.mark.parametrize(
    ("grain", "when", "words", "tick"),
    [
        ("month", OCTOBER, "Oct 2026", "Oct 26"),
        ("quarter", SUMMER, "Jul–Sep 2026", "Jul–Sep 26"),
        ("four_quarters", YEAR, "Oct 2025 to Sep 2026", "to Sep 26"),
    ],
)
def test_a_period_is_named_by_its_grain(grain: str, when: tuple[date, date], words: str, tick: str) -> None:
    assert (wording.period(grain, *when), wording.tick(grain, *when)) == (words, tick)


@pytest.mark.parametrize(
    ("row", "want"),
    [
        (cell(93, 227, 40.97), "93 of 227 (41\u00a0%)"),
        (cell(15, 30, 50.0), "15 of 30 (50\u00a0%)"),
        (cell(14, 29, 48.3), "14 of 29"),
        (cell(0, 29, 0.0), "0 of 29"),
        (cell(15, 40, None), "15 of 40"),
        (cell(20, 40, 50.0, level="team"), "20 of 40"),
        (cell(80, 40, 2.0, kind="mean"), "80 of 40"),
        (cell(None, None, None, status="hidden"), "hidden: too few people"),
        (cell(None, None, None, status="hidden", is_complete=False), "not ended yet"),
        (cell(None, None, None, status="no_activity"), "none held"),
        (cell(None, None, None, status=None), "nothing recorded"),
    ],
)
def test_a_percentage_is_never_printed_of_few_or_of_a_team(row: dict[str, object], want: str) -> None:
    assert wording.figure(row) == want


@pytest.mark.parametrize(
    ("points", "limits", "want"),
    [
        (24, (31.2, 50.8), "31 to 51\u00a0%"),
        (8, (31.2, 50.8), "31 to 51\u00a0% (trial)"),
        (5, (None, None), "too few points"),
        (None, (None, None), "too few points"),
        (8, (None, None), "middle 41\u00a0%"),
        (24, (100.0, 100.0), "100\u00a0%"),
    ],
)
def test_the_usual_range_says_what_it_rests_on(
    points: int | None, limits: tuple[float | None, float | None], want: str
) -> None:
    row = cell(93, 227, 41.0, points=points, centre=41.0, lower_limit=limits[0], upper_limit=limits[1])
    assert wording.usual_range(row) == want


def test_the_middle_of_few_is_not_printed_as_a_percentage() -> None:
    row = cell(4, 9, 44.4, points=8, centre=44.4, lower_limit=None, upper_limit=None)
    assert "%" not in wording.usual_range(row)


@pytest.mark.parametrize(
    ("target", "better", "want"),
    [(5.0, "lower", "at most 5\u00a0%"), (95.0, "higher", "at least 95\u00a0%"), (None, "higher", "")],
)
def test_a_target_says_its_direction(target: float | None, better: str, want: str) -> None:
    assert wording.target({"target": target, "better": better}) == want


@pytest.mark.parametrize(
    ("words", "want"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")]
)
def test_a_listing_ends_with_and(words: list[str], want: str) -> None:
    assert wording.listing(words) == want


def test_a_small_percentage_is_not_rounded_to_none() -> None:
    assert (wording.percent(0.4), wording.percent(0.0)) == ("0.4\u00a0%", "0\u00a0%")


@pytest.mark.parametrize(
    ("dimension", "name", "want"),
    [
        ("gender", "other", "Another gender"),
        ("ethnic_group", "other", "Other"),
        ("ethnic_group", "Other", "Other"),
        ("route", "other", "Another way"),
        ("gender", "female", "Women"),
        ("reason", "our_systems", "Our systems"),
        ("age_band", "18-24", "18-24"),
    ],
)
def test_a_group_is_named_as_one_of_its_dimension(dimension: str, name: str, want: str) -> None:
    assert wording.group(dimension, name) == want
