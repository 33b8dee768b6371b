"""Small pictures beside words, as SVG text: two years in a line, a dot with its span, marks for legends."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cache

from dashboard.charts.theme import FONT, PALETTES, POINT_SHAPES, Palette, Theme, colour_of

Scale = Callable[[float], float]
WIDE = 'stroke-width="2"'


def sparkline(
    values: Sequence[float | None], point_types: Sequence[str | None], centre: float | None, theme: Theme
) -> str:
    """A series in a line, gaps kept, its middle dashed, special causes and the last point marked."""
    palette, wide, high = PALETTES[theme], 150, 34
    known = [value for value in (*values, centre) if value is not None]
    if not known:
        return picture(wide, high, "")
    low, top = min(known), max(known)

    def x(n: int) -> float:
        return round(4 + n * (wide - 8) / max(len(values) - 1, 1), 1)

    def y(value: float) -> float:
        return round(high - 5 - (value - low) * (high - 10) / ((top - low) or 1), 1)

    middle = "" if centre is None else _dashed(4, wide - 4, y(centre), palette.quiet)
    places = [(x(n), None if value is None else y(value)) for n, value in enumerate(values)]
    marks = "".join(
        f'<circle cx="{px}" cy="{py}" r="{3 if n == len(places) - 1 else 2.4}" fill="{_mark(kind, theme)}"/>'
        for n, ((px, py), kind) in enumerate(zip(places, point_types, strict=True))
        if py is not None and (n == len(places) - 1 or _is_special(kind))
    )
    line = f'<path d="{_broken_line(places)}" fill="none" stroke="{palette.common}" stroke-width="1.6"/>'
    return picture(wide, high, middle + line + marks)


def _is_special(point_type: str | None) -> bool:
    return point_type not in (None, "none", "common_cause")


def _mark(point_type: str | None, theme: Theme) -> str:
    return colour_of(point_type, theme) if point_type and _is_special(point_type) else PALETTES[theme].ink


def _broken_line(places: Sequence[tuple[float, float | None]]) -> str:
    steps, pen_is_down = [], False
    for x, y in places:
        if y is not None:
            steps.append(f"{'L' if pen_is_down else 'M'}{x} {y}")
        pen_is_down = y is not None
    return " ".join(steps)


def _dashed(x1: float, x2: float, y: float, colour: str) -> str:
    return f'<path d="M{x1} {y} H{x2}" stroke="{colour}" stroke-width="1" stroke-dasharray="3 3"/>'


def dot(value: float | None, lower: float | None, upper: float | None, theme: Theme) -> str:
    """A percentage and its 95 % interval on an axis from 0 to 100; the axis alone where it is not published."""
    palette, wide, high = PALETTES[theme], 200, 22

    def x(percent: float) -> float:
        return round(6 + percent * (wide - 12) / 100, 1)

    ends = "".join(f'<path d="M{x(at)} 4 v14" stroke="{palette.rule}" stroke-width="1"/>' for at in (0, 50, 100))
    axis = f'<path d="M{x(0)} 11 H{x(100)}" stroke="{palette.rule}" stroke-width="1"/>'
    if value is None:
        return picture(wide, high, ends + axis)
    return picture(wide, high, ends + axis + _span(x, lower, upper, palette) + _dot(x(value), palette))


def _span(x: Scale, lower: float | None, upper: float | None, palette: Palette) -> str:
    if lower is None or upper is None:
        return ""
    return f'<path d="M{x(lower)} 11 H{x(upper)}" stroke="{palette.improvement}" stroke-width="3"/>'


def _dot(x: float, palette: Palette) -> str:
    return f'<circle cx="{x}" cy="11" r="6" fill="{palette.improvement}"/>'


def picture(wide: int, high: int, inside: str) -> str:
    """An SVG text of a size."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        f"{inside}</svg>"
    )


def name_plate(name: str, theme: Theme) -> str:
    """The dashboard's name, to stand at the head of the page."""
    style = f'font-family="{FONT}" font-size="17" font-weight="bold" fill="{PALETTES[theme].ink}"'
    return picture(9 * len(name), 24, f'<text x="0" y="18" {style}>{name}</text>')


def source(svg: str) -> str:
    """The picture as an image source: Streamlit's HTML drops drawn elements but keeps images."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


@cache
def point(kind: str, theme: Theme) -> str:
    """The mark of a kind of point for a legend; `open` is a period that has not ended."""
    if kind == "open":
        return picture(14, 14, f'<circle cx="7" cy="7" r="4.5" fill="none" stroke="{PALETTES[theme].common}" {WIDE}/>')
    return _shape(POINT_SHAPES[kind], colour_of(kind, theme))


@cache
def mark(shape: str, meaning: str, theme: Theme) -> str:
    """A mark for a legend: `shape` as in POINT_SHAPES, `meaning` a colour of the palette."""
    return _shape(shape, getattr(PALETTES[theme], meaning))


def _shape(shape: str, colour: str) -> str:
    shapes = {
        "circle": f'<circle cx="7" cy="7" r="5" fill="{colour}"/>',
        "triangle-up": f'<path d="M7 1 L13 12.5 H1 Z" fill="{colour}"/>',
        "diamond": f'<path d="M7 0.5 L13 7 L7 13.5 L1 7 Z" fill="{colour}"/>',
        "square": f'<path d="M2 2 H12 V12 H2 Z" fill="{colour}"/>',
    }
    return picture(14, 14, shapes[shape])


@cache
def stroke(line: str, theme: Theme) -> str:
    """The stroke of a line of the chart for a legend."""
    palette = PALETTES[theme]
    strokes = {
        "note": f'<path d="M13 0 V14" stroke="{palette.quiet}" stroke-width="1.5" stroke-dasharray="2 3"/>',
        "centre": f'<path d="M0 7 H26" stroke="{palette.ink}" stroke-width="1.5"/>',
        "target": f'<path d="M0 7 H26" stroke="{palette.target}" stroke-width="2" stroke-dasharray="9 4"/>',
        "interval": f'<path d="M0 7 H26" stroke="{palette.quiet}" stroke-width="3"/>',
        "curve": f'<path d="M0 7 H26" stroke="{palette.improvement}" stroke-width="2.5"/>',
        "band": f'<path d="M0 1 H26 V13 H0 Z" fill="{palette.band}"/>',
        "outer": f'<path d="M0 7 H26" stroke="{palette.quiet}" stroke-width="1.5"/>',
        "inner": f'<path d="M0 7 H26" stroke="{palette.quiet}" stroke-width="1.5" stroke-dasharray="6 4"/>',
        "plain": f'<path d="M0 7 H26" stroke="{palette.common}" stroke-width="1.5" stroke-dasharray="1.5 3"/>',
        "lower_limit": f'<path d="M0 1 H26 V13 H0 Z" fill="{palette.band}"/>'
        f'<path d="M0 1.5 H26 M0 12.5 H26" stroke="{palette.quiet}" stroke-width="1" stroke-dasharray="4 3"/>',
    }
    return picture(26, 14, strokes[line])
