"""Dates and times as exports write them: day or month first, two or four digits of a year, 24 hours or AM and PM."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FIRST_YEAR = 2000
# No meeting lasts a week; read in the wrong order, two days of one meeting lie a month apart.
LONGEST_MEETING = timedelta(days=7)
MOMENT = re.compile(
    r"(?P<a>\d{1,4})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{4}|\d{1,2})\.?(?:\s*,\s*|\s+|T)"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:\s*(?P<half>[ap])\.?\s?m\.?)?",
    re.ASCII | re.IGNORECASE,
)


def is_moment(cell: str) -> bool:
    """Whether the cell has the shape of a date and a time."""
    return MOMENT.fullmatch(_plain(cell)) is not None


def read_moment(cell: str, *, month_first: bool) -> datetime | None:
    """The local time a cell names; None where it names none in this order."""
    found = MOMENT.fullmatch(_plain(cell))
    if found is None:
        return None
    year, month, day = _year_month_day(found["a"], found["b"], found["c"], month_first=month_first)
    hour = int(found["hour"])
    if found["half"] and hour <= 12:
        hour = hour % 12 + 12 * (found["half"].lower() == "p")
    try:
        moment = datetime(year, month, day, hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None
    return moment if moment.year >= FIRST_YEAR else None


def possible_moments(cell: str, cells: Iterable[str]) -> list[datetime]:
    """The moments (UTC) that `cell` may mean among the `cells` of its file; none where it cannot be read.

    The order of day and month is that in which every date of the file can be read; where both can, that in which all
    lie within a week. Where this does not decide either, or the hour occurs twice in the night the clocks change,
    there are two moments.
    """
    beside = [other for other in {cell, *cells} if is_moment(other)]
    read = {order: [read_moment(other, month_first=order) for other in beside] for order in (False, True)}
    orders = [order for order in read if None not in read[order]] or list(read)
    orders = [order for order in orders if _is_one_meeting(read[order])] or orders
    local = [moment for order in orders if (moment := read_moment(cell, month_first=order))]
    return sorted({moment.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for moment in local for fold in (0, 1)})


def _is_one_meeting(moments: list[datetime | None]) -> bool:
    known = [moment for moment in moments if moment is not None]
    return bool(known) and max(known) - min(known) <= LONGEST_MEETING


def _year_month_day(a: str, b: str, c: str, *, month_first: bool) -> tuple[int, int, int]:
    if len(a) == 4:
        return int(a), int(b), int(c)
    year = int(c) if len(c) == 4 else FIRST_YEAR + int(c)
    return (year, int(a), int(b)) if month_first else (year, int(b), int(a))


def _plain(cell: str) -> str:
    """Without signs that are not seen; narrow and fixed spaces become spaces."""
    shown = (sign for sign in unicodedata.normalize("NFKC", cell) if unicodedata.category(sign) != "Cf")
    return "".join(shown).strip()
