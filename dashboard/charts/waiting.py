"""The waiting curve: how many of a hundred people interested are not yet at a meeting, with its 95 % interval.

Straight lines join the days that may be told: between them nobody says when people came.
"""

from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import Any

import altair

from dashboard import wording
from dashboard.charts import theme as looks

WEEK = 7


@cache
def template(theme: looks.Theme) -> dict[str, Any]:
    """The empty chart, to be filled; built once for each theme."""
    palette = looks.PALETTES[theme]
    weeks = altair.X("week:Q", axis=altair.Axis(grid=False, tickMinStep=4, format="d"), scale=altair.Scale(nice=False))
    percent = altair.Y("waiting:Q", title=None, scale=altair.Scale(domain=[0, 100]), axis=altair.Axis(tickCount=5))
    shared = altair.Chart(altair.NamedData("rows")).encode(x=weeks, y=percent)
    layers = [
        shared.mark_area(color=palette.band, aria=False).encode(y="lower:Q", y2="upper:Q"),
        shared.mark_line(color=palette.target, strokeDash=[9, 4], strokeWidth=1.5, aria=False).encode(y="half:Q"),
        shared.mark_line(color=palette.improvement, strokeWidth=2.5, aria=False),
        shared.mark_point(filled=True, color=palette.improvement, size=60, opacity=1).encode(
            tooltip=[altair.Tooltip("after:N", title="After"), altair.Tooltip("share:N", title="Not yet at a meeting")]
        ),
    ]
    chart = altair.layer(*layers).properties(width="container", height=240)
    return {**chart.to_dict(validate=False), "config": looks.config(theme)}


def fill(chart: dict[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The chart with `rows` in it: those of one curve with day, waiting, lower and upper (percent)."""
    filled = deepcopy(chart)
    filled["data"] = {"values": [_step(row) for row in rows]}
    for layer in filled["layer"]:
        layer.pop("data", None)
        # Written out: before the rows reach the browser there is no first and no last week.
        layer["encoding"]["x"]["scale"] = {"domain": [0, max(row["day"] for row in rows) // WEEK], "nice": False}
        layer["encoding"]["x"]["title"] = "weeks since they said they were interested"
        layer["encoding"]["y"]["title"] = "% not yet at a meeting"
    return filled


def _step(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "week": row["day"] // WEEK,
        "waiting": row["waiting"],
        "lower": row["lower"],
        "upper": row["upper"],
        "half": 50,
        "after": f"{row['day'] // WEEK} weeks",
        "share": wording.percent(row["waiting"]),
    }
