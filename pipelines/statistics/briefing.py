"""The stored sentences of every place: the headline, what changed, what we do not know."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import polars as pl

from pipelines.statistics.figures import Published, find_headline, find_headline_indicator, select_place
from pipelines.statistics.headline import write_headline
from pipelines.statistics.periods import select_latest_complete
from pipelines.statistics.wording import GRAIN_WORDS, say_units

LEVELS = ("trust", "care_setting", "service_area")
BRIEFING_SCHEMA = pl.Schema(
    {
        "level": pl.String,
        "place_id": pl.String,
        "position": pl.Int32,
        "kind": pl.String,
        "indicator_id": pl.String,
        "sentence": pl.String,
        "variation": pl.String,
        "told_of": pl.String,
    }
)
Place = dict[str, Any]


class Line(NamedTuple):
    """One row of a place's briefing, before it has a position."""

    kind: str
    indicator_id: str | None
    sentence: str
    variation: str | None = None
    told_of: str | None = None


def write_briefing(published: Published) -> pl.DataFrame:
    """All sentences of an edition.

    Out: columns of BRIEFING_SCHEMA; for each place at trust, care_setting and service_area level one `headline`
    (none at all where no indicator's header says overview = 1), a `change` for each indicator of the Overview whose
    variation is not common cause, and the `unknown` lines. position counts from 1 within the place. told_of is the
    place a `change` is at: this one, or for the trust a care setting.
    """
    places = published.places.filter(pl.col("level").is_in(LEVELS)).sort("level", "place_id")
    latest = select_latest_complete(published.values, published.indicators, published.as_at)
    rows = [
        (place["level"], place["place_id"], position, *line)
        for place in places.iter_rows(named=True)
        for position, line in enumerate(_write_place(published, latest, place), start=1)
    ]
    return pl.DataFrame(rows, schema=BRIEFING_SCHEMA, orient="row")


def _write_place(published: Published, latest: pl.DataFrame, place: Place) -> Iterator[Line]:
    indicator = find_headline_indicator(published.indicators)
    headline = find_headline(published, indicator, place) if indicator else None
    if indicator and headline:
        yield Line("headline", indicator["indicator_id"], write_headline(headline))
    elif indicator:
        period = GRAIN_WORDS[indicator["grain"]]
        nothing = f"There is nothing to report yet: no {period} of {indicator['unit']} is complete."
        yield Line("headline", indicator["indicator_id"], nothing)
    yield from _write_changes(published, place)
    if headline and headline.not_recorded:
        yield Line("unknown", None, f"{say_units(headline.not_recorded, headline.phrases.unit)} not recorded")
    yield from _write_hidden(latest, place)
    yield from _write_late(published.freshness)


def _write_changes(published: Published, place: Place) -> Iterator[Line]:
    """What changed here and, for the trust, in a care setting: a change in one can vanish in the whole."""
    for where in (place, *_parts(published, place)):
        of_whom = "" if where is place else f", {where['name']}"
        signals = select_place(published.signals, where).filter(~pl.col("variation").is_in(["common_cause", "none"]))
        first_page = published.indicators.filter(pl.col("overview").is_not_null())
        named = signals.join(first_page.select("indicator_id", "short_title", "overview"), on="indicator_id")
        for row in named.sort("overview", "indicator_id").iter_rows(named=True):
            sentence = f"{row['short_title']}{of_whom}: {row['summary']}"
            yield Line("change", row["indicator_id"], sentence, row["variation"], where["place_id"])


def _parts(published: Published, place: Place) -> list[Place]:
    parts = published.places.filter(pl.col("level") == "care_setting", pl.col("parent_id") == place["place_id"])
    return parts.sort("place_id").to_dicts()


def _write_hidden(latest: pl.DataFrame, place: Place) -> Iterator[Line]:
    hidden = select_place(latest, place).filter(pl.col("status") == "hidden").height
    if hidden:
        yield Line("unknown", None, f"{say_units(hidden, 'numbers')} hidden")


def _write_late(freshness: pl.DataFrame) -> Iterator[Line]:
    late = freshness.filter(pl.col("is_late")).sort("feed")["feed"].to_list()
    if late:
        yield Line("unknown", None, f"{say_units(len(late), 'feeds')} late: {', '.join(late)}")
