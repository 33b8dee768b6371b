"""Pieces that two pages or more use."""

from collections.abc import Sequence
from html import escape
from typing import Any

import polars
import streamlit

from dashboard import filters, wording
from dashboard.access import Scope
from dashboard.charts.drawings import source
from dashboard.charts.theme import Theme
from dashboard.export import USE, About
from dashboard.filters import Place
from dashboard.store import Store

Row = dict[str, Any]


def theme() -> Theme:
    """The theme the reader's browser shows now."""
    return "dark" if streamlit.context.theme.type == "dark" else "light"


def picture(svg: str, alt: str) -> str:
    """A small drawing as HTML; an empty `alt` where the words beside it say the same."""
    return f'<img src="{source(svg)}" alt="{escape(alt)}">'


def state_line(scope: Scope, store: Store, filter_words: str) -> None:
    """What every page says first: complete to, as at, snapshot, late feeds by name, what is hidden, the filters.

    Files taken from the page say the same (take_away.py).
    """
    known = store.snapshot(scope).row(0, named=True)
    late = store.freshness(scope).filter(polars.col("is_late"))["feed"].to_list()
    about = About(
        trust=str(known["trust_name"]),
        filters=filter_words,
        data_to=known["data_to"],
        as_at=known["as_at"],
        run_id=known["run_id"],
        disclosure=known["disclosure"],
        late=f"Late: {', '.join(late)}" if late else "No feed is late",
    )
    filters.remember(about)
    first = f"Complete to {wording.day(about.data_to)}, figures as at {wording.day(about.as_at)}"
    rest = [about.late, about.disclosure, f"Snapshot {about.run_id}"]
    streamlit.html(
        f'<div class="inv-state"><p class="inv-wide">{escape(" · ".join([first, filter_words, *rest]))}</p>'
        f'<details class="inv-narrow"><summary>{escape(first)}{" · a feed is late" if late else ""}</summary>'
        f"{''.join(f'<p>{escape(part)}</p>' for part in rest)}</details></div>"
    )


def foot(scope: Scope, store: Store) -> None:
    """What every page says last."""
    contact = store.snapshot(scope)["contact"].item()
    streamlit.html(
        f'<footer class="inv-foot"><p>{escape(USE)}</p>'
        f"<p>Something wrong or missing? Tell {escape(str(contact))}.</p></footer>"
    )


def table(caption: str, headings: list[str], rows: list[list[str]]) -> str:
    """A plain HTML table; `rows` are texts, the first of each row names it; columns of whole numbers stand right.

    Its parts say what they are: where a narrow screen stacks them, browsers forget that they were a table.
    """
    classes = [' class="inv-figure"' if are_numbers([row[n] for row in rows]) else "" for n in range(len(headings))]
    titled = zip(classes, headings, strict=True)
    head = "".join(f'<th role="columnheader" scope="col"{css}>{escape(heading)}</th>' for css, heading in titled)
    body = "".join(
        f'<tr role="row"><th role="rowheader" scope="row">{escape(first)}</th>'
        + "".join(
            f'<td role="cell"{css} data-heading="{escape(heading)}">{escape(cell)}</td>'
            for css, heading, cell in zip(classes[1:], headings[1:], cells, strict=True)
        )
        + "</tr>"
        for first, *cells in rows
    )
    return (
        f'<table class="inv-numbers" role="table"><caption>{escape(caption)}</caption><thead role="rowgroup">'
        f'<tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def scrolled(shown: str, name: str, css: str = "inv-scroll") -> str:
    """A part that scrolls by itself, within reach of the keyboard, there called `name`, which is unique on its page."""
    return f'<div class="{css}" role="region" aria-label="{escape(name)}" tabindex="0">{shown}</div>'


def are_numbers(texts: Sequence[str]) -> bool:
    """Whether all texts of a column are whole numbers."""
    return bool(texts) and all(text.replace(",", "").isdigit() for text in texts)


def meaning(indicator: Row, more: Sequence[tuple[str, str]] = ()) -> str:
    """What a number counts, `more` about it, its caution, target, source, owner and review as an HTML list."""
    lines = [
        ("What it counts", indicator["definition"]),
        *more,
        ("Take care", indicator["caution"]),
        ("Target", wording.target(indicator) or "none is set"),
        ("Comes from", indicator["source"]),
        ("Owner", indicator["owner"]),
        ("Last reviewed", wording.day(indicator["reviewed_on"]) if indicator["reviewed_on"] else None),
    ]
    words = "".join(f"<dt>{escape(name)}</dt><dd>{escape(str(text))}</dd>" for name, text in lines if text)
    return f'<dl class="inv-meaning">{words}</dl>'


def message(title: str, *paragraphs: str) -> None:
    """A page that has nothing to show yet, and what to do about it."""
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    streamlit.html(f'<section class="inv-message"><h1>{escape(title)}</h1>{body}</section>')


def latest(rows: Sequence[Row]) -> list[Row]:
    """The rows of the last period."""
    return [row for row in rows if row["period_start"] == max(row["period_start"] for row in rows)]


def as_rows(frame: polars.DataFrame) -> list[Row]:
    """The rows of a frame as dictionaries."""
    return frame.to_dicts()


def teams_in(scope: Scope, store: Store, place: Place | None = None) -> polars.DataFrame:
    """The teams of `place`, or of the trust, that the scope may see, by name.

    Columns: place_id, name (told apart where two are the same), parent_id and area, the service area's name.
    """
    places = store.places(scope)
    areas = places.filter(polars.col("level") == "service_area")
    teams = places.filter(polars.col("level") == "team").join(
        areas.select(parent_id="place_id", area="name", care_setting="parent_id"), on="parent_id", how="left"
    )
    part_of = {"care_setting": "care_setting", "service_area": "parent_id", "team": "place_id"}
    if place and place.level in part_of:
        teams = teams.filter(polars.col(part_of[place.level]) == place.place_id)
    own = teams.sort("name", "place_id")
    names = filters.unique(own["name"].to_list(), own["place_id"].to_list())
    return own.select("place_id", polars.Series("name", names, dtype=polars.String), "parent_id", "area")


def heading(title: str, tag: str = "h1") -> str:
    """The title of a page (h1), or of one of its parts (h2)."""
    return f'<{tag} class="inv-title">{escape(title)}</{tag}>'


def card(title: str, body: str) -> str:
    """A titled box."""
    return f'<section class="inv-card"><h2 class="inv-small">{escape(title)}</h2>{body}</section>'
