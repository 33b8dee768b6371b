"""The time the trust's files cover, and the random numbers of each part."""

from dataclasses import dataclass
from datetime import date
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

EVENING_MONTHS = 8
QUIET_MONTHS = 3
DAY = np.timedelta64(1, "D")

Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Period:
    """From the first day of a month, `years` before the month of the as-at date, to the as-at date."""

    seed: int
    years: int
    as_at: date

    @property
    def start(self) -> date:
        """The first day."""
        return months_before(self.as_at, 12 * self.years)

    @property
    def months(self) -> Days:
        """The first day of every month, the unfinished one too."""
        first = np.datetime64(self.start, "M")
        return np.arange(first, np.datetime64(self.as_at, "M") + 1).astype("datetime64[D]")

    @property
    def evenings_from(self) -> date:
        """The day one service area moved its meetings to the evening."""
        return months_before(self.as_at, EVENING_MONTHS)

    @property
    def quiet_from(self) -> date:
        """The day one team stopped meeting."""
        return months_before(self.as_at, QUIET_MONTHS)

    @property
    def second_register_from(self) -> date:
        """The day the meeting register moved to another system: 14 months in, ten months ago at the latest."""
        return months_before(self.as_at, max(10, 12 * self.years - 14))

    def random(self, part: str) -> np.random.Generator:
        """Random numbers of one part, so that a change in one part leaves the others as they were."""
        return np.random.default_rng([self.seed, crc32(part.encode())])


def months_before(day: date, months: int) -> date:
    """The first day of the month so many months before the month of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def month_of_year(days: Days) -> NDArray[np.int64]:
    """1..12."""
    return days.astype("datetime64[M]").astype(np.int64) % 12 + 1


def weekday(days: Days) -> NDArray[np.int64]:
    """0 is Monday."""
    return (days.astype("datetime64[D]").astype(np.int64) + 3) % 7


def is_christmas(days: Days) -> NDArray[np.bool_]:
    """From 20 December to 3 January."""
    day_of_month = (days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
    month = month_of_year(days)
    found: NDArray[np.bool_] = ((month == 12) & (day_of_month >= 20)) | ((month == 1) & (day_of_month <= 3))
    return found
