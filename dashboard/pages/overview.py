"""What an executive or a board member with two minutes sees first."""

from html import escape

import polars
import streamlit

from dashboard import components, filters, notes, wording
from dashboard.access import Scope
from dashboard.charts import drawings, icons
from dashboard.components import Row, card
from dashboard.filters import Place
from dashboard.store import Store
from dashboard.summary_table import summary_numbers, summary_table
from dashboard.take_away import take_away

TITLE = "Overview"
ORDER = 1
ICON = ":material/home:"
FILTERS = (filters.PLACE,)
MOST_IDEAS = 3
TOO_LITTLE = "There are not enough figures of both yet to compare them."
ONE_TEAM = "These are the counts of one team, for the team itself. They are not compared with any other team's."


def render(scope: Scope, store: Store) -> None:
    """The state in a sentence, wards beside community, what changed and is done, ten numbers, what is not known."""
    place = filters.chosen().place
    briefing = components.as_rows(store.briefing(scope, place.level, place.place_id))
    components.state_line(scope, store, place.label)
    streamlit.html(headline(place, briefing) + cards(scope, store, place, briefing))
    rows = components.as_rows(store.summary(scope, place.level, place.place_id))
    streamlit.html(summary_table(scope, store, place, rows) + unknown(place, briefing))
    title = f"{place.label}: the latest complete figures"
    take_away(f"overview_{place.level}_{place.place_id}", title, numbers=lambda: summary_numbers(place, rows))


def headline(place: Place, briefing: list[Row]) -> str:
    """The stored first sentences of the place."""
    told = " ".join(row["sentence"] for row in briefing if row["kind"] == "headline")
    words = told or (ONE_TEAM if place.level == "team" else "There is nothing to say about this place yet.")
    title = f'<h1 class="inv-title">Overview: {escape(place.label)}</h1>'
    return f'{title}<p class="inv-headline">{stored(words)}</p>'


def cards(scope: Scope, store: Store, place: Place, briefing: list[Row]) -> str:
    """Wards beside community, and what changed, side by side."""
    return f'<div class="inv-cards">{sides(scope, store, place)}{changes(scope, store, place, briefing)}</div>'


def sides(scope: Scope, store: Store, place: Place) -> str:
    """The first number of the Overview for both care settings, their difference in words, and how often nobody came."""
    settings = store.comparisons(scope).filter(polars.col("level") == "care_setting")
    if settings.is_empty():
        return card("Wards and community", f"<p>{TOO_LITTLE}</p>{long_absence(scope, store, place)}")
    row = settings.row(0, named=True)
    when = wording.period(row["grain"], row["period_start"], row["period_end"])
    body = "".join(side(row, end) for end in ("a", "b"))
    caption = f"<caption>{escape(row['title'])}, {when}; 95 % interval on an axis from 0 to 100 %</caption>"
    return card(
        "Wards and community",
        f'<table class="inv-sides">{caption}<tbody>{body}</tbody></table><p>{stored(row["sentence"])} · {why()}</p>'
        + long_absence(scope, store, place),
    )


def why() -> str:
    """The way to the page that puts the two beside each other in all their numbers."""
    return f'<a href="{escape(filters.link("side_by_side"))}">Why? See them side by side</a>'


def side(row: Row, end: str) -> str:
    """One care setting's line: its name, counts, percentage where fit to print, dot with interval."""
    own = {name: row[f"{name}_{end}"] for name in ("name", "numerator", "denominator", "value", "status")}
    span = (row[f"lower_{end}"], row[f"upper_{end}"])
    picture = drawings.dot(own["value"], *span, components.theme())
    alt = f"95 % interval {wording.spread(*span)}" if wording.share(own) else ""
    cells = (wording.counts(own), wording.share(own))
    texts = "".join(f"<td>{escape(text)}</td>" for text in cells)
    return f'<tr><th scope="row">{escape(own["name"])}</th>{texts}<td>{components.picture(picture, alt)}</td></tr>'


def long_absence(scope: Scope, store: Store, place: Place) -> str:
    """How many teams of the place have met often without a service user; never which."""
    rows = store.long_absence(scope, place.level, place.place_id).to_dicts()
    return "".join(f"<p>{stored(row['sentence'])}</p>" for row in rows)


def changes(scope: Scope, store: Store, place: Place, briefing: list[Row]) -> str:
    """The stored sentence of every number that shows more than the usual ups and downs, and what is being done."""
    told = changed(scope, store, place, briefing) + done(scope, store, place)
    return card("What changed, and what is being done", told)


def changed(scope: Scope, store: Store, place: Place, briefing: list[Row]) -> str:
    """What changed, each with the icon of its kind and a link to its chart."""
    told = [row for row in briefing if row["kind"] == "change"]
    if place.level == "team":
        return "<p>The counts of one team are too few to tell a change from chance.</p>"
    if not told:
        return "<p>Nothing beyond the usual ups and downs.</p>"
    items = "".join(f"<li>{change_icon(row['variation'])}{to_chart(scope, store, row)}</li>" for row in told)
    rest = "<p>Nothing else on this page is beyond the usual ups and downs.</p>"
    return f'<ul class="inv-changes">{items}</ul>{rest}'


def to_chart(scope: Scope, store: Store, change: Row) -> str:
    """The stored sentence of a change as a link to the chart of its number, at the place the change is at."""
    chosen = {
        filters.INDICATOR: filters.indicator_label(store.indicators(scope), change["indicator_id"]),
        filters.PLACE: filters.place_label(store.places(scope), change["told_of"]),
    }
    return f'<a href="{escape(filters.link("trends", **chosen))}">{stored(change["sentence"])}</a>'


def done(scope: Scope, store: Store, place: Place) -> str:
    """The change ideas under way, each with owner and day of review."""
    ideas = notes.being_done(scope, store, place)
    if not ideas:
        return "<p>No change idea is under way here.</p>"
    shown = "".join(f"<li>{escape(notes.idea(row))}</li>" for row in ideas[-MOST_IDEAS:][::-1])
    more = (
        f"<p>{len(ideas) - MOST_IDEAS} more stand with their numbers on Trends.</p>" if len(ideas) > MOST_IDEAS else ""
    )
    return f'<h3 class="inv-small">Being tried</h3><ul class="inv-ideas">{shown}</ul>{more}'


def change_icon(variation: str | None) -> str:
    """The icon of the change a sentence tells."""
    kind = variation or "none"
    return components.picture(icons.variation_icon(kind, components.theme()), wording.VARIATIONS[kind])


def stored(sentence: str) -> str:
    """A stored sentence as HTML."""
    return escape(wording.kept_together(sentence))


def unknown(place: Place, briefing: list[Row]) -> str:
    """What is not known, in one line; it is written for places above a team."""
    if place.level == "team":
        return ""
    told = [row["sentence"] for row in briefing if row["kind"] == "unknown"]
    words = " · ".join(told) or "Nothing we know of is missing."
    meanings = f'<a href="{escape(filters.link("definitions"))}">What these numbers mean</a>'
    return f'<p class="inv-unknown"><strong>What we do not know:</strong> {stored(words)} · {meanings}</p>'
