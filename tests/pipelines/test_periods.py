"""Months, quarters and blocks of four quarters."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.periods import FIRST_DAY, Period, periods


def last(as_at: date, window: int, grain: str) -> Period:
    return [period for period in periods(as_at, [window]) if period.grain == grain][-1]


def complete_blocks(as_at: date, window: int) -> list[Period]:
    blocks = [period for period in periods(as_at, [window]) if period.grain == "four_quarters"]
    return [block for block in blocks if block.period_end + timedelta(days=window) <= as_at]


def test_the_last_month_is_the_one_that_holds_the_day() -> None:
    assert last(date(2026, 7, 10), 0, "month") == Period(0, "month", date(2026, 7, 1), date(2026, 7, 31))


@pytest.mark.parametrize(
    ("as_at", "window", "end"),
    [
        (date(2026, 7, 10), 0, date(2026, 6, 30)),
        (date(2026, 6, 30), 0, date(2026, 6, 30)),  # the last day itself
        (date(2026, 6, 29), 0, date(2026, 3, 31)),
        (date(2026, 6, 29), 90, date(2026, 3, 31)),  # 31 March and 90 days
        (date(2026, 6, 28), 90, date(2025, 12, 31)),
    ],
)
def test_blocks_are_counted_back_from_the_last_complete_quarter(as_at: date, window: int, end: date) -> None:
    assert complete_blocks(as_at, window)[-1].period_end == end


@given(st.dates(date(2001, 1, 1), date(2060, 1, 1)), st.sampled_from([0, 90, 180]))
def test_periods_of_a_grain_follow_each_other_without_gap_or_overlap(as_at: date, window: int) -> None:
    for grain in ("month", "quarter", "four_quarters"):
        cut = [period for period in periods(as_at, [window]) if period.grain == grain]
        assert cut[0].period_start <= FIRST_DAY <= cut[0].period_end
        assert cut[-1].period_start <= as_at <= cut[-1].period_end
        ends = [period.period_end + timedelta(days=1) for period in cut[:-1]]
        assert ends == [period.period_start for period in cut[1:]]
