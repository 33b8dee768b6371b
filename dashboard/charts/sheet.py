"""A chart as a picture to take away: title, sentence, chart, legend and what it is of, in one SVG, or as PNG.

Pictures are light whatever the screen shows. Their type is Liberation Sans, which stands inside vl-convert, so a
server without any font writes the same words (SIL Open Font Licence); its letters are as wide as Arial's.
"""

import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import Any

import vl_convert

from dashboard.charts import theme as looks

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDE, EDGE = 960, 24
CHART_WIDTH, SMALL_WIDTH = 860, 250
LETTER = 0.5  # of its size is the width of a letter, on average
PNG_SCALE = 2
PNG_HEAD = 33  # bytes: the signature and the first chunk, after which text may stand
Spec = Mapping[str, Any]
Entries = Sequence[tuple[str, str]]


def sheet(
    chart: Spec | str,
    theme: looks.Theme,
    title: str,
    sentence: str,
    legend: Entries,
    about: Entries,
    notes: Sequence[str] = (),
) -> str:
    """The picture as SVG text.

    `chart` is a filled Vega-Lite chart or an SVG text, in the colours of `theme`; `legend` are small SVG texts and
    their words; `about` are names and texts that stand at the foot and, once more, as metadata; `notes` tells under
    the chart what was noted on it, by number.
    """
    palette = looks.PALETTES["light"]
    at, parts = 0.0, []
    for text, size, weight, colour in ((title, 20, "bold", palette.ink), (sentence, 15, "normal", palette.ink)):
        at, drawn = _paragraph(text, at, size, weight, colour)
        parts.append(drawn)
    at, drawn = _placed(_printed(chart if isinstance(chart, str) else drawn_spec(chart), theme), at + 14)
    parts.append(drawn)
    at, drawn = _legend([(_printed(mark, theme), words) for mark, words in legend], at + 10)
    parts.append(drawn)
    for note in notes:
        at, drawn = _paragraph(note, at + 2, 13, "normal", palette.ink)
        parts.append(drawn)
    told = " · ".join(f"{name}: {text}" for name, text in about)
    at, drawn = _paragraph(told, at + 8, 12, "normal", palette.quiet)
    parts.append(drawn)
    return _page("".join(parts), at + EDGE, palette.background, title, sentence, about)


def drawn_spec(chart: Spec) -> str:
    """A filled Vega-Lite chart as SVG text; nothing is fetched."""
    sized = {**chart, "config": {**chart.get("config", {}), "font": FONT}}
    if chart.get("width") == "container":
        sized["width"] = CHART_WIDTH
    return str(vl_convert.vegalite_to_svg(sized, allowed_base_urls=[]))


def together(charts: Mapping[str, Spec]) -> dict[str, Any]:
    """Small charts under their names as one chart, three in a row."""
    first = next(iter(charts.values()))
    small = [
        {key: part for key, part in chart.items() if key not in ("config", "$schema")}
        | {"width": SMALL_WIDTH, "title": {"text": name, "anchor": "start", "fontSize": 14}}
        for name, chart in charts.items()
    ]
    return {"config": first["config"], "concat": small, "columns": 3, "spacing": {"row": 24, "column": 28}}


def png(svg: str, about: Entries) -> bytes:
    """The picture as PNG, twice as fine as its size, with `about` in its metadata."""
    picture = vl_convert.svg_to_png(svg, scale=PNG_SCALE)
    texts = b"".join(_text_chunk(name, text) for name, text in about)
    return bytes(picture[:PNG_HEAD] + texts + picture[PNG_HEAD:])


def _text_chunk(name: str, text: str) -> bytes:
    body = b"iTXt" + name.encode("latin-1", "replace")[:79] + b"\0\0\0\0\0" + text.encode()
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def _paragraph(text: str, at: float, size: int, weight: str, colour: str) -> tuple[float, str]:
    lines = wrap(text, int((WIDE - 2 * EDGE) / (size * LETTER)))
    style = f'font-family="{FONT}" font-size="{size}" font-weight="{weight}" fill="{colour}"'
    first = (at or EDGE) + size
    drawn = "".join(
        f'<text x="{EDGE}" y="{first + n * size * 1.4:.1f}" {style}>{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    return first + (len(lines) - 1) * size * 1.4 + size * 0.5 if lines else at, drawn


def _placed(svg: str, at: float) -> tuple[float, str]:
    wide, high = (float(svg.split(f' {side}="', 1)[1].split('"', 1)[0]) for side in ("width", "height"))
    scale = min(1.0, (WIDE - 2 * EDGE) / wide)
    moved = f'<g transform="translate({EDGE},{at:.1f}) scale({scale:.4f})">{svg}</g>'
    return at + high * scale, moved


def _legend(entries: Entries, at: float) -> tuple[float, str]:
    x, drawn = float(EDGE), ""
    style = f'font-family="{FONT}" font-size="13" fill="{looks.PALETTES["light"].ink}"'
    for svg, words in entries:
        mark = float(svg.split(' width="', 1)[1].split('"', 1)[0])
        wide = mark + 6 + len(words) * 13 * LETTER + 22
        if x > EDGE and x + wide > WIDE - EDGE:
            x, at = float(EDGE), at + 22
        drawn += f'<g transform="translate({x:.1f},{at:.1f})">{svg}<text x="{mark + 6}" y="12" {style}>'
        drawn += f"{escape(words)}</text></g>"
        x += wide
    return (at + 22 if entries else at), drawn


def _page(inside: str, high: float, background: str, title: str, sentence: str, about: Entries) -> str:
    told = "".join(f"<entry><name>{escape(name)}</name><text>{escape(text)}</text></entry>" for name, text in about)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" lang="en-GB" '
        f'width="{WIDE}" height="{high:.0f}" viewBox="0 0 {WIDE} {high:.0f}"><title>{escape(title)}</title>'
        f"<desc>{escape(sentence)}</desc>"
        f'<metadata><about xmlns="urn:involvement-dashboard:about">{told}</about></metadata>'
        f'<rect width="100%" height="100%" fill="{background}"/>{inside}</svg>'
    )


def _printed(svg: str, theme: looks.Theme) -> str:
    in_one_type = re.sub('font-family="[^"]*"', f'font-family="{FONT}"', svg)
    return looks.in_light(in_one_type) if theme == "dark" else in_one_type
