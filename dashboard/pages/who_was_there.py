"""The project's own picture: each team a row, each meeting a mark. Absence is seen before it is counted."""

from datetime import date, timedelta
from html import escape

import polars
import streamlit

from dashboard import components, filters, strip_panel, wording
from dashboard.access import Scope
from dashboard.components import Row, table
from dashboard.filters import Place
from dashboard.multiples import service_areas
from dashboard.store import Store

TITLE = "Who was in the room"
ORDER = 3
ICON = ":material/groups:"
FILTERS = (filters.PLACE, filters.PERIOD)
YEAR = timedelta(days=365)
FOR_TEAMS = (
    "The meetings of single teams are shown to the teams themselves and to those who help them: the diary of a small "
    "team is the diary of those who come. What you can read here instead is presence by service area and quarter, and "
    "where meetings were held."
)
NOT_BY_PLACE = "Where meetings were held is told for the whole trust, for wards and for community."
MORE = "More of it: choose Last 2 years under Period."
NO_OWN_TEAM = "None of the teams that are open to you belongs here. Choose another place, or press Reset."


def render(scope: Scope, store: Store) -> None:
    """Long absence in a sentence, the strip of meetings and its table, then what happened where service users chose."""
    chosen = filters.chosen()
    place, sentence = chosen.place, absence(scope, store, chosen.place)
    components.state_line(scope, store, chosen.words(place.label))
    heading = components.heading(f"{TITLE}: {place.label}")
    streamlit.html(f'{heading}<p class="inv-headline">{escape(sentence)}</p>')
    if store.places(scope).filter(polars.col("level") == "team").is_empty():
        streamlit.html(f'<p class="inv-quiet">{FOR_TEAMS}</p>')
        instead(scope, store)
    else:
        strips(scope, store, place, sentence)
    streamlit.html(where(scope, store, place))


def absence(scope: Scope, store: Store, place: Place) -> str:
    """The stored sentence of the place, which names no team; a team's own is about itself."""
    told = store.of_place(scope, "team_note" if place.level == "team" else "long_absence", place.level, place.place_id)
    return str(told["sentence"][0]) if told.height else strip_panel.NONE


def instead(scope: Scope, store: Store) -> None:
    """The first number of the Overview, which is presence, for every service area."""
    numbers = components.as_rows(store.indicators(scope))
    if numbers:
        service_areas(scope, store, numbers[0], "h2")


def strips(scope: Scope, store: Store, place: Place, sentence: str) -> None:
    """The strip of the period, or of a year, for every team of the place, its legend and its table."""
    teams = components.teams_in(scope, store, place)
    if teams.is_empty():
        streamlit.html(f'<p class="inv-quiet">{NO_OWN_TEAM}</p>')
        return
    about = store.snapshot(scope).row(0, named=True)
    last_on = about["as_at"]
    since = filters.chosen().since(about["data_to"])
    first_on = since or last_on - YEAR
    if since is None:
        streamlit.html(f'<p class="inv-quiet">The year to {wording.day(last_on)} is drawn. {MORE}</p>')
    marks = store.of_teams(scope, "meeting_strip").filter(polars.col("held_on") >= first_on)
    title = f"{TITLE}: {place.label}, {wording.day(first_on)} to {wording.day(last_on)}"
    shown = strip_panel.Strip(title, sentence, components.as_rows(teams), first_on, last_on)
    strip_panel.show(scope, store, shown, marks.join(teams, on="place_id").sort("held_on", "meeting_id"))


def where(scope: Scope, store: Store, place: Place) -> str:
    """How many meetings were held where, and what happened at the others once one was where service users chose."""
    data_to = store.snapshot(scope)["data_to"].item()
    since = filters.chosen().since(data_to)
    held = [
        row
        for row in components.as_rows(store.of_place(scope, "meeting_place", place.level, place.place_id))
        if since is None or row["period_end"] >= since
    ]
    if not held:
        return f'<p class="inv-quiet">{NOT_BY_PLACE}</p>'
    told = store.of_place(scope, "chosen_place", place.level, place.place_id)
    words = "".join(f"<p>{escape(sentence)}</p>" for sentence in told["sentence"])
    shown = f'<div class="inv-block inv-scroll inv-firm" tabindex="0">{venues(held, data_to)}</div>'
    return f'<section class="inv-section"><h2 class="inv-small">Where meetings were held</h2>{words}{shown}</section>'


def venues(held: list[Row], data_to: date) -> str:
    """The meetings of each quarter by kind of place, the latest quarter first."""
    kinds = [kind for kind in wording.VENUES if any(row["venue"] == kind for row in held)]
    quarters = sorted({(row["period_start"], row["period_end"]) for row in held}, reverse=True)
    counted = {(row["period_start"], row["venue"]): row["meetings_held"] for row in held}
    rows = [
        [named(*quarter, data_to), *(str(counted.get((quarter[0], kind), 0)) for kind in kinds)] for quarter in quarters
    ]
    headings = ["When", *(wording.VENUES[kind].capitalize() for kind in kinds)]
    return table("Meetings held, by kind of place", headings, rows)


def named(start: date, end: date, data_to: date) -> str:
    """A quarter, and whether it has ended."""
    quarter = wording.period("quarter", start, end)
    return quarter if end <= data_to else f"{quarter}, {wording.ABSENT['incomplete']}"
