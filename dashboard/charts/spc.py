"""The SPC or run chart of one series: points by colour, shape and letter, the usual range, the middle, a target, notes.

What the lines are stands at their right end, outside the points; numbers of notes stand above the plot. So no label
falls on data. Both are axes: they keep their room whatever the width, and where notes crowd, numbers give way.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

import altair

from dashboard import wording
from dashboard.charts import noted
from dashboard.charts import theme as looks

PERCENT_TOP = 100.0
HEADROOM = 1.15
STEPS = (10, 20, 40, 60, 80, 100)
HIGH, SMALL_HIGH = 300, 150
APART = 15  # pixels between the labels at the right
ROOM_FOR_LETTERS = 15  # pixels a point needs for a letter of its own; with less only the first of a run has one
Say = Callable[[float], str]
LIMIT = "_limit"
LINES = ("lower_limit", "centre", "upper_limit", "target")


@cache
def template(theme: looks.Theme, *, small: bool = False) -> dict[str, Any]:
    """The empty chart, to be filled; built once for each theme and size."""
    palette = looks.PALETTES[theme]
    shared = altair.Chart(altair.NamedData("rows")).encode(x=_bare_x(), y=_bare_y("value"))
    # The segment breaks the range and the middle where a rebase decision starts anew.
    by_segment = shared.encode(detail="segment:N")
    edge = by_segment.mark_line(color=palette.quiet, strokeDash=[4, 3], strokeWidth=1, interpolate="step", aria=False)
    letters = shared.encode(text="letter:N", opacity=_where_there_is_room(small))
    layers = [
        by_segment.mark_area(color=palette.band, interpolate="step", aria=False).encode(
            y=_bare_y("lower_limit"), y2="upper_limit:Q"
        ),
        noted.lines(palette),
        edge.encode(y=_bare_y("lower_limit")),
        edge.encode(y=_bare_y("upper_limit")),
        by_segment.mark_line(color=palette.ink, strokeWidth=1.5, interpolate="step", aria=False).encode(
            y=_bare_y("centre")
        ),
        shared.mark_line(color=palette.target, strokeDash=[9, 4], strokeWidth=2, aria=False).encode(
            y=_bare_y("target")
        ),
        shared.mark_line(color=palette.common, strokeWidth=1.5, aria=False).encode(y=_bare_y("joined")),
        _points(shared, theme, small),
        # A letter may fall on a line: the same letter in the colour behind it, wider, keeps it readable.
        letters.mark_text(dy=-13, fontSize=11, fontWeight="bold", aria=False, stroke=palette.band, strokeWidth=4),
        letters.mark_text(dy=-13, fontSize=11, fontWeight="bold", aria=False, color=palette.ink),
        _ends(shared, palette),
    ]
    chart = (
        altair.layer(*layers)
        .resolve_axis(x="independent", y="independent")
        .properties(width="container", height=SMALL_HIGH if small else HIGH)
    )
    return {**chart.to_dict(validate=False), "config": looks.config(theme)}


def _bare_x() -> altair.X:
    return altair.X("tick:O", sort=None, axis=None)


def _bare_y(field: str) -> altair.Y:
    return altair.Y(f"{field}:Q", axis=None)


def _where_there_is_room(small: bool) -> Any:
    first = "datum.begins" if small else f"datum.begins || width / datum.periods > {ROOM_FOR_LETTERS}"
    return altair.when(first).then(altair.value(1)).otherwise(altair.value(0))


def _ends(shared: altair.Chart, palette: looks.Palette) -> altair.Chart:
    beside = altair.Axis(orient="right", domain=False, ticks=False, grid=False, labelPadding=6, labelOverlap=False)
    chart: altair.Chart = shared.mark_point(opacity=0, aria=False).encode(
        y=altair.Y("value:Q", title=None, axis=beside)
    )
    return chart


def _points(shared: altair.Chart, theme: looks.Theme, small: bool) -> altair.Chart:
    kinds = list(looks.POINT_COLOURS)
    colours = altair.Scale(domain=kinds, range=[looks.colour_of(kind, theme) for kind in kinds])
    shapes = altair.Scale(domain=kinds, range=[looks.POINT_SHAPES[kind] for kind in kinds])
    hollow = altair.when("datum.is_open").then(altair.value(looks.PALETTES[theme].background))
    below = altair.Axis(labelAngle=0, grid=False, labelSeparation=12, labelFlush=True, labelOverlap="parity")
    chart: altair.Chart = shared.mark_point(size=45 if small else 80, opacity=1, strokeWidth=2).encode(
        x=altair.X("tick:O", sort=None, title=None, axis=below),
        y=altair.Y("value:Q", title=None, axis=altair.Axis(tickCount=3 if small else 5)),
        stroke=altair.Stroke("point_type:N", scale=colours, legend=None),
        fill=hollow.otherwise(altair.Fill("point_type:N", scale=colours, legend=None)),
        shape=altair.Shape("point_type:N", scale=shapes, legend=None),
        tooltip=[
            altair.Tooltip("period:N", title="When"),
            altair.Tooltip("figure:N", title="Counted"),
            altair.Tooltip("usual:N", title="Usual range"),
            altair.Tooltip("note:N", title="Reads as"),
            altair.Tooltip("told:N", title="Noted"),
        ],
    )
    return chart


def fill(
    chart: dict[str, Any],
    rows: Sequence[dict[str, Any]],
    *,
    axis_title: str,
    top: float | None = None,
    notes: Mapping[str, str] | None = None,
    says: Say = wording.percent,
) -> dict[str, Any]:
    """The chart with `rows` in it, each with tick, value and the columns the layers name.

    `top` is the end of the vertical axis, for charts that share one scale; without it the rows decide. `notes` are
    the numbers of notes by the tick they stand at. `says` writes a figure; one of percentages ends at 100.
    """
    filled = deepcopy(chart)
    end = reach(rows, is_percent=says is wording.percent) if top is None else top
    numbers = notes or {}
    filled["data"] = {"values": [{**row, "notes": numbers.get(row["tick"]), "periods": len(rows)} for row in rows]}
    for layer in filled["layer"]:
        layer.pop("data", None)
        layer["encoding"]["x"]["scale"] = {"domain": [row["tick"] for row in rows], "padding": 0.4}
        if "y" in layer["encoding"]:
            _fill_heights(layer["encoding"]["y"], end, axis_title, ends(rows, end, filled["height"], says))
        noted.fill(layer, numbers)
    return filled


def _fill_heights(y: dict[str, Any], top: float, axis_title: str, labels: Sequence[tuple[float, str]]) -> None:
    y["scale"] = {"domain": [0, top], "nice": False}
    if not y["axis"]:
        return
    if y["axis"].get("orient") != "right":
        y["title"] = axis_title
        return
    y["axis"]["values"] = [at for at, _ in labels]
    y["axis"]["labelExpr"] = " : ".join([*(f"datum.value == {at} ? {json.dumps(text)}" for at, text in labels), "''"])


def ends(rows: Sequence[dict[str, Any]], top: float, high: int, says: Say = wording.percent) -> list[tuple[float, str]]:
    """Where the lines of `rows` end at the right, on an axis to `top` that is `high` pixels, and what they are.

    Labels that would touch are moved apart; their order is that of the lines.
    """
    last = next((row for row in reversed(rows) if row["centre"] is not None), rows[-1] if rows else {})
    middle = last.get("centre")  # a limit that is the middle, such as nought, is told once
    told = [line for line in LINES if last.get(line) is not None and not (LIMIT in line and last[line] == middle)]
    found = sorted((last[line], LINES.index(line)) for line in told)
    least = APART * top / high
    places: list[float] = []
    for at, _ in found:
        places.append(max(at, places[-1] + least) if places else at)
    for n in range(len(places) - 1, -1, -1):
        places[n] = min(places[n], top if n == len(places) - 1 else places[n + 1] - least)
    names = {"centre": "middle", "target": "target"}
    return [
        (round(place, 6), f"{names.get(LINES[line], '')} {says(at)}".strip())
        for place, (at, line) in zip(places, found, strict=True)
    ]


def reach(rows: Sequence[dict[str, Any]], *, is_percent: bool = True) -> float:
    """Where an axis from nought must end to hold every value, limit and target of `rows` (at most 100 for percent)."""
    drawn = [row[name] for row in rows for name in ("value", "upper_limit", "centre", "target")]
    highest = HEADROOM * max((value for value in drawn if value is not None), default=PERCENT_TOP)
    if not is_percent and highest > PERCENT_TOP:
        return float(highest)
    return float(next((step for step in STEPS if highest <= step), PERCENT_TOP))
