"""Months, quarters and blocks of four quarters that figures are given for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

# No event before 2000 is loaded.
FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Period:
    """A period of a `grain`, as it is cut for indicators whose window is `window_days` long."""

    window_days: int
    grain: str
    period_start: date
    period_end: date


def periods(as_at: date, windows: Iterable[int]) -> list[Period]:
    """Every period from 2000 to the one that holds `as_at`, for each window (days).

    Blocks of four quarters do not overlap and are counted back from the last quarter whose window has ended.
    """
    return [period for window in sorted(set(windows)) for period in _periods_of(as_at, window)]


def _periods_of(as_at: date, window: int) -> Iterator[Period]:
    for grain, months in (("month", 1), ("quarter", 3)):
        yield from _cut(window, grain, months, FIRST_DAY, as_at)
    last_complete = _quarter_start(as_at - timedelta(days=window) + timedelta(days=1))
    quarters = (last_complete.year - FIRST_DAY.year) * 4 + (last_complete.month - 1) // 3
    first_block = _add_months(FIRST_DAY, -3 * (-quarters % 4))
    yield from _cut(window, "four_quarters", 12, first_block, as_at)


def _cut(window: int, grain: str, months: int, start: date, as_at: date) -> Iterator[Period]:
    while start <= as_at:
        following = _add_months(start, months)
        yield Period(window, grain, start, following - timedelta(days=1))
        start = following


def _quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _add_months(start: date, months: int) -> date:
    count = start.year * 12 + start.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
