"""One number in every service area: small charts on one scale, in alphabetical order."""

from html import escape

import polars
import streamlit

from dashboard import chart_panel, components
from dashboard.access import Scope
from dashboard.charts import spc
from dashboard.charts.points import points
from dashboard.charts.sheet import Spec, together
from dashboard.components import Row
from dashboard.filters import Place
from dashboard.store import Store
from dashboard.trend import axis_title, in_period, nothing_to_draw, periods, tells


def service_areas(scope: Scope, store: Store, indicator: Row, heading: str = "h1") -> None:
    """The small charts, their legend, the numbers behind them; `heading` is h2 where they are a part of a page."""
    title = f"{indicator['title']}: service areas"
    streamlit.html(components.heading(f"{title}, on one scale", heading))
    rows = in_period(scope, store, periods(scope, store, indicator, "service_area"))
    drawn = points(rows, indicator["target"])
    top = spc.reach(drawn)
    charts: dict[str, Spec] = {}
    with streamlit.container(key="inv_multiples"), streamlit.grid("auto", min_column_width=340) as grid:
        for found in store.places(scope).filter(polars.col("level") == "service_area").iter_rows(named=True):
            area = Place("service_area", found["place_id"], found["name"], "")
            own = [row for row in rows if row["place_id"] == area.place_id]
            with grid.cell():
                spec = small(scope, store, indicator, area, own, top)
            charts |= {area.name: spec} if spec else {}
    marks = chart_panel.entries(drawn, is_judged=chart_panel.is_judged(indicator, "service_area"))
    streamlit.html(chart_panel.legend(marks))
    chart = together(charts) if charts else None
    chart_panel.behind(indicator, rows, "service_areas", title=title, chart=chart, marks=marks)


def small(scope: Scope, store: Store, indicator: Row, place: Place, rows: list[Row], top: float) -> Spec | None:
    """One small chart under its name and sentence; the chart, where there is one."""
    sentence = tells(scope, store, indicator, place, rows)
    told = f'<p class="inv-quiet">{escape(sentence)}</p>' if sentence else ""
    streamlit.html(f'<h2 class="inv-small">{escape(place.name)}</h2>{told}')
    if nothing := nothing_to_draw(indicator, rows, place):
        streamlit.html(f'<p class="inv-state-words">{escape(nothing)}</p>')
        return None
    template = spc.template(components.theme(), small=True)
    spec = spc.fill(template, points(rows, indicator["target"]), axis_title=axis_title(indicator, rows), top=top)
    chart_panel.draw(spec, alt=f"{place.name}. {sentence}", key=f"small_{place.place_id}")
    if chart_panel.left_out(rows):
        streamlit.html(chart_panel.left_out(rows))
    return spec
