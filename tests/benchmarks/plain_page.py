"""A page as one would write it down: Streamlit, a cached question for each place, six Altair charts built each run.

`streamlit run tests/benchmarks/plain_page.py -- FILE`, a published DuckDB file. It has no scopes, no tables behind
its charts and no words: it is the least that six charts cost when Python builds them.
"""

import sys

import altair
import duckdb
import polars
import streamlit

CHARTS = 6
ASKED = "select * from published.chart_series where level = ? and place_id = ? order by indicator_id, period_start"


@streamlit.cache_resource
def opened() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(sys.argv[1], read_only=True)


@streamlit.cache_data
def ask(question: str, *values: str) -> polars.DataFrame:
    answer: polars.DataFrame = opened().cursor().sql(question, params=list(values)).pl()
    return answer


def chart(rows: polars.DataFrame) -> altair.LayerChart | altair.FacetChart:
    base = altair.Chart(rows).encode(x=altair.X("period_start:T", title=None))
    band = base.mark_area(opacity=0.2).encode(y="lower_limit:Q", y2="upper_limit:Q")
    line = base.mark_line().encode(y=altair.Y("value:Q", title=None))
    points = base.mark_point(filled=True).encode(y="value:Q", color="point_type:N", tooltip=["period_start", "value"])
    middle = base.mark_line(strokeDash=[4, 3]).encode(y="centre:Q")
    return altair.layer(band, line, points, middle).properties(height=200)


places = ask("select level, place_id, name from published.place where level <> 'team' order by name")
names = dict(zip(places["name"], places.select("level", "place_id").rows(), strict=True))
streamlit.title("Involvement")
name = streamlit.selectbox("Place", list(names), key="place", bind="query-params")
series = ask(ASKED, *names[name])
for indicator_id in series["indicator_id"].unique(maintain_order=True).to_list()[:CHARTS]:
    streamlit.altair_chart(chart(series.filter(polars.col("indicator_id") == indicator_id)))
