"""Counts of one team: outlined bars for all, filled for those counted; too few for a percentage or limits.

A period that has not ended is hollow.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

import altair

from dashboard.charts import noted
from dashboard.charts import theme as looks


@cache
def template(theme: looks.Theme) -> dict[str, Any]:
    """The empty chart, to be filled; built once for each theme."""
    palette = looks.PALETTES[theme]
    below = altair.Axis(labelAngle=0, grid=False, labelFlush=True, labelOverlap="parity", labelSeparation=12)
    shared = altair.Chart(altair.NamedData("rows")).encode(
        x=altair.X("tick:O", sort=None, title=None, axis=below),
        tooltip=[altair.Tooltip("period:N", title="When"), altair.Tooltip("figure:N", title="Counted")],
    )
    counted = altair.Axis(tickMinStep=1, format="d", tickCount=5)
    is_open = altair.when("datum.is_open")
    layers = [
        noted.lines(palette),
        shared.mark_bar(filled=False, stroke=palette.common, strokeWidth=1.5).encode(
            y=altair.Y("denominator:Q", title=None, axis=counted),
            strokeDash=is_open.then(altair.value([3, 3])).otherwise(altair.value([1, 0])),
        ),
        shared.mark_bar(stroke=palette.improvement, fill=palette.improvement, aria=False).encode(
            x=altair.X("tick:O", sort=None, axis=None),
            y=altair.Y("numerator:Q", axis=None),
            fillOpacity=is_open.then(altair.value(0)).otherwise(altair.value(1)),
            strokeWidth=is_open.then(altair.value(2)).otherwise(altair.value(0)),
        ),
    ]
    drawn = altair.layer(*layers).resolve_axis(x="independent", y="independent")
    chart = drawn.properties(width="container", height=220)
    return {**chart.to_dict(validate=False), "config": looks.config(theme)}


def fill(
    chart: dict[str, Any], rows: Sequence[dict[str, Any]], *, axis_title: str, notes: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The chart with `rows` in it, each with tick, period, figure, numerator, denominator; `notes` by their tick."""
    filled = deepcopy(chart)
    numbers = notes or {}
    filled["data"] = {"values": [{**row, "notes": numbers.get(row["tick"])} for row in rows]}
    highest = max((row["denominator"] for row in rows if row["denominator"] is not None), default=1)
    for layer in filled["layer"]:
        layer.pop("data", None)
        layer["encoding"]["x"]["scale"] = {"domain": [row["tick"] for row in rows]}
        if "y" in layer["encoding"]:
            layer["encoding"]["y"]["scale"] = {"domain": [0, max(highest, 1)]}
            layer["encoding"]["y"]["title"] = axis_title
        noted.fill(layer, numbers)
    return filled
