"""The SPC or run chart of one series: points by colour, shape and letter, the usual range, the middle, a target."""

from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import Any

import altair

from dashboard.charts import theme as looks

PERCENT_TOP = 100.0
HEADROOM = 1.15


@cache
def template(theme: looks.Theme, *, small: bool = False) -> dict[str, Any]:
    """The empty chart, to be filled; built once for each theme and size."""
    palette = looks.PALETTES[theme]
    shared = altair.Chart(altair.NamedData("rows")).encode(
        x=altair.X("tick:O", sort=None, title=None, axis=_time_axis(small)),
        y=altair.Y("value:Q", title=None, axis=altair.Axis(tickCount=3 if small else 5)),
    )
    # The segment breaks the range and the middle where a rebase decision starts anew.
    by_segment = shared.encode(detail="segment:N")
    edge = by_segment.mark_line(color=palette.quiet, strokeDash=[4, 3], strokeWidth=1, interpolate="step", aria=False)
    letters = shared.encode(text="letter:N")
    layers = [
        by_segment.mark_area(color=palette.band, interpolate="step", aria=False).encode(
            y="lower_limit:Q", y2="upper_limit:Q"
        ),
        edge.encode(y="lower_limit:Q"),
        edge.encode(y="upper_limit:Q"),
        by_segment.mark_line(color=palette.ink, strokeWidth=1.5, interpolate="step", aria=False).encode(y="centre:Q"),
        shared.mark_line(color=palette.target, strokeDash=[9, 4], strokeWidth=2, aria=False).encode(y="target:Q"),
        shared.mark_line(color=palette.common, strokeWidth=1.5, aria=False).encode(y="joined:Q"),
        _points(shared, theme, small),
        # A letter may fall on a line: the same letter in the colour behind it, wider, keeps it readable.
        letters.mark_text(dy=-13, fontSize=11, fontWeight="bold", aria=False, stroke=palette.band, strokeWidth=4),
        letters.mark_text(dy=-13, fontSize=11, fontWeight="bold", aria=False, color=palette.ink),
    ]
    chart = altair.layer(*layers).properties(width="container", height=150 if small else 300)
    return {**chart.to_dict(validate=False), "config": looks.config(theme)}


def _time_axis(small: bool) -> altair.Axis:
    return altair.Axis(labelAngle=0, grid=False, labelSeparation=16 if small else 10, labelFlush=True)


def _points(shared: altair.Chart, theme: looks.Theme, small: bool) -> altair.Chart:
    kinds = list(looks.POINT_COLOURS)
    colours = altair.Scale(domain=kinds, range=[looks.colour_of(kind, theme) for kind in kinds])
    shapes = altair.Scale(domain=kinds, range=[looks.POINT_SHAPES[kind] for kind in kinds])
    hollow = altair.when("datum.is_open").then(altair.value(looks.PALETTES[theme].background))
    chart: altair.Chart = shared.mark_point(size=45 if small else 80, opacity=1, strokeWidth=2).encode(
        stroke=altair.Stroke("point_type:N", scale=colours, legend=None),
        fill=hollow.otherwise(altair.Fill("point_type:N", scale=colours, legend=None)),
        shape=altair.Shape("point_type:N", scale=shapes, legend=None),
        tooltip=[
            altair.Tooltip("period:N", title="When"),
            altair.Tooltip("figure:N", title="Counted"),
            altair.Tooltip("usual:N", title="Usual range"),
            altair.Tooltip("note:N", title="Reads as"),
        ],
    )
    return chart


def fill(
    chart: dict[str, Any], rows: Sequence[dict[str, Any]], *, axis_title: str, top: float | None = None
) -> dict[str, Any]:
    """The chart with `rows` in it, each with tick, value and the columns the layers name.

    `top` is the end of the vertical axis, for charts that share one scale; without it the rows decide.
    """
    filled = deepcopy(chart)
    filled["data"] = {"values": list(rows)}
    ticks = [row["tick"] for row in rows]
    for layer in filled["layer"]:
        layer.pop("data", None)
        layer["encoding"]["x"]["scale"] = {"domain": ticks, "padding": 0.4}
        layer["encoding"]["y"]["scale"] = {"domain": [0, reach(rows) if top is None else top], "nice": False}
        layer["encoding"]["y"]["title"] = axis_title
    return filled


def reach(rows: Sequence[dict[str, Any]]) -> float:
    """Where an axis from nought must end to hold every value, limit and target of `rows` (at most 100 for percent)."""
    drawn = [row[name] for row in rows for name in ("value", "upper_limit", "centre", "target")]
    highest = max((value for value in drawn if value is not None), default=PERCENT_TOP)
    ceiling = next(
        step for step in (10, 20, 40, 60, 80, 100, float("inf")) if highest * HEADROOM <= step or step == 100
    )
    return float(ceiling)
