"""Dots with 95 % intervals on one axis: two places beside each other, or groups of people, in rows on one scale."""

from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from textwrap import wrap
from typing import Any, Literal

import altair

from dashboard import wording
from dashboard.charts import theme as looks

SIDES = ("a", "b")
SHAPES = {"a": "circle", "b": "diamond"}
COLOURS = {"a": "improvement", "b": "neutral"}
LETTERS_A_LINE = 20
ROW = {1: 34, 2: 66}  # pixels: one dot or two, and room between rows
# Words stand to the right of an interval, to the left of one that reaches far, above one that fills the axis.
REACHES_FAR, BEGINS_LATE = 72, 28
Align = Literal["left", "center", "right"]
WORDS: tuple[tuple[str, str, Align, int, int], ...] = (
    (f"datum.upper <= {REACHES_FAR}", "upper:Q", "left", 9, 0),
    (f"datum.upper > {REACHES_FAR} && datum.lower >= {BEGINS_LATE}", "lower:Q", "right", -9, 0),
    (f"datum.upper > {REACHES_FAR} && datum.lower < {BEGINS_LATE}", "value:Q", "center", 0, -13),
    ("!isValid(datum.value)", "nought:Q", "left", 4, 0),
)


@cache
def template(theme: looks.Theme) -> dict[str, Any]:
    """The empty chart, to be filled; built once for each theme."""
    palette = looks.PALETTES[theme]
    shared = altair.Chart(altair.NamedData("rows")).encode(
        y=altair.Y("label:N", sort=None, title=None, axis=_names()),
        yOffset=altair.YOffset("side:N", scale=altair.Scale(domain=SIDES, paddingOuter=0.25)),
    )
    colours = altair.Scale(domain=SIDES, range=[getattr(palette, COLOURS[side]) for side in SIDES])
    shapes = altair.Scale(domain=SIDES, range=[SHAPES[side] for side in SIDES])
    colour = altair.Color("side:N", scale=colours, legend=None)
    # Only where there is a figure: a mark without one is read out as if it stood at nought.
    drawn = shared.transform_filter("isValid(datum.value)")
    layers = [
        drawn.mark_rule(strokeWidth=3, aria=False).encode(x=_percent("lower:Q"), x2="upper:Q", color=colour),
        drawn.mark_point(filled=True, size=120, opacity=1).encode(
            x="value:Q",
            color=colour,
            shape=altair.Shape("side:N", scale=shapes, legend=None),
            tooltip=[
                altair.Tooltip("of:N", title="What"),
                altair.Tooltip("name:N", title="Where"),
                altair.Tooltip("when:N", title="When"),
                altair.Tooltip("figure:N", title="Counted"),
                altair.Tooltip("interval:N", title="95 % interval"),
            ],
        ),
        *(
            shared.transform_filter(where)
            .mark_text(baseline="middle", fontSize=13, color=palette.ink, aria=False, dx=dx, dy=dy, align=align)
            .encode(x=at, text="words:N")
            for where, at, align, dx, dy in WORDS
        ),
    ]
    chart = altair.layer(*layers).properties(width="container")
    return {**chart.to_dict(validate=False), "config": looks.config(theme)}


def _names() -> altair.Axis:
    return altair.Axis(
        labelExpr="split(datum.label, '|')",
        labelLimit=240,
        ticks=False,
        domain=False,
        labelPadding=8,
        labelOverlap=False,
    )


def _percent(field: str) -> altair.X:
    labels = "datum.value % 50 == 0 ? datum.label + ' %' : ''"
    axis = altair.Axis(labelExpr=labels, values=[0, 25, 50, 75, 100], domain=False, ticks=False, labelOverlap=False)
    return altair.X(field, title=None, scale=altair.Scale(domain=[0, 100]), axis=axis)


def fill(chart: dict[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The chart with `rows` in it, as `dot` makes them: of one side, or of both."""
    filled = deepcopy(chart)
    filled["data"] = {"values": list(rows)}
    labels = list(dict.fromkeys(row["label"] for row in rows))
    sides = [side for side in SIDES if any(row["side"] == side for row in rows)]
    filled["height"] = ROW[len(sides)] * len(labels)
    for layer in filled["layer"]:
        layer.pop("data", None)
        # Written out: layers that leave rows out would put those last.
        layer["encoding"]["y"]["scale"] = {"domain": labels, "paddingInner": 0.25}
        layer["encoding"]["yOffset"]["scale"] = {"domain": sides, "paddingOuter": 0.25}
    return filled


def dot(of: str, side: str, name: str, when: str, row: dict[str, Any]) -> dict[str, Any]:
    """One dot: of what, on which side, of which place, when, and its figures: as wording reads them, lower, upper."""
    return {
        "of": of,
        "label": "|".join(wrap(of, LETTERS_A_LINE)),
        "side": side,
        "name": name,
        "when": when,
        "value": row["value"],
        "lower": row["lower"],
        "upper": row["upper"],
        "nought": 0,
        "figure": wording.figure(row),
        "words": wording.share(row) or wording.counts(row),
        "interval": wording.spread(row["lower"], row["upper"]),
    }
