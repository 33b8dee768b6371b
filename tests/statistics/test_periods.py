from datetime import date

import polars as pl
import pytest

from pipelines.statistics.periods import select_latest_complete
from tests.statistics.series import make_indicators

MONTHS = pl.DataFrame(
    {
        "indicator_id": "presence",
        "grain": ["month", "month", "month", "quarter"],
        "place_id": "trust",
        "period_start": [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 1)],
        "period_end": [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31), date(2026, 12, 31)],
    }
)


@pytest.mark.parametrize(
    ("as_at", "window_days", "month"),
    [
        (date(2026, 10, 31), 0, 10),
        (date(2026, 10, 30), 0, 9),
        (date(2026, 12, 29), 90, 9),
        (date(2026, 12, 28), 90, 8),
    ],
)
def test_a_period_is_complete_when_its_window_has_ended(as_at: date, window_days: int, month: int) -> None:
    got = select_latest_complete(MONTHS, make_indicators(window_days=window_days), as_at)
    assert got["period_start"].to_list() == [date(2026, month, 1)]


def test_only_the_grain_of_the_header_counts() -> None:
    got = select_latest_complete(MONTHS, make_indicators(grain="quarter"), date(2027, 1, 1))
    assert got["grain"].to_list() == ["quarter"]


def test_the_latest_period_is_that_of_the_indicator_not_of_the_place() -> None:
    early = MONTHS.head(1).with_columns(place_id=pl.lit("closed"))
    got = select_latest_complete(pl.concat([MONTHS, early]), make_indicators(), date(2026, 11, 3))
    assert got["place_id"].to_list() == ["trust"]


def test_before_the_first_period_ends_there_is_none() -> None:
    assert select_latest_complete(MONTHS, make_indicators(), date(2026, 8, 30)).height == 0
