"""Groups of people side by side: a dot with its 95 % interval for each, in words at the right what was counted."""

import json
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import Any

import altair

from dashboard.charts import theme as looks

ROW = 34  # pixels for each group


@cache
def template(theme: looks.Theme) -> dict[str, Any]:
    """The empty chart, to be filled; built once for each theme."""
    palette = looks.PALETTES[theme]
    shared = altair.Chart(altair.NamedData("rows")).encode(y=altair.Y("group:N", sort=None, title=None, axis=_names()))
    percent = altair.Axis(labelExpr="datum.label + ' %'", tickCount=5, domain=False, ticks=False, labelOverlap=True)
    # Only where there is a figure: a mark without one is read out as if it stood at nought.
    drawn = shared.transform_filter("isValid(datum.value)")
    layers = [
        shared.mark_point(opacity=0, aria=False).encode(y=altair.Y("group:N", sort=None, title=None, axis=_words())),
        drawn.mark_rule(strokeWidth=3, color=palette.quiet, aria=False).encode(
            x=altair.X("lower:Q", title=None, axis=percent), x2="upper:Q", y=_bare()
        ),
        drawn.mark_point(filled=True, size=130, opacity=1, color=palette.improvement).encode(
            x=altair.X("value:Q", axis=None),
            tooltip=[
                altair.Tooltip("group:N", title="Group"),
                altair.Tooltip("words:N", title="Counted"),
                altair.Tooltip("interval:N", title="95 % interval"),
            ],
        ),
    ]
    chart = altair.layer(*layers).resolve_axis(x="independent", y="independent").properties(width="container")
    return {**chart.to_dict(validate=False), "config": looks.config(theme)}


def _bare() -> altair.Y:
    return altair.Y("group:N", sort=None, axis=None)


def _names() -> altair.Axis:
    return altair.Axis(ticks=False, domain=False, labelPadding=8, labelLimit=180, grid=False, labelOverlap=False)


def _words() -> altair.Axis:
    return altair.Axis(
        orient="right", ticks=False, domain=False, labelPadding=8, labelLimit=190, grid=False, labelOverlap=False
    )


def fill(chart: dict[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The chart with `rows` in it, each with group, value, lower, upper, words, interval."""
    filled = deepcopy(chart)
    filled["data"] = {"values": list(rows)}
    filled["height"] = ROW * len(rows)
    words = {row["group"]: row["words"] for row in rows}
    for layer in filled["layer"]:
        layer.pop("data", None)
        layer["encoding"]["y"]["scale"] = {"domain": list(words)}
        if "x" in layer["encoding"]:
            layer["encoding"]["x"]["scale"] = {"domain": [0, 100]}
        axis = layer["encoding"]["y"]["axis"]
        if axis and axis.get("orient") == "right":
            axis["labelExpr"] = f"{json.dumps(words)}[datum.value]"
    return filled
