"""The project's own picture: each team a row, each meeting a mark. Absence is seen before it is counted."""

from datetime import date, timedelta
from html import escape

import polars
import streamlit

from dashboard import components, filters, listing, reliance, strip_panel, wording
from dashboard.access import EVERY_TEAM, Scope
from dashboard.components import Row
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
OF_SEVERAL = "The meetings of the teams that are open to you, each team in a row of its own."


def render(scope: Scope, store: Store) -> None:
    """Long absence in a sentence, the strip of meetings and its table, then what happened where service users chose."""
    chosen = filters.chosen()
    place, teams = chosen.place, components.as_rows(components.teams_in(scope, store, chosen.place))
    label = told_of(scope, place, teams)
    components.state_line(scope, store, chosen.words(label))
    sentence = absence(scope, store, place) if label == place.label else of_teams(scope, store, teams)
    streamlit.html(f'{components.heading(f"{TITLE}: {label}")}<p class="inv-headline">{escape(sentence)}</p>')
    if store.places(scope).filter(polars.col("level") == "team").is_empty():
        streamlit.html(f'<p class="inv-quiet">{FOR_TEAMS}</p>')
        instead(scope, store)
    elif teams:
        strips(scope, store, label, sentence, teams)
    else:
        streamlit.html(f'<p class="inv-quiet">{NO_OWN_TEAM}</p>')
    if label != place.label:
        streamlit.html(f'<p class="inv-block">{escape(f"{place.label}: {absence(scope, store, place)}")}</p>')
    where(scope, store, place)
    reliance.show(scope, store, place)


def told_of(scope: Scope, place: Place, teams: list[Row]) -> str:
    """What the page is of: the place, or by name those of its teams that are open to a reader to whom not all are."""
    is_part = bool(teams) and place.level != "team" and scope.places != EVERY_TEAM
    return " and ".join(team["name"] for team in teams) if is_part else place.label


def of_teams(scope: Scope, store: Store, teams: list[Row]) -> str:
    """The stored sentence of a team that is the only one open; of several together nothing is stored."""
    if len(teams) > 1:
        return OF_SEVERAL
    told = store.of_place(scope, "team_note", "team", teams[0]["place_id"])
    return str(told["sentence"][0]) if told.height else strip_panel.NONE


def absence(scope: Scope, store: Store, place: Place) -> str:
    """The stored sentence of the place, which names no team; a team's own is about itself."""
    told = store.of_place(scope, "team_note" if place.level == "team" else "long_absence", place.level, place.place_id)
    return str(told["sentence"][0]) if told.height else strip_panel.NONE


def instead(scope: Scope, store: Store) -> None:
    """The first number of the Overview, which is presence, for every service area."""
    numbers = components.as_rows(store.indicators(scope))
    if numbers:
        service_areas(scope, store, numbers[0], "h2")


def strips(scope: Scope, store: Store, label: str, sentence: str, teams: list[Row]) -> None:
    """The strip of the period, or of a year, for every one of the teams, its legend and its table."""
    about = store.snapshot(scope).row(0, named=True)
    last_on = about["as_at"]
    since = filters.chosen().since(about["data_to"])
    first_on = since or last_on - YEAR
    if since is None:
        streamlit.html(f'<p class="inv-quiet">The year to {wording.day(last_on)} is drawn. {MORE}</p>')
    names = polars.DataFrame(teams).select("place_id", "name")
    marks = store.of_teams(scope, "meeting_strip").filter(polars.col("held_on") >= first_on)
    title = f"{TITLE}: {label}, {wording.day(first_on)} to {wording.day(last_on)}"
    shown = strip_panel.Strip(title, sentence, teams, first_on, last_on)
    strip_panel.show(scope, store, shown, marks.join(names, on="place_id").sort("held_on", "meeting_id"))


def where(scope: Scope, store: Store, place: Place) -> None:
    """How many meetings were held where, and what happened at the others once one was where service users chose."""
    data_to = store.snapshot(scope)["data_to"].item()
    since = filters.chosen().since(data_to)
    held = [
        row
        for row in components.as_rows(store.of_place(scope, "meeting_place", place.level, place.place_id))
        if since is None or row["period_end"] >= since
    ]
    if not held:
        streamlit.html(f'<p class="inv-quiet">{NOT_BY_PLACE}</p>')
        return
    told = store.of_place(scope, "chosen_place", place.level, place.place_id)
    words = "".join(f"<p>{escape(sentence)}</p>" for sentence in told["sentence"])
    heading = f'<h2 class="inv-small">Where meetings were held: {escape(place.label)}</h2>'
    streamlit.html(f'<section class="inv-section">{heading}{words}</section>')
    listing.list_numbers("where_meetings_were_held", venues(held, data_to), css="inv-block inv-scroll inv-firm")


def venues(held: list[Row], data_to: date) -> listing.Numbers:
    """The meetings of each quarter by kind of place, the latest quarter first."""
    kinds = [kind for kind in wording.VENUES if any(row["venue"] == kind for row in held)]
    quarters = sorted({(row["period_start"], row["period_end"]) for row in held}, reverse=True)
    counted = {(row["period_start"], row["venue"]): row["meetings_held"] for row in held}
    rows = [
        [named(*quarter, data_to), *(str(counted.get((quarter[0], kind), 0)) for kind in kinds)] for quarter in quarters
    ]
    headings = ["When", *(wording.VENUES[kind].capitalize() for kind in kinds)]
    return listing.as_shown("Meetings held, by kind of place", headings, rows)


def named(start: date, end: date, data_to: date) -> str:
    """A quarter, and whether it has ended."""
    quarter = wording.period("quarter", start, end)
    return quarter if end <= data_to else f"{quarter}, {wording.ABSENT['incomplete']}"
