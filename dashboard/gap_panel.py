"""Meetings since a service user was last in the room, of one team: each stretch a point, the one under way hollow."""

from collections.abc import Sequence
from html import escape
from math import floor

import polars
import streamlit

from dashboard import chart_panel, components, filters
from dashboard.access import Scope
from dashboard.charts import spc
from dashboard.charts.gaps import points
from dashboard.components import Row, scrolled, table
from dashboard.filters import Place
from dashboard.store import Store
from dashboard.take_away import take_away

TITLE = "Meetings since a service user was last in the room"
AXIS = "meetings without one, each stretch by the day it ended"
HEADINGS = ["Ended", "Began", "Meetings without a service user", "Not recorded", "Reads as"]


def meetings_since(scope: Scope, store: Store, place: Place) -> None:
    """The g chart of a team with its sentence, legend and table; nothing where the team has no stretch."""
    lines = store.gap_chart(scope, place.place_id).to_dicts()
    since = filters.chosen().since(store.snapshot(scope)["data_to"].item())
    gaps = [
        gap
        for gap in store.gaps(scope, place.place_id).to_dicts()
        if since is None or gap["is_running"] or gap["ended_on"] >= since
    ]
    if not lines or not gaps:
        return
    drawn = points(gaps, lines[0])
    title, sentence = f"{TITLE}: {place.label}", str(lines[0]["sentence"])
    streamlit.html(f'<h2 class="inv-part">{escape(TITLE)}</h2><p class="inv-tells">{escape(sentence)}</p>')
    spec = spc.fill(spc.template(components.theme()), drawn, axis_title=AXIS, says=meetings)
    marks = chart_panel.entries(drawn, open_words="still running")
    chart_panel.draw(spec, alt=f"{title}. {sentence}", key="gaps")
    streamlit.html(chart_panel.legend(marks))
    with streamlit.expander("The stretches behind this chart"):
        streamlit.html(scrolled(table(title, HEADINGS, told(drawn)), title))
    frame = polars.DataFrame(told(drawn), schema=HEADINGS, orient="row")
    name = f"meetings_since_{place.place_id}"
    take_away(name, title, numbers=frame, chart=spec, sentence=sentence, legend=marks)


def told(drawn: Sequence[Row]) -> list[list[str]]:
    """The table's rows, the latest stretch first."""
    return [[row["period"], row["began"], str(row["value"]), row["not_recorded"], row["note"]] for row in drawn[::-1]]


def meetings(line: float) -> str:
    """A line of the chart in meetings: the median may lie between two; of a limit only whole meetings lie within."""
    return f"{line:g}" if (2 * line).is_integer() else str(floor(line))
