"""One number of one place over time: its chart, what was noted and said, the numbers behind it, what they mean."""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit

from dashboard import chart_panel, components, filters, notes, wording
from dashboard.access import Scope
from dashboard.charts import counts, spc
from dashboard.charts.points import begun, points
from dashboard.charts.sheet import Entries, Spec
from dashboard.components import Row
from dashboard.filters import Place
from dashboard.listing import in_its_place
from dashboard.store import Store

FEW_PERIODS = 20


def one_place(scope: Scope, store: Store, indicator: Row, place: Place, heading: str = "h1") -> None:
    """Title, sentence, chart with its notes, what service users said, the numbers behind it, its meaning.

    `heading` is h1, or h2 where the number is one of several on a page.
    """
    rows = in_period(scope, store, periods(scope, store, indicator, place.level, place.place_id))
    sentence = tells(scope, store, indicator, place, rows)
    title = f"{indicator['title']}: {place.label}"
    titled = components.heading(title, heading)
    streamlit.html(titled + (f'<p class="inv-tells">{escape(sentence)}</p>' if sentence else ""))
    told = notes.noted(scope, store, place, indicator["indicator_id"])
    if heading != "h1":  # said of every number, a note would stand under each chart of the page
        told = [note for note in told if note["indicator_id"]]
    marked = notes.on_the_chart(told, rows)
    chart, marks = draw(indicator, rows, place, f"{title}. {sentence}", marked)
    listed = notes.listed(marked) if chart else None
    shown = in_its_place(listed, "inv-scroll inv-notes", f"Notes on {title}") if listed else ""
    streamlit.html(shown + notes.said(told) + proposed(scope, store, indicator, place))
    name = f"{place.level}_{place.place_id}"
    chart_panel.behind(
        indicator,
        rows,
        name,
        title=title,
        chart=chart,
        sentence=sentence,
        marks=marks,
        told=notes.texts_by_tick(marked),
        notes=notes.lines(marked),
        listed=listed,
    )


def periods(scope: Scope, store: Store, indicator: Row, level: str, place_id: str | None = None) -> list[Row]:
    """The periods of a number at a level, up to the last that has begun."""
    series = store.series(scope, level, indicator_id=indicator["indicator_id"], place_id=place_id)
    return begun(components.as_rows(series))


def in_period(scope: Scope, store: Store, rows: list[Row]) -> list[Row]:
    """Those that end in the period chosen."""
    since = filters.chosen().since(store.snapshot(scope)["data_to"].item())
    return rows if since is None else [row for row in rows if row["period_end"] >= since]


def tells(scope: Scope, store: Store, indicator: Row, place: Place, rows: Sequence[Row]) -> str:
    """The stored sentence of the series; none where nothing is drawn of it, which has its own words."""
    if nothing_to_draw(indicator, rows, place):
        return ""
    if place.level == "team":
        return f"Counts of one team: too few {indicator['unit']} for limits or a percentage."
    if not chart_panel.is_judged(indicator, place.level):
        return "Shown as it is: this number is not judged for change."
    signal = store.signal(scope, indicator["indicator_id"], place.level, place.place_id)
    return (
        wording.kept_together(str(signal["summary"][0]))
        if signal.height
        else "There are not enough figures to judge a change."
    )


def proposed(scope: Scope, store: Store, indicator: Row, place: Place) -> str:
    """The stored proposal to begin the limits anew, where there is one."""
    rows = store.proposals(scope, indicator["indicator_id"], place.level, place.place_id).to_dicts()
    told = "".join(f"<p>{escape(wording.kept_together(row['sentence']))}</p>" for row in rows)
    return f'<div class="inv-card"><h2 class="inv-small">Time for new limits?</h2>{told}</div>' if told else ""


def nothing_to_draw(indicator: Row, rows: Sequence[Row], place: Place) -> str:
    """Why a place has no chart at all; nothing where it has one."""
    if place.level not in indicator["levels"]:
        return f"This number is not given for a {wording.LEVELS[place.level]}: choose a larger place."
    if not rows:
        return "No period of this place is complete yet, so there is nothing to draw."
    if any(row["numerator" if place.level == "team" else "value"] is not None for row in rows):
        return ""
    if any(row["numerator"] is not None for row in rows):
        return "Too few people for a percentage: the counts are below, nothing is drawn."
    if all(row["status"] == "hidden" for row in rows):
        return "Every figure of this place is hidden, because it counts too few people to keep them unrecognised."
    return "No period of this place has a figure, so there is nothing to draw."


def draw(indicator: Row, rows: list[Row], place: Place, alt: str, marked: Sequence[Row]) -> tuple[Spec | None, Entries]:
    """The chart with its legend and what it leaves out, or why there is none; the chart and its marks."""
    if nothing := nothing_to_draw(indicator, rows, place):
        streamlit.html(f'<p class="inv-state-words">{escape(nothing)}</p>')
        return None, ()
    if place.level == "team":
        return draw_counts(indicator, rows, alt, notes.numbers_by_tick(marked)), ()
    told = notes.texts_by_tick(marked)
    drawn = [{**row, "told": told.get(row["tick"], "nothing")} for row in points(rows, indicator["target"])]
    spec = spc.fill(
        spc.template(components.theme()),
        drawn,
        axis_title=axis_title(indicator, rows),
        notes=notes.numbers_by_tick(marked),
    )
    is_judged = chart_panel.is_judged(indicator, place.level)
    marks = chart_panel.entries(drawn, has_notes=bool(marked), is_judged=is_judged)
    width = "inv_chart" if len(rows) <= FEW_PERIODS else "inv_long_chart"  # few are not drawn out over a wide screen
    with streamlit.container(key=f"{width}_{indicator['indicator_id']}"):
        chart_panel.draw(spec, alt=alt, key=f"trend_{indicator['indicator_id']}")
    streamlit.html(chart_panel.legend(marks) + chart_panel.left_out(rows))
    return spec, marks


def draw_counts(indicator: Row, rows: list[Row], alt: str, numbers: dict[str, str]) -> dict[str, Any]:
    """The bars of a team."""
    each = wording.GRAINS[rows[0]["grain"]]
    spec = counts.fill(
        counts.template(components.theme()),
        points(rows, None),
        axis_title=f"{indicator['unit']} in each {each}",
        notes=numbers,
    )
    chart_panel.draw(spec, alt=alt, key=f"counts_{indicator['indicator_id']}")
    key = f'<p class="inv-quiet">Outline: all {escape(indicator["unit"])}; filled: those counted.</p>'
    streamlit.html(key + chart_panel.left_out(rows))
    return spec


def axis_title(indicator: Row, rows: Sequence[Row]) -> str:
    """% of meetings, each month."""
    unit = f"% of {indicator['unit']}" if indicator["kind"] == "percent" else indicator["unit"]
    return f"{unit}, each {wording.GRAINS[rows[0]['grain']]}"
