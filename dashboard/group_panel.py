"""One number by groups of people, one dimension at a time; where there are too few of a group, that is the answer."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape
from typing import Any

import polars
import streamlit

from dashboard import chart_panel, components, filters, wording
from dashboard.access import Scope
from dashboard.charts import drawings, intervals
from dashboard.components import Row
from dashboard.filters import Place
from dashboard.store import Store
from dashboard.take_away import take_away
from dashboard.trend import periods

TOO_FEW = "not enough people to say"
HOW_TO_READ = "The bars are 95 % intervals: where two overlap, read no difference into them."
NOTHING = "No period is complete yet, so there is nothing to show by group."


def by_group(scope: Scope, store: Store, indicator: Row, place: Place, dimension: str) -> None:
    """The latest complete period by group: title, how to read it, chart, table, files."""
    word = wording.DIMENSIONS[dimension]
    title = f"{indicator['title']}, by {word}: {place.label}"
    streamlit.html(f'<h1 class="inv-title">{escape(title)}</h1>')
    cells = latest(scope, store, indicator, place, dimension)
    if not cells:
        streamlit.html(f'<p class="inv-state-words">{NOTHING}</p>')
        return
    everyone = [row for row in periods(scope, store, indicator, place.level, place.place_id) if row["is_complete"]]
    same = [row for row in everyone if row["period_start"] == cells[0]["period_start"]]
    drawn = [group(filters.EVERYONE, row) for row in same]
    drawn += [group(wording.group(dimension, row["category"]), row) for row in cells]
    when = wording.period(cells[0]["grain"], cells[0]["period_start"], cells[0]["period_end"])
    sentence = f"{when}. {HOW_TO_READ}{too_few(drawn)}"
    streamlit.html(f'<p class="inv-tells">{escape(sentence)}</p>')
    show(indicator, f"{dimension}_{place.place_id}", title, sentence, drawn, [dot(row, place, when) for row in drawn])


def latest(scope: Scope, store: Store, indicator: Row, place: Place, dimension: str) -> list[Row]:
    """The groups of the latest period that is complete."""
    as_at = store.snapshot(scope)["as_at"].item()
    cells = store.breakdown(scope, indicator["indicator_id"], place.level, place.place_id).filter(
        polars.col("dimension") == dimension,
        polars.col("period_end") <= as_at - timedelta(days=indicator["window_days"]),
    )
    return cells.filter(polars.col("period_start") == polars.col("period_start").max()).to_dicts()


def group(name: str, row: Row) -> dict[str, Any]:
    """One row of chart and table: what was counted, or that there are not enough people to say."""
    is_hidden = row["numerator"] is None and row["status"] == "hidden"
    has_figure = bool(wording.share(row))
    return {
        "group": name,
        "value": row["value"] if has_figure else None,
        "lower": row["lower"] if has_figure else None,
        "upper": row["upper"] if has_figure else None,
        "numerator": row["numerator"],
        "denominator": row["denominator"],
        "status": row["status"],
        "words": TOO_FEW if is_hidden else wording.figure(row),
        "short": TOO_FEW if is_hidden else wording.share(row) or wording.counts(row),
        "interval": wording.spread(row["lower"], row["upper"]) if has_figure else "none",
    }


def dot(row: Row, place: Place, when: str) -> dict[str, Any]:
    """The same row as the chart is filled with it, its words those of the table."""
    drawn = intervals.dot(row["group"], intervals.SIDES[0], place.label, when, row)
    return {**drawn, "figure": row["words"], "words": row["short"], "interval": row["interval"]}


def too_few(drawn: Sequence[Row]) -> str:
    """How many groups have too few people, in words."""
    few = [row["group"] for row in drawn if row["words"] == TOO_FEW]
    return f" Not enough people to say: {wording.listing(few)}." if few else ""


def show(indicator: Row, name: str, title: str, sentence: str, drawn: Sequence[Row], dots: Sequence[Row]) -> None:
    """Chart, table and files; no chart where no group has a figure."""
    shown = components.theme()
    spec = intervals.fill(intervals.template(shown), dots) if any(row["value"] is not None for row in dots) else None
    marks = [(drawings.stroke("interval", shown), "95 % interval")]
    if spec:
        with streamlit.container(key="inv_chart_groups"):
            chart_panel.draw(spec, alt=f"{title}. {sentence}", key="groups")
        streamlit.html(chart_panel.legend(marks))
    rows = [[row["group"], row["words"], row["interval"]] for row in drawn]
    table = components.table(title, ["Group", "Counted", "95 % interval"], rows)
    streamlit.html(components.scrolled(table, title, "inv-block"))
    kept = {"group": "group", "numerator": "counted", "denominator": "of", "value": "percent"}
    kept |= {"lower": "low", "upper": "high", "words": "reads_as"}
    frame = polars.DataFrame(drawn, infer_schema_length=None).select(
        polars.col(name).alias(kept[name]) for name in kept
    )
    with streamlit.container(horizontal=True, key="inv_behind"):
        chart_panel.definition(indicator)
        file_name = f"{indicator['indicator_id']}_{name}"
        take_away(file_name, title, numbers=frame, chart=spec, sentence=sentence, legend=marks)
