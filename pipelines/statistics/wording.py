"""How figures, months and places are said in sentences: one place, so that all sentences agree."""

from calendar import month_name
from datetime import date
from math import floor

FEW = 30  # a percentage of fewer is not printed
PLACE_WORDS = {"inpatient": "Wards", "community": "Community"}
GRAIN_WORDS = {"month": "month", "quarter": "quarter", "four_quarters": "year"}
MONTHS_IN = {"month": 1, "quarter": 3, "four_quarters": 12}
_ORDINALS = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def say_count(count: int) -> str:
    """1004 -> `1,004`."""
    return f"{count:,}"


def round_half_up(number: float) -> int:
    """40.5 -> 41: the rounding readers expect, not to the even neighbour."""
    return floor(number + 0.5)


def say_percent(percent: float) -> str:
    """41.2 -> `41 %`; `0 %` and `100 %` are kept for exactly none and all."""
    if 0 < percent < 0.5:
        return "under 1 %"
    if 99.5 <= percent < 100:
        return "over 99 %"
    return f"{round_half_up(percent)} %"


def say_range(lower: float, upper: float) -> str:
    """31.2, 50.9 -> `31 to 51 %`."""
    return f"{round_half_up(lower)} to {round_half_up(upper)} %"


def say_about(percent: float) -> str:
    """41 -> `about 4 in 10`; plain words for a percentage 0..100."""
    if percent in (0, 100):
        return "none" if percent == 0 else "all"
    if percent < 5:
        return "fewer than 1 in 20"
    if percent > 95:
        return "more than 19 in 20"
    if 45 <= percent < 55:
        return "about half" if 48 <= percent <= 52 else ("nearly half" if percent < 48 else "just over half")
    return f"about {min(round_half_up(percent / 10), 9)} in 10"


def say_of(numerator: int, denominator: int, unit: str = "") -> str:
    """93, 227, `meetings` -> `93 of 227 meetings`."""
    return f"{say_count(numerator)} of {say_count(denominator)} {unit}".rstrip()


def say_units(count: int, unit: str) -> str:
    """24, `meetings` -> `24 meetings`; 1 -> `1 meeting`."""
    return f"{say_count(count)} {unit.removesuffix('s') if count == 1 else unit}"


def say_ordinal(number: int) -> str:
    """7 -> `seventh`, 21 -> `21st`."""
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    last = "th" if 11 <= number % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"


def say_period(start: date, grain: str, year: bool = True) -> str:
    """`October 2026`, `July to September 2026`, `October 2025 to September 2026`; without year `October`."""
    last = _last_month(start, grain)
    end = _say_month(last, year)
    if grain == "month":
        return end
    return f"{_say_month(start, year and start.year != last.year)} to {end}"


def say_when(start: date, grain: str) -> str:
    """`In October`, `From July to September`."""
    return f"{'In' if grain == 'month' else 'From'} {say_period(start, grain, year=grain == 'four_quarters')}"


def capitalise(sentence: str) -> str:
    """First letter large, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def say_place(place_id: str, name: str) -> str:
    """`Wards` and `Community` for the care settings, else the stored name."""
    return PLACE_WORDS.get(place_id, name)


def _say_month(month: date, year: bool) -> str:
    return f"{month_name[month.month]} {month.year}" if year else month_name[month.month]


def _last_month(start: date, grain: str) -> date:
    months = start.year * 12 + start.month - 1 + MONTHS_IN[grain] - 1
    return date(months // 12, months % 12 + 1, 1)
