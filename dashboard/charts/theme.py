"""Colours and type of every picture, in light and dark.

The one place where a colour is chosen: .streamlit/config.toml and style.css repeat it, and a test holds them to it.
Marks keep 3:1 against the background and text 4.5:1 (WCAG 2.2); the light colours are the NHS identity's, darkened
where the identity's own shade falls short.
"""

import re
from dataclasses import asdict, dataclass
from typing import Any, Literal

Theme = Literal["light", "dark"]
FONT = "Source Sans, Source Sans Pro, Arial, sans-serif"


@dataclass(frozen=True)
class Palette:
    """One colour for each meaning."""

    background: str
    surface: str
    ink: str
    link: str
    quiet: str
    rule: str
    band: str
    common: str
    improvement: str
    concern: str
    neutral: str
    target: str


PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        background="#FFFFFF",
        surface="#F0F4F5",
        ink="#000000",
        link="#005EB8",
        quiet="#425563",
        rule="#D8DDE0",
        band="#E8EDEE",
        common="#768692",
        improvement="#005EB8",
        concern="#D5600B",
        neutral="#7C2855",
        target="#A3154F",
    ),
    "dark": Palette(
        background="#101820",
        surface="#1B2731",
        ink="#FFFFFF",
        link="#8CC4FF",
        quiet="#B8C4CC",
        rule="#34424D",
        band="#22303A",
        common="#98A6B0",
        improvement="#6CB4FF",
        concern="#FF9F4A",
        neutral="#E3A0CC",
        target="#FF8FB5",
    ),
}

POINT_COLOURS = {
    "common_cause": "common",
    "none": "common",
    "improvement": "improvement",
    "concern": "concern",
    "neutral_high": "neutral",
    "neutral_low": "neutral",
}
POINT_SHAPES = {
    "common_cause": "circle",
    "none": "circle",
    "improvement": "triangle-up",
    "concern": "diamond",
    "neutral_high": "square",
    "neutral_low": "square",
}
POINT_LETTERS = {"improvement": "B", "concern": "C", "neutral_high": "H", "neutral_low": "L"}


def colour_of(point_type: str, theme: Theme) -> str:
    """The colour of a point of `point_type`."""
    return str(getattr(PALETTES[theme], POINT_COLOURS[point_type]))


def in_light(drawn: str) -> str:
    """A picture or chart as text, drawn in the dark palette, in the light one."""
    light = asdict(PALETTES["light"])
    swapped = {colour.upper(): light[name] for name, colour in asdict(PALETTES["dark"]).items()}
    return re.sub(r"#[0-9A-Fa-f]{6}\b", lambda found: swapped.get(found[0].upper(), found[0]), drawn)


def config(theme: Theme) -> dict[str, Any]:
    """The Vega-Lite configuration of every chart."""
    palette = PALETTES[theme]
    return {
        "background": "transparent",
        "padding": {"left": 0, "top": 4, "right": 4, "bottom": 0},
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "domainColor": palette.quiet,
            "gridColor": palette.rule,
            "tickColor": palette.quiet,
            "labelColor": palette.ink,
            "titleColor": palette.quiet,
            "labelFontSize": 13,
            "titleFontSize": 13,
            "titleFontWeight": "normal",
            "labelOverlap": "greedy",
        },
        "axisY": {"titleAngle": 0, "titleAlign": "left", "titleX": -30, "titleY": -12},
    }
