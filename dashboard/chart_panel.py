"""A chart and all that must stand with it: legend, what it leaves out, table, download, meaning."""

from collections.abc import Sequence
from html import escape
from typing import Any

import polars
import streamlit

from dashboard import export, wording
from dashboard.charts import drawings
from dashboard.charts.points import note, points
from dashboard.components import Row, meaning, picture, table, theme

POINTS = {
    "common_cause": "usual",
    "none": "too few points to judge",
    "improvement": "B: better",
    "concern": "C: concern",
    "neutral_high": "H: changed, higher",
    "neutral_low": "L: changed, lower",
}


def draw(spec: dict[str, Any], alt: str, key: str) -> None:
    """A filled chart, with `alt` as its accessible name."""
    streamlit.vega_lite_chart(spec, theme=None, width="stretch", alt=alt, key=key)


def legend(drawn: Sequence[dict[str, Any]]) -> str:
    """What the marks of this chart mean; only those that are on it."""
    kinds = list(dict.fromkeys(row["point_type"] for row in drawn if row["value"] is not None and not row["is_open"]))
    entries = [(drawings.point(kind, theme()), POINTS[kind]) for kind in POINTS if kind in kinds]
    lines = [("centre", "middle"), ("lower_limit", "usual range"), ("target", "target")]
    entries += [
        (drawings.stroke(line, theme()), words) for line, words in lines if any(row[line] is not None for row in drawn)
    ]
    if any(row["is_open"] for row in drawn):
        entries.append((drawings.point("open", theme()), "not ended yet"))
    items = "".join(f"<li>{picture(svg, '')}{escape(words)}</li>" for svg, words in entries)
    return f'<ul class="inv-legend">{items}</ul>'


def left_out(rows: Sequence[Row]) -> str:
    """The periods without a mark, and why."""
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row["value"] is None:
            when = wording.period(row["grain"], row["period_start"], row["period_end"])
            reasons.setdefault(note(row), []).append(when)
    told = "; ".join(f"{wording.listing(when)} ({why})" for why, when in reasons.items())
    return f'<p class="inv-quiet">Not drawn: {escape(told)}.</p>' if told else ""


def behind(indicator: Row, rows: Sequence[Row], file_name: str) -> None:
    """The table behind what is drawn, its numbers to take away, and what they mean."""
    with streamlit.container(horizontal=True, key="inv_behind"):
        definition(indicator)
        download(to_take_away(indicator, rows), f"{indicator['indicator_id']}_{file_name}.csv", "download")
    with streamlit.expander("The numbers behind this chart"):
        places = {row["place_id"]: [own for own in rows if own["place_id"] == row["place_id"]] for row in rows}
        tables = "".join(numbers(f"{indicator['title']}, {own[0]['name']}", own) for own in places.values())
        streamlit.html(f'<div class="inv-scroll" tabindex="0">{tables or "There are none."}</div>')


def numbers(caption: str, rows: Sequence[Row]) -> str:
    """The periods of one place, newest first."""
    headings = ["When", "Counted", "Usual range", "Reads as"]
    body = [[point["period"], point["figure"], point["usual"], point["note"]] for point in points(rows, None)]
    return table(caption, headings, body[::-1])


def to_take_away(indicator: Row, rows: Sequence[Row]) -> polars.DataFrame:
    """The rows of the chart with words for its codes; a percentage only where it is fit to print."""
    return polars.DataFrame(
        [
            {
                "number": indicator["title"],
                "place": row["name"],
                "from": row["period_start"],
                "to": row["period_end"],
                "counted": row["numerator"],
                "of": row["denominator"],
                "percent": row["value"] if wording.share(row) else None,
                "middle": row["centre"],
                "usual_low": row["lower_limit"],
                "usual_high": row["upper_limit"],
                "reads_as": note(row),
            }
            for row in rows
        ],
        infer_schema_length=None,
    )


def definition(indicator: Row) -> None:
    """What a number means, its caution, target, source and owner; its SQL for those with the right to it."""
    with streamlit.popover("What this number means"):
        streamlit.html(f'<h2 class="inv-small">{escape(indicator["title"])}</h2>{meaning(indicator)}')
        if indicator["sql"]:
            streamlit.code(indicator["sql"], language="sql")


def download(rows: polars.DataFrame, file_name: str, key: str) -> None:
    """A button that hands out `rows` as CSV, made when it is pressed."""
    streamlit.download_button(
        "Download these numbers", lambda: export.csv(rows), file_name=file_name, mime="text/csv", key=key
    )
