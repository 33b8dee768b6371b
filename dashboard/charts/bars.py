"""Bars of counts, one for each reason or stage: of whom it is said by colour and by the heading they stand under."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cache
from textwrap import wrap
from typing import Any

import altair

from dashboard import wording
from dashboard.charts import theme as looks

LETTERS_A_LINE = 28
ROW, LINE = 48, 18  # pixels: a bar's own, and what a line of its words takes
HEADROOM = 1.25  # for the words at the end of the longest bar


@cache
def template(theme: looks.Theme, meanings: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """The empty chart, to be filled; `meanings` are pairs of a group and its colour in the palette."""
    palette = looks.PALETTES[theme]
    shared = altair.Chart(altair.NamedData("rows")).encode(y=altair.Y("label:N", sort=None, title=None, axis=_names()))
    colours = altair.Scale(
        domain=[group for group, _ in meanings], range=[getattr(palette, colour) for _, colour in meanings]
    )
    layers = [
        shared.transform_filter("isValid(datum.people)")
        .mark_bar()
        .encode(
            x=altair.X("people:Q", title=None, axis=None),
            color=altair.Color("group:N", scale=colours, legend=None),
            tooltip=[
                altair.Tooltip("title:N", title="What"),
                altair.Tooltip("group_title:N", title="Whose decision"),
                altair.Tooltip("words:N", title="People"),
            ],
        ),
        shared.mark_text(baseline="middle", align="left", dx=6, fontSize=13, color=palette.ink, aria=False).encode(
            x=altair.X("end:Q", title=None, axis=None), text="words:N"
        ),
    ]
    chart = altair.layer(*layers).properties(width="container")
    return {**chart.to_dict(validate=False), "config": looks.config(theme)}


def _names() -> altair.Axis:
    return altair.Axis(
        labelExpr="split(datum.label, '|')",
        labelLimit=260,
        labelOverlap=False,
        labelPadding=8,
        ticks=False,
        domain=False,
    )


def fill(chart: dict[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The chart with `rows` in it, as `bar` makes them."""
    filled = deepcopy(chart)
    filled["data"] = {"values": list(rows)}
    lines = max((row["label"].count("|") + 1 for row in rows), default=1)
    filled["height"] = max(ROW, LINE * (lines + 1)) * len(rows)
    longest = max((row["people"] or 0 for row in rows), default=0)
    for layer in filled["layer"]:
        layer.pop("data", None)
        # Written out: layers that leave rows out would put those last.
        layer["encoding"]["y"]["scale"] = {"domain": [row["label"] for row in rows], "paddingInner": 0.4}
        layer["encoding"]["x"]["scale"] = {"domain": [0, HEADROOM * max(longest, 1)], "nice": False}
    return filled


def bar(row: Mapping[str, Any], group: str, group_title: str, *, is_named: bool = True) -> dict[str, Any]:
    """One bar: a row of how_it_ended under its group; where nothing is shown, the words for why stand in its place.

    `is_named` says the group in words beside the bar, where the title does not tell it.
    """
    label = f"{row['title']} ({group_title})" if is_named else row["title"]
    return {
        "title": row["title"],
        "label": "|".join(wrap(label, LETTERS_A_LINE)),
        "group": group,
        "group_title": group_title,
        "people": row["denominator"],
        "end": row["denominator"] or 0,
        "words": f"{row['denominator']:,}" if row["denominator"] else wording.people(row),
    }
