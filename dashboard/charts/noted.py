"""Notes on a chart: a dotted line through the period, its number above the plot, where it falls on no data."""

import json
from collections.abc import Mapping
from typing import Any

import altair

from dashboard.charts import theme as looks

NUMBERS_APART = 6  # pixels: nearer to each other, two numbers read as one; the later gives way, its line stays
ABOVE_NUMBERS = -28  # pixels: where the axis's title stands when numbers of notes stand between it and the plot


def lines(palette: looks.Palette) -> altair.Chart:
    """The layer of the lines; its rows have `tick` and, where something was noted, `notes`."""
    above = altair.Axis(
        orient="top",
        domain=False,
        ticks=False,
        grid=False,
        labelPadding=3,
        labelFontWeight="bold",
        labelAngle=0,
        labelOverlap="greedy",
        labelSeparation=NUMBERS_APART,
    )
    chart: altair.Chart = (
        altair.Chart(altair.NamedData("rows"))
        .transform_filter("isValid(datum.notes)")
        .mark_rule(color=palette.quiet, strokeDash=[2, 3], strokeWidth=1.5, aria=False)
        .encode(x=altair.X("tick:O", sort=None, title=None, axis=above))
    )
    return chart


def fill(layer: dict[str, Any], numbers: Mapping[str, str]) -> None:
    """Writes the numbers of notes, by tick, above the layer's lines, and lifts an axis's title above them."""
    y = layer["encoding"].get("y", {})
    if numbers and y.get("axis"):
        y["axis"]["titleY"] = ABOVE_NUMBERS
    axis = layer["encoding"]["x"].get("axis") or {}
    if axis.get("orient") == "top":
        axis["values"] = list(numbers)
        axis["labelExpr"] = f"{json.dumps(dict(numbers))}[datum.value]"
