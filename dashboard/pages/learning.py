"""Whether service users learn, by place and period: every number of that question, in the house's way."""

from html import escape

import streamlit

from dashboard import components, filters, trend
from dashboard.access import Scope
from dashboard.components import Row
from dashboard.filters import Place
from dashboard.store import Store

TITLE = "Learning"
ORDER = 7
ICON = ":material/school:"
FILTERS = (filters.PLACE, filters.PERIOD)
QUESTION = "Do service users learn?"  # the theme in the header of every number of this page
NOTHING = "The published snapshot defines no number of learning."


def render(scope: Scope, store: Store) -> None:
    """Each number for the place, or for the whole trust where it is not given for smaller places."""
    chosen = filters.chosen()
    components.state_line(scope, store, chosen.words(TITLE, chosen.place.label))
    numbers = [row for row in components.as_rows(store.indicators(scope)) if row["theme"] == QUESTION]
    if not numbers:
        components.message(TITLE, NOTHING)
        return
    streamlit.html(components.heading(f"{TITLE}: {chosen.place.label}") + f'<p class="inv-tells">{QUESTION}</p>')
    for number in numbers:
        place = chosen.place if chosen.place.level in number["levels"] else filters.TRUST
        if place != chosen.place:
            streamlit.html(f'<p class="inv-quiet">{escape(not_for(number, chosen.place))}</p>')
        trend.one_place(scope, store, number, place, "h2")


def not_for(number: Row, place: Place) -> str:
    """Why a number is shown for the whole trust."""
    return f"{number['short_title']} is not given for {place.label}, so the whole trust is shown."
