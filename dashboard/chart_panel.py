"""A chart and all that must stand with it: legend, what it leaves out, table, download, meaning."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import polars
import streamlit

from dashboard import wording
from dashboard.charts import drawings
from dashboard.charts.points import note, points
from dashboard.charts.sheet import Spec
from dashboard.components import Row, meaning, picture, scrolled, table, theme
from dashboard.listing import Numbers
from dashboard.take_away import take_away

POINTS = {
    "common_cause": "usual",
    "none": "too few points to judge",
    "improvement": "B: better",
    "concern": "C: concern",
    "neutral_high": "H: changed, higher",
    "neutral_low": "L: changed, lower",
}
CHART_AT = {"service_area": 1, "team": 2}  # where in a header's `chart` a level stands; trust and care setting: 0


def is_judged(indicator: Row, level: str) -> bool:
    """Whether a number is judged for change at a level: whether its header names a chart there."""
    return bool(indicator["chart"][CHART_AT.get(level, 0)] != "none")


def draw(spec: dict[str, Any], alt: str, key: str) -> None:
    """A filled chart, with `alt` as its accessible name."""
    # The rows apart and as a frame: out of the specification, Streamlit would take them through pandas.
    rows = polars.DataFrame(spec["data"]["values"], infer_schema_length=None)
    empty = {name: part for name, part in spec.items() if name != "data"}
    streamlit.vega_lite_chart(rows, empty, theme=None, width="stretch", alt=alt, key=key)


def entries(
    drawn: Sequence[dict[str, Any]],
    *,
    has_notes: bool = False,
    open_words: str = "not ended yet",
    is_judged: bool = True,
) -> list[tuple[str, str]]:
    """What the marks of this chart mean, as small SVG texts and their words; only those that are on it."""
    says = POINTS if is_judged else {**POINTS, "none": "not judged"}
    kinds = list(dict.fromkeys(row["point_type"] for row in drawn if row["value"] is not None and not row["is_open"]))
    found = [(drawings.point(kind, theme()), says[kind]) for kind in says if kind in kinds]
    lines = [("centre", "middle"), ("lower_limit", "usual range"), ("target", "target")]
    found += [
        (drawings.stroke(line, theme()), words) for line, words in lines if any(row[line] is not None for row in drawn)
    ]
    if any(row["is_open"] for row in drawn):
        found.append((drawings.point("open", theme()), open_words))
    if has_notes:
        found.append((drawings.stroke("note", theme()), "noted below, by number"))
    return found


def legend(marks: Sequence[tuple[str, str]]) -> str:
    """Marks and their words under a chart."""
    items = "".join(f"<li>{picture(svg, '')}{escape(words)}</li>" for svg, words in marks)
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


def behind(
    indicator: Row,
    rows: Sequence[Row],
    file_name: str,
    *,
    title: str = "",
    chart: Spec | str | None = None,
    sentence: str = "",
    marks: Sequence[tuple[str, str]] = (),
    told: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
    listed: Numbers | None = None,
) -> None:
    """The table behind what is drawn, chart and numbers to take away, and what they mean.

    `marks` are the chart's legend, `told` what was noted by the tick of its period, `notes` the same by number and
    `listed` as the table that stands under the chart.
    """
    with streamlit.container(horizontal=True, key=f"inv_behind_{indicator['indicator_id']}"):
        definition(indicator)
        take_away(
            f"{indicator['indicator_id']}_{file_name}",
            title or indicator["title"],
            numbers=lambda: to_take_away(indicator, rows, told or {}),
            chart=chart,
            sentence=sentence,
            legend=marks,
            notes=notes,
        )
        if listed:
            name = f"{indicator['indicator_id']}_{file_name}_notes"
            take_away(name, listed.caption, numbers=listed.exact, label="Download the notes")
    with streamlit.expander("The numbers behind this chart"):
        places = {row["place_id"]: [own for own in rows if own["place_id"] == row["place_id"]] for row in rows}
        tables = "".join(numbers(f"{indicator['title']}, {own[0]['name']}", own) for own in places.values())
        name = f"The numbers behind this chart: {title or indicator['title']}"  # several charts may stand on a page
        streamlit.html(scrolled(tables or "There are none.", name))


def numbers(caption: str, rows: Sequence[Row]) -> str:
    """The periods of one place, newest first."""
    headings = ["When", "Counted", "Usual range", "Reads as"]
    body = [[point["period"], point["figure"], point["usual"], point["note"]] for point in points(rows, None)]
    return table(caption, headings, body[::-1])


def to_take_away(indicator: Row, rows: Sequence[Row], told: Mapping[str, str]) -> polars.DataFrame:
    """The rows of the chart with words for its codes; a percentage only where it is fit to print.

    `told` is what was noted, by the tick of its period.
    """
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
                "noted": told.get(wording.tick(row["grain"], row["period_start"], row["period_end"])),
            }
            for row in rows
        ],
        infer_schema_length=None,
    )


def definition(indicator: Row) -> None:
    """What a number means, its caution, target, source and owner; its SQL for those with the right to it."""
    with streamlit.popover("What this number means"):
        # Within reach of the keyboard: on a small screen it is longer than the popover, which scrolls.
        told = scrolled(meaning(indicator), indicator["title"], "inv-told")
        streamlit.html(f'<h2 class="inv-small">{escape(indicator["title"])}</h2>{told}')
        if indicator["sql"]:
            streamlit.code(indicator["sql"], language=None, wrap_lines=True)
