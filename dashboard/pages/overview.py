"""What an executive or a board member with two minutes sees first."""

from html import escape

import polars
import streamlit

from dashboard import components, filters, wording
from dashboard.access import Scope
from dashboard.charts import drawings
from dashboard.components import Row
from dashboard.filters import Place
from dashboard.store import Store
from dashboard.summary_table import summary_table

TITLE = "Overview"
ORDER = 1
ICON = ":material/home:"
FILTERS = (filters.PLACE,)
ONE_TEAM = "These are the counts of one team, for the team itself. They are not compared with any other team's."


def render(scope: Scope, store: Store) -> None:
    """The state in a sentence, wards beside community, what changed, ten numbers, what is not known."""
    place = filters.chosen().place
    briefing = components.as_rows(store.briefing(scope, place.level, place.place_id))
    components.state_line(scope, store, place.label)
    streamlit.html(headline(place, briefing) + cards(scope, store, place, briefing))
    streamlit.html(summary_table(scope, store, place) + unknown(place, briefing))


def headline(place: Place, briefing: list[Row]) -> str:
    """The stored first sentences of the place."""
    told = " ".join(row["sentence"] for row in briefing if row["kind"] == "headline")
    words = told or (ONE_TEAM if place.level == "team" else "There is nothing to say about this place yet.")
    title = f'<h1 class="inv-title">Overview: {escape(place.label)}</h1>'
    return f'{title}<p class="inv-headline">{stored(words)}</p>'


def cards(scope: Scope, store: Store, place: Place, briefing: list[Row]) -> str:
    """Wards beside community, and what changed, side by side."""
    return f'<div class="inv-cards">{sides(scope, store)}{changes(place, briefing)}</div>'


def sides(scope: Scope, store: Store) -> str:
    """The first number of the Overview for both care settings, on one axis, and their difference in words."""
    settings = store.comparisons(scope).filter(polars.col("level") == "care_setting")
    if settings.is_empty():
        return card("Wards and community", "<p>There are not enough figures of both yet to compare them.</p>")
    row = settings.row(0, named=True)
    when = wording.period(row["grain"], row["period_start"], row["period_end"])
    body = "".join(side(row, end) for end in ("a", "b"))
    caption = f"<caption>{escape(row['title'])}, {when}; 95 % interval on an axis from 0 to 100 %</caption>"
    return card(
        "Wards and community",
        f'<table class="inv-sides">{caption}<tbody>{body}</tbody></table><p>{stored(row["sentence"])}</p>',
    )


def side(row: Row, end: str) -> str:
    """One care setting's line: its name, counts, percentage where fit to print, dot with interval."""
    own = {name: row[f"{name}_{end}"] for name in ("name", "numerator", "denominator", "value", "status")}
    span = (row[f"lower_{end}"], row[f"upper_{end}"])
    picture = drawings.dot(own["value"], *span, components.theme())
    alt = f"95 % interval {wording.spread(*span)}" if wording.share(own) else ""
    cells = (wording.counts(own), wording.share(own))
    texts = "".join(f"<td>{escape(text)}</td>" for text in cells)
    return f'<tr><th scope="row">{escape(own["name"])}</th>{texts}<td>{components.picture(picture, alt)}</td></tr>'


def changes(place: Place, briefing: list[Row]) -> str:
    """The stored sentence of every number that shows more than the usual ups and downs."""
    told = [row for row in briefing if row["kind"] == "change"]
    if place.level == "team":
        return card("What changed", "<p>One team has too few meetings to tell a change from chance.</p>")
    if not told:
        return card("What changed", "<p>Nothing beyond the usual ups and downs.</p>")
    items = "".join(f"<li>{change_icon(row['variation'])}<span>{stored(row['sentence'])}</span></li>" for row in told)
    rest = "<p>Nothing else on this page is beyond the usual ups and downs.</p>"
    return card("What changed", f'<ul class="inv-changes">{items}</ul>{rest}')


def change_icon(variation: str | None) -> str:
    """The icon of the change a sentence tells."""
    kind = variation or "none"
    return components.picture(drawings.variation_icon(kind, components.theme()), wording.VARIATIONS[kind])


def stored(sentence: str) -> str:
    """A stored sentence as HTML."""
    return escape(wording.kept_together(sentence))


def card(title: str, body: str) -> str:
    """A titled box."""
    return f'<section class="inv-card"><h2 class="inv-small">{escape(title)}</h2>{body}</section>'


def unknown(place: Place, briefing: list[Row]) -> str:
    """What is not known, in one line; it is written for places above a team."""
    if place.level == "team":
        return ""
    told = [row["sentence"] for row in briefing if row["kind"] == "unknown"]
    words = " · ".join(told) or "Nothing we know of is missing."
    return f'<p class="inv-unknown"><strong>What we do not know:</strong> {stored(words)}</p>'
