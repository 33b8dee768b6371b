"""The way from interest to the first meeting: what ends where, by whose decision, who waits and who gets through."""

from html import escape

import polars
import streamlit

from dashboard import components, filters, wording
from dashboard.access import Scope
from dashboard.components import Row
from dashboard.filters import Place
from dashboard.store import Store
from dashboard.through import like, steps, through, waits
from dashboard.way import furthest, why

TITLE = "Getting involved"
ORDER = 5
ICON = ":material/door_open:"
FILTERS = (filters.PLACE,)
LEVELS = ("trust", "care_setting")
TRUST = Place("trust", "trust", filters.WHOLE_TRUST, filters.WHOLE_TRUST)
LARGER = "Shown for the whole trust: smaller places than wards and community have too few people for these figures."


def render(scope: Scope, store: Store) -> None:
    """How far people come, why it ends, the waiting, who gets through, who is like the people we serve."""
    chosen = filters.chosen().place
    place = chosen if chosen.level in LEVELS else TRUST
    components.state_line(scope, store, place.label)
    note = "" if place is chosen else f'<p class="inv-quiet">{escape(chosen.label)}. {LARGER}</p>'
    streamlit.html(f'<h1 class="inv-title">{escape(f"{TITLE}: {place.label}")}</h1>{note}')
    ended = told(scope, store, "how_it_ended", place)
    furthest(by_outcome(ended, "stage"), tells(scope, store, "stage", place))
    why(by_outcome(ended, "reason"), waiting_to_be_asked(scope, store), tells(scope, store, "reason", place))
    waits(told(scope, store, "waiting_curve", place))
    steps(told(scope, store, "step_wait", place))
    summaries = told(scope, store, "group_summary", place)
    through(told(scope, store, "who_gets_through", place), of(summaries, "who_gets_through"))
    like(told(scope, store, "representation", place), of(summaries, "representation"), place.level)


def told(scope: Scope, store: Store, table: str, place: Place) -> list[Row]:
    """What a table says of the place."""
    return components.as_rows(store.told(scope, table, level=place.level, place_id=place.place_id))


def waiting_to_be_asked(scope: Scope, store: Store) -> list[Row]:
    """Who asked us to come back: it is told for the whole trust alone, wherever it stands."""
    return told(scope, store, "not_now_waiting", TRUST)


def by_outcome(rows: list[Row], dimension: str) -> list[Row]:
    """The rows of one outcome, in the order of its words."""
    return [row for row in rows if row["dimension"] == dimension]


def of(summaries: list[Row], table: str) -> list[Row]:
    """The summaries of a table."""
    return [row for row in summaries if row["about"] == table]


def tells(scope: Scope, store: Store, outcome: str, place: Place) -> str:
    """The latest figure of the number that has this outcome, in counts."""
    found = store.indicators(scope).filter(polars.col("outcome") == outcome)
    latest = told(scope, store, "latest_value", place)
    return " ".join(
        f"{indicator['short_title']}, {wording.period(row['grain'], row['period_start'], row['period_end'])}: "
        f"{wording.figure(row)}."
        for indicator in components.as_rows(found)
        for row in latest
        if row["indicator_id"] == indicator["indicator_id"]
    )
