"""One number over time: one place large, or every service area on one scale."""

from collections.abc import Sequence
from html import escape

import polars
import streamlit

from dashboard import chart_panel, components, filters, wording
from dashboard.access import Scope
from dashboard.charts import counts, spc
from dashboard.charts.points import begun, points
from dashboard.charts.sheet import Entries, Spec, together
from dashboard.components import Row
from dashboard.filters import Place
from dashboard.store import Store

TITLE = "Trends"
ORDER = 2
ICON = ":material/show_chart:"
FILTERS = (filters.INDICATOR, filters.VIEW, filters.PLACE)


def render(scope: Scope, store: Store) -> None:
    """The chosen number for the chosen place, or its small multiples."""
    chosen = filters.chosen()
    if chosen.indicator_id is None:
        components.message("There is no number to show", "The published snapshot defines none.")
        return
    is_chosen = polars.col("indicator_id") == chosen.indicator_id
    indicator = store.indicators(scope).row(by_predicate=is_chosen, named=True)
    shown = chosen.place.label if chosen.view == "One place" else "service areas"
    components.state_line(scope, store, f"{indicator['short_title']}, {shown}")
    if chosen.view == "One place":
        one_place(scope, store, indicator, chosen.place)
    else:
        service_areas(scope, store, indicator)


def one_place(scope: Scope, store: Store, indicator: Row, place: Place) -> None:
    """Title, sentence, chart, what is not drawn, the numbers behind it, its meaning."""
    series = store.series(scope, place.level, indicator_id=indicator["indicator_id"], place_id=place.place_id)
    rows = begun(components.as_rows(series))
    sentence = tells(scope, store, indicator, place)
    title = f"{indicator['title']}: {place.label}"
    streamlit.html(f'<h1 class="inv-title">{escape(title)}</h1><p class="inv-tells">{escape(sentence)}</p>')
    chart: Spec | None = None
    marks: Entries = ()
    if nothing := nothing_to_draw(indicator, rows, place):
        streamlit.html(f'<p class="inv-quiet">{escape(nothing)}</p>')
    elif place.level == "team":
        chart = draw_counts(indicator, rows, title, sentence)
    else:
        chart, marks = draw_trend(indicator, rows, title, sentence)
        if told := proposed(scope, store, indicator, place):
            streamlit.html(told)
    name = f"{place.level}_{place.place_id}"
    chart_panel.behind(indicator, rows, name, title=title, chart=chart, sentence=sentence, marks=marks)


def tells(scope: Scope, store: Store, indicator: Row, place: Place) -> str:
    """The stored sentence of the series."""
    if place.level == "team":
        return "Counts of one team: too few meetings for limits or a percentage."
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


def draw_trend(indicator: Row, rows: list[Row], title: str, sentence: str) -> tuple[Spec, Entries]:
    """The SPC or run chart, its legend, and the periods it leaves out."""
    drawn = points(rows, indicator["target"])
    spec = spc.fill(spc.template(components.theme()), drawn, axis_title=axis_title(indicator, rows))
    chart_panel.draw(spec, alt=f"{title}. {sentence}", key="trend")
    marks = chart_panel.entries(drawn)
    streamlit.html(chart_panel.legend(marks) + chart_panel.left_out(rows))
    return spec, marks


def draw_counts(indicator: Row, rows: list[Row], title: str, sentence: str) -> Spec:
    """The bars of a team."""
    each = wording.GRAINS[rows[0]["grain"]]
    spec = counts.fill(
        counts.template(components.theme()), points(rows, None), axis_title=f"{indicator['unit']} in each {each}"
    )
    chart_panel.draw(spec, alt=f"{title}. {sentence}", key="counts")
    key = f'<p class="inv-quiet">Outline: all {escape(indicator["unit"])}; filled: those counted.</p>'
    streamlit.html(key + chart_panel.left_out(rows))
    return spec


def axis_title(indicator: Row, rows: Sequence[Row]) -> str:
    """% of meetings, each month."""
    unit = f"% of {indicator['unit']}" if indicator["kind"] == "percent" else indicator["unit"]
    return f"{unit}, each {wording.GRAINS[rows[0]['grain']]}"


def service_areas(scope: Scope, store: Store, indicator: Row) -> None:
    """Small multiples on one scale, in alphabetical order."""
    streamlit.html(f'<h1 class="inv-title">{escape(indicator["title"])}: service areas, on one scale</h1>')
    series = store.series(scope, "service_area", indicator_id=indicator["indicator_id"])
    rows = begun(components.as_rows(series))
    drawn = points(rows, indicator["target"])
    top = spc.reach(drawn)
    charts: dict[str, Spec] = {}
    with streamlit.grid("auto", min_column_width=340) as grid:
        for place in store.places(scope).filter(polars.col("level") == "service_area").iter_rows(named=True):
            own = [row for row in rows if row["place_id"] == place["place_id"]]
            area = Place("service_area", place["place_id"], place["name"], "")
            with grid.cell():
                spec = small(scope, store, indicator, area, own, top)
                charts |= {place["name"]: spec} if spec else {}
    marks = chart_panel.entries(drawn)
    streamlit.html(chart_panel.legend(marks))
    title = f"{indicator['title']}: service areas"
    chart = together(charts) if charts else None
    chart_panel.behind(indicator, rows, "service_areas", title=title, chart=chart, marks=marks)


def small(scope: Scope, store: Store, indicator: Row, place: Place, rows: list[Row], top: float) -> Spec | None:
    """One small multiple: name, sentence, chart; the chart where there is one."""
    sentence = tells(scope, store, indicator, place)
    streamlit.html(f'<h2 class="inv-small">{escape(place.name)}</h2><p class="inv-quiet">{escape(sentence)}</p>')
    if nothing := nothing_to_draw(indicator, rows, place):
        streamlit.html(f'<p class="inv-quiet">{escape(nothing)}</p>')
        return None
    template = spc.template(components.theme(), small=True)
    spec = spc.fill(template, points(rows, indicator["target"]), axis_title=axis_title(indicator, rows), top=top)
    chart_panel.draw(spec, alt=f"{place.name}. {sentence}", key=f"small_{place.place_id}")
    if chart_panel.left_out(rows):
        streamlit.html(chart_panel.left_out(rows))
    return spec
