"""A funnel: every place by its size against the limits chance alone would keep to; it finds out where to ask."""

from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import Any

import altair

from dashboard.charts import theme as looks

# Drawn as limits: the widened where there are any, and the plain ones beside them.
INNER, OUTER = ("lower_95", "upper_95"), ("lower_998", "upper_998")
PLAIN = tuple(f"plain_{name}" for name in (*INNER, *OUTER))
SHAPES = {"none": "circle", "inner": "triangle-up", "outer": "square"}
COLOURS = {"none": "common", "inner": "neutral", "outer": "neutral"}
HEADROOM = 1.08


@cache
def template(theme: looks.Theme) -> dict[str, Any]:
    """The empty chart, to be filled; built once for each theme."""
    palette = looks.PALETTES[theme]
    shared = altair.Chart(altair.NamedData("rows")).encode(
        x=altair.X("denominator:Q", axis=altair.Axis(grid=False, tickMinStep=1)), y=altair.Y("value:Q", title=None)
    )
    layers = [
        _limit(shared, "centre", palette.ink, [1, 0]),
        *(_limit(shared, name, palette.quiet, [1, 0]) for name in OUTER),
        *(_limit(shared, name, palette.quiet, [6, 4]) for name in INNER),
        *(_limit(shared, name, palette.common, [1, 3]) for name in PLAIN),
        shared.mark_point(filled=True, size=80, opacity=1).encode(
            color=_scale(altair.Color, [getattr(palette, colour) for colour in COLOURS.values()]),
            shape=_scale(altair.Shape, list(SHAPES.values())),
            tooltip=[
                altair.Tooltip("name:N", title="Where"),
                altair.Tooltip("figure:N", title="Counted"),
                altair.Tooltip("sentence:N", title="Reads as"),
            ],
        ),
    ]
    chart = altair.layer(*layers).properties(width="container", height=320)
    return {**chart.to_dict(validate=False), "config": looks.config(theme)}


def _limit(chart: altair.Chart, name: str, colour: str, dash: list[int]) -> altair.Chart:
    line = chart.mark_line(color=colour, strokeWidth=1.3, strokeDash=dash, interpolate="monotone", aria=False)
    drawn: altair.Chart = line.encode(y=f"{name}:Q")
    return drawn


def _scale(channel: Any, values: list[str]) -> Any:
    return channel("kind:N", scale=altair.Scale(domain=list(SHAPES), range=values), legend=None)


def fill(chart: dict[str, Any], rows: Sequence[dict[str, Any]], *, unit: str) -> dict[str, Any]:
    """The chart with `rows` in it: those of funnel_point with name, kind and figure, from small to large."""
    filled = deepcopy(chart)
    filled["data"] = {"values": list(rows)}
    top = min(100.0, HEADROOM * max((row[name] for row in rows for name in ("value", "upper_998")), default=100.0))
    if not any(row["is_adjusted"] for row in rows):
        filled["layer"] = [layer for layer in filled["layer"] if layer["encoding"]["y"]["field"] not in PLAIN]
    for layer in filled["layer"]:
        layer.pop("data", None)
        layer["encoding"]["x"]["title"] = f"how many {unit}"
        layer["encoding"]["y"]["title"] = "%"
        layer["encoding"]["y"]["scale"] = {"domain": [0, top], "nice": False}
    return filled


def kind(beyond: str) -> str:
    """Where a place lies: `none`, beyond the `inner` limits, or beyond the `outer` ones."""
    return {"95": "inner", "998": "outer"}.get(beyond.rpartition("_")[2], "none")
