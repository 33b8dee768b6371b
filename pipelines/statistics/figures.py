"""Gathers the stored figures one headline is written from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from pipelines.statistics.headline import PERIODS_FOR_A_HISTORY, Before, Headline, Part, Phrases
from pipelines.statistics.periods import select_complete
from pipelines.statistics.wording import say_place

Row = dict[str, Any]


@dataclass(frozen=True)
class Published:
    """One edition's tables, as stored in the schema `published`, and the day they were made for.

    places: place_id, level, parent_id, name
    indicators: indicator_id, short_title, unit, better, beside, grain, window_days, overview, counts_people;
        optional phrase (`a service user was in the room at {count}`) and
        phrase_change (`meetings now have a service user in the room`): without them the short title stands in
    values: indicator_value; signals: columns of signals.SIGNAL_SCHEMA; freshness: feed, is_late
    """

    places: pl.DataFrame
    indicators: pl.DataFrame
    values: pl.DataFrame
    signals: pl.DataFrame
    freshness: pl.DataFrame
    as_at: date


def find_headline_indicator(indicators: pl.DataFrame) -> Row | None:
    """The indicator whose header says overview = 1."""
    first = indicators.filter(pl.col("overview") == 1).sort("indicator_id")
    return first.row(0, named=True) if first.height else None


def find_companion(indicators: pl.DataFrame, headline: Row) -> Row | None:
    """The indicator that says how much the headline's figure leaves out.

    It is the first in the header's `beside` with the same unit and grain, for which lower is better; `find_headline`
    believes it only where the figures agree: its denominator less its numerator is the headline's denominator.
    """
    rows = {row["indicator_id"]: row for row in indicators.iter_rows(named=True)}
    beside = [rows[name] for name in headline["beside"] or [] if name in rows]
    alike = (row for row in beside if (row["unit"], row["grain"]) == (headline["unit"], headline["grain"]))
    return next((row for row in alike if row["better"] == "lower"), None)


def find_headline(published: Published, indicator: Row, place: Row) -> Headline | None:
    """The figures of one place's latest complete period; None where it has no complete period."""
    cells = _history(published, indicator, place)
    if not cells:
        return None
    latest, earlier = cells[-1], cells[-1 - PERIODS_FOR_A_HISTORY : -1]
    companion = find_companion(published.indicators, indicator)
    signal = _signal(published, indicator, place) or {}
    return Headline(
        phrases=_phrases(indicator, companion),
        grain=indicator["grain"],
        period_start=latest["period_start"],
        status=latest["status"],
        numerator=latest["numerator"] or 0,
        denominator=latest["denominator"] or 0,
        not_recorded=_not_recorded(published, companion, place, latest) if companion else None,
        periods=sum(cell["value"] is not None for cell in cells),
        before=None if indicator["counts_people"] else _add_up(earlier),
        variation=signal.get("variation", "none"),
        summary=signal.get("summary", ""),
        summary_on=signal.get("point_on"),
        parts=tuple(_parts(published, indicator, place, latest["period_start"])),
    )


def select_place(frame: pl.DataFrame, place: Row) -> pl.DataFrame:
    """The rows of one place; place_id alone does not tell levels apart."""
    return frame.filter((pl.col("level") == place["level"]) & (pl.col("place_id") == place["place_id"]))


def _history(published: Published, indicator: Row, place: Row) -> list[Row]:
    own = select_place(published.values, place).filter(pl.col("indicator_id") == indicator["indicator_id"])
    cells = select_complete(own, published.indicators, published.as_at)
    return list(cells.sort("period_start").iter_rows(named=True))


def _signal(published: Published, indicator: Row, place: Row) -> Row | None:
    found = select_place(published.signals, place).filter(pl.col("indicator_id") == indicator["indicator_id"])
    return found.row(0, named=True) if found.height else None


def _not_recorded(published: Published, companion: Row, place: Row, latest: Row) -> int | None:
    cells = _history(published, companion, place)
    cell = next((cell for cell in cells if cell["period_start"] == latest["period_start"]), None)
    if cell is None or cell["denominator"] is None:
        return None
    missing = int(cell["numerator"])
    return missing if cell["denominator"] - missing == (latest["denominator"] or 0) else None


def _add_up(cells: list[Row]) -> Before | None:
    """Events of distinct periods add up; a hidden period makes the sum unknown."""
    if not cells or any(cell["status"] == "hidden" for cell in cells):
        return None
    return Before(
        periods=len(cells),
        last_start=cells[-1]["period_start"],
        numerator=sum(cell["numerator"] or 0 for cell in cells),
        denominator=sum(cell["denominator"] or 0 for cell in cells),
    )


def _parts(published: Published, indicator: Row, place: Row, period_start: date) -> list[Part]:
    """The care settings of the trust; service areas would make too long a sentence."""
    inside = (pl.col("parent_id") == place["place_id"]) & (pl.col("level") == "care_setting")
    children = published.places.filter(inside & (pl.lit(place["level"]) == "trust")).sort("place_id")
    parts = [_part(published, indicator, child, period_start) for child in children.iter_rows(named=True)]
    return [part for part in parts if part is not None]


def _part(published: Published, indicator: Row, place: Row, period_start: date) -> Part | None:
    cells, signal = _history(published, indicator, place), _signal(published, indicator, place)
    if not cells or not signal or cells[-1]["period_start"] != period_start or cells[-1]["numerator"] is None:
        return None
    name = say_place(place["place_id"], place["name"])
    return Part(name, cells[-1]["numerator"], cells[-1]["denominator"], signal["variation"])


def _phrases(indicator: Row, companion: Row | None) -> Phrases:
    unit, title = indicator["unit"], indicator["short_title"]
    return Phrases(
        unit=unit,
        happened=_own_phrase(indicator, f"'{title}' was {{count}}"),
        change=indicator.get("phrase_change") or f"{unit} now count as '{title}'",
        not_recorded=_own_phrase(companion, f"{{count}} count as '{companion['short_title']}'") if companion else "",
    )


def _own_phrase(indicator: Row, otherwise: str) -> str:
    phrase = indicator.get("phrase") or ""
    return phrase if "{count}" in phrase else otherwise
