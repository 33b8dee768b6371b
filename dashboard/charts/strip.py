"""Who was in the room: each team a row, each meeting a mark in time.

Filled where a service user was there; a ring where none was, with a dot where one was invited and could not come; a
question mark where it is not known, a dash where the meeting was cancelled. A small letter for a carer or a peer
worker, a line under a meeting at a place service users chose. On a narrow screen the latest meetings alone are drawn.
"""

from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

import altair

from dashboard.charts import theme as looks

MARKS = ("filled", "ring", "ring_with_dot", "question_mark", "dash")
ROW, MONTHS = 27, 64  # pixels: one team, and the axis above them
NARROW, WEEK = 420, 13  # pixels: below so many, a week has so many and earlier weeks are not drawn
MARK = 10  # pixels: how wide a mark is where there is room
A_DAY = 24 * 60 * 60 * 1000
EDGE = 5 * A_DAY
APART = 5 * A_DAY  # how far marks of a row are moved apart at most, so that none covers another
IS_PHONE = "windowSize()[0] < 640"
TWO_LINES = "\n"
Row = dict[str, Any]


@cache
def template(theme: looks.Theme) -> dict[str, Any]:
    """The empty chart, to be filled; built once for each theme."""
    palette = looks.PALETTES[theme]
    base = altair.Chart(altair.NamedData("rows")).transform_filter(f"datum.at >= begin + {A_DAY}")
    shared = base.encode(x=altair.X("at:T", axis=_months()), y=altair.Y("team:N", sort=None, axis=_names()))
    drawn: dict[str, Any] = {"clip": True, "aria": False, "opacity": 1}
    ink: dict[str, Any] = {"color": palette.ink}
    line: dict[str, Any] = {"shape": "stroke", "strokeWidth": 2}
    layers = [
        _only(shared, "filled").mark_circle(color=palette.improvement, size=_size(70), **drawn),
        _only(shared, "ring", "ring_with_dot").mark_point(
            shape="circle", fill=palette.background, stroke=palette.ink, strokeWidth=1.6, size=_size(56), **drawn
        ),
        _only(shared, "ring_with_dot").mark_circle(size=_size(9), **ink, **drawn),
        _only(shared, "dash").mark_point(stroke=palette.quiet, size=40, **line, **drawn),
        _only(shared, "question_mark").mark_text(text="?", fontSize=14, fontWeight="bold", **ink, **drawn),
        shared.transform_filter("datum.is_chosen_place").mark_point(
            stroke=palette.neutral, size=70, yOffset=9, **line, **drawn
        ),
        shared.mark_text(fontSize=10, dy=-10, **ink, **drawn).encode(text="letters:N"),
        # What a pointer finds: larger than the marks.
        shared.mark_square(size=200, clip=True, aria=False, opacity=0).encode(
            tooltip=[altair.Tooltip("name:N", title="Team"), altair.Tooltip("says:N", title="Meeting")]
        ),
    ]
    chart = altair.layer(*layers).properties(width="container")
    return {**chart.to_dict(validate=False), "config": looks.config(theme)}


def _size(full: int) -> altair.ExprRef:
    """The size of a mark, less where a long time leaves little room for each."""
    return altair.ExprRef(f"{full} * room")


def _months() -> altair.Axis:
    year = "month(datum.value) == 0 || datum.index == 0"
    words = f"{year} ? [utcFormat(datum.value, '%b'), utcFormat(datum.value, '%Y')] : utcFormat(datum.value, '%b')"
    # The padding holds the second line, which goes down.
    return altair.Axis(
        title=None, orient="top", labelExpr=words, labelPadding=18, grid=False, labelFlush=True, tickCount="month"
    )


def _names() -> altair.Axis:
    """The names of the teams; on a phone smaller and in two lines, so that their ends can be read."""
    return altair.Axis(
        title=None,
        domain=False,
        ticks=False,
        grid=True,
        labelPadding=8,
        labelLimit=260,
        labelLineHeight=12,
        labelFontSize=altair.ExprRef(f"{IS_PHONE} ? 11 : 13"),
        labelExpr=f"{IS_PHONE} ? split(datum.label, '\\n') : replace(datum.label, '\\n', ' ')",
    )


def _only(chart: altair.Chart, *marks: str) -> altair.Chart:
    found: altair.Chart = chart.transform_filter(altair.FieldOneOfPredicate(field="mark", oneOf=list(marks)))
    return found


def fill(
    chart: dict[str, Any], rows: Sequence[Row], *, teams: Sequence[str], first_on: date, last_on: date
) -> dict[str, Any]:
    """The chart with `rows` in it, each with name, held_on, mark, letters, is_chosen_place and says, in order of day.

    `teams` are the names of the rows of marks from top to bottom, those without a meeting too.
    """
    filled = deepcopy(chart)
    begin, end = moment(first_on) - EDGE, moment(last_on) + EDGE
    labels = {name: in_two_lines(name) for name in teams}
    own: dict[str, list[Row]] = {name: [] for name in teams}
    for row in rows:
        own[row["name"]].append(row)
    filled["data"] = {"values": [row for name in teams for row in _placed(own[name], labels[name], begin, end)]}
    filled["height"] = MONTHS + ROW * (max(len(teams), 1) + 0.5)
    fitting = f"max({begin}, {end} - width / {WEEK} * {7 * A_DAY})"
    room = f"{APART} * width / ({end} - begin) / {MARK}"
    filled["params"] = [
        {"name": "begin", "expr": f"width < {NARROW} ? {fitting} : {begin}"},
        {"name": "room", "expr": f"clamp(pow({room}, 2), 0.45, 1)"},
    ]
    time = {"type": "utc", "domain": {"expr": f"[begin, {end}]"}}
    for layer in filled["layer"]:
        layer.pop("data", None)
        layer["encoding"]["x"]["scale"] = time
        layer["encoding"]["y"]["scale"] = {"domain": list(labels.values()), "padding": 0.75}
    return filled


def _placed(own: Sequence[Row], label: str, begin: int, end: int) -> list[Row]:
    places = apart([moment(row["held_on"]) for row in own], begin, end)
    return [
        {**{key: cell for key, cell in row.items() if key != "held_on"}, "team": label, "at": at}
        for row, at in zip(own, places, strict=True)
    ]


def apart(moments: Sequence[int], begin: int, end: int) -> list[int]:
    """`moments`, in their order, moved apart just so far that their marks stand beside each other."""
    gap = min(APART, int(0.7 * (end - begin)) // max(len(moments), 1))
    moved: list[int] = []
    for at in moments:
        moved.append(max(at, moved[-1] + gap) if moved else at)
    latest = end - EDGE // 2
    for n in reversed(range(len(moved))):
        moved[n] = latest = min(moved[n], latest)
        latest -= gap
    return moved


def in_two_lines(name: str) -> str:
    """`name` with a line break for the space nearest to its middle."""
    spaces = [n for n, letter in enumerate(name) if letter == " "]
    if not spaces:
        return name
    middle = min(spaces, key=lambda n: abs(n - len(name) / 2))
    return f"{name[:middle]}{TWO_LINES}{name[middle + 1 :]}"


def moment(day: date) -> int:
    """Milliseconds since 1970, as Vega counts time: text in rows handed over by Streamlit is not read as dates."""
    return (day - date(1970, 1, 1)).days * A_DAY


@cache
def picture(mark: str, theme: looks.Theme) -> str:
    """The mark for a legend, as SVG text; also `carer`, `peer_worker` and `chosen_place`."""
    palette = looks.PALETTES[theme]
    ring = f'<circle cx="8" cy="8" r="5" fill="none" stroke="{palette.ink}" stroke-width="1.6"/>'
    drawn = {
        "filled": f'<circle cx="8" cy="8" r="5.4" fill="{palette.improvement}"/>',
        "ring": ring,
        "ring_with_dot": f'{ring}<circle cx="8" cy="8" r="1.7" fill="{palette.ink}"/>',
        "question_mark": _letter("?", 14, palette.ink),
        "dash": f'<path d="M3 8 H13" stroke="{palette.quiet}" stroke-width="2"/>',
        "chosen_place": f'<path d="M2 13 H14" stroke="{palette.neutral}" stroke-width="2"/>',
        "carer": _letter("c", 13, palette.ink),
        "peer_worker": _letter("p", 13, palette.ink),
    }[mark]
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">{drawn}</svg>'


def _letter(letter: str, size: int, colour: str) -> str:
    style = f'font-family="{looks.FONT}" font-size="{size}" font-weight="bold" text-anchor="middle" fill="{colour}"'
    return f'<text x="8" y="13" {style}>{letter}</text>'
