"""Wards beside community, or any two service areas; presence by type of meeting; many teams at once."""

from html import escape

import streamlit

from dashboard import components, dots, filters, section
from dashboard.access import Scope
from dashboard.filters import Place
from dashboard.many_places import many_places
from dashboard.rooms import rooms
from dashboard.store import Store

TITLE = "Side by side"
ORDER = 4
ICON = ":material/compare_arrows:"
FILTERS = (filters.PAIR,)
NO_PAIR = "There are no two care settings and no two service areas to put beside each other."
NOTHING_DRAWN = "Neither place has a figure that is complete and may be shown, so nothing is drawn."


def render(scope: Scope, store: Store) -> None:
    """The pair on one axis, presence by type of meeting, and for those who see every team the funnel."""
    pair = filters.chosen().pair
    words = f"{pair[0].label} beside {pair[1].label}" if pair else "no two places"
    components.state_line(scope, store, words)
    streamlit.html(f'<h1 class="inv-title">{escape(f"{TITLE}: {words}")}</h1>')
    if pair:
        two_places(scope, store, *pair)
    else:
        streamlit.html(f'<p class="inv-quiet">{NO_PAIR}</p>')
    rooms(scope, store, pair[0].level if pair else None)
    many_places(scope, store)


def two_places(scope: Scope, store: Store, first: Place, second: Place) -> None:
    """Dots with intervals of both places, the difference in words."""
    pair = {"level": first.level, "place_a": first.place_id, "place_b": second.place_id}
    rows = components.as_rows(store.told(scope, "side_by_side", **pair))
    names = (first.label, second.label)
    absences = {
        place.label: row
        for place in (first, second)
        for row in components.as_rows(store.long_absence(scope, place.level, place.place_id))
    }
    told = dots.differences(rows)
    chart, marks = dots.drawn(dots.of_pair(rows, names))
    title = f"{names[0]} and {names[1]} on one axis"
    notes = () if chart else (NOTHING_DRAWN,)
    numbers = dots.numbers(rows, names, absences)
    section.show("pair", title, told, numbers, chart=chart, marks=marks, notes=notes)
