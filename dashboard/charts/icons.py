"""The icons of variation and assurance in the meaning of NHS England's Making Data Count, drawn for 24 pixels.

Blue is better, orange worse, purple a change that is neither, grey no sign of change; a run of points says the
direction, H or L says high or low; P passes, F fails its target, ? does either. Words always stand beside them.
"""

from functools import cache

from dashboard.charts.drawings import picture
from dashboard.charts.theme import PALETTES, Theme

RISING = ((14, 31), (23, 28), (30, 17.5))
FALLING = ((14, 9.5), (23, 12.5), (30, 23))
LEVEL = ((8, 23), (16, 15), (24, 25), (32, 17))
VARIATION_MARKS = {
    "common_cause": (LEVEL, "", "common"),
    "improvement_high": (RISING, "H", "improvement"),
    "improvement_low": (FALLING, "L", "improvement"),
    "concern_high": (RISING, "H", "concern"),
    "concern_low": (FALLING, "L", "concern"),
    "neutral_high": (RISING, "H", "neutral"),
    "neutral_low": (FALLING, "L", "neutral"),
}
ASSURANCE_MARKS = {  # the run of figures, the height of the target, the letter and its place, the colour
    "pass": ("M8 14 q5.5 -8 11 -1 t12 -2", 20, "P", (16.5, 23), "improvement"),
    "fail": ("M9 29 q5.5 -7 11 -1 t11 -2", 21.5, "F", (16.5, 6), "concern"),
    "inconsistent": ("M7.5 19 q6 -4 12 6 t13 4", 25, "?", (23, 6), "common"),
}
LETTERS = {  # drawn, not set in type: whole pixels at 24, and the same on every machine
    "H": "M0 0 v12 M8 0 v12 M0 6 h8",
    "L": "M0 0 v11 h8",
    "P": "M0 12 v-11 h4 a3.2 3.2 0 0 1 0 6.4 h-4",
    "F": "M0 12 v-11 h7.5 M0 6 h6.5",
    "?": "M0 3.2 q0.4 -3.4 3.8 -3.4 q3.6 0.2 3.6 3.2 q0 2.2 -3.4 3.4 v1.6 M4 10.6 v2.4",
}


@cache
def variation_icon(variation: str, theme: Theme) -> str:
    """The icon of a kind of variation; a dash where it is too soon to say."""
    if variation not in VARIATION_MARKS:
        return _too_soon(theme)
    points, letter, meaning = VARIATION_MARKS[variation]
    colour = getattr(PALETTES[theme], meaning)
    line = " ".join(f"{x},{y}" for x, y in points)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3.4" fill="{colour}"/>' for x, y in points)
    at = (9.5, 10) if points is RISING else (10.5, 18.5)
    run = f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}'
    return _round(colour, run + _letter(letter, at, colour))


@cache
def assurance_icon(assurance: str, theme: Theme) -> str:
    """The icon of how a series stands to its target; a dash where it is too soon to say."""
    palette = PALETTES[theme]
    if assurance not in ASSURANCE_MARKS:
        return _too_soon(theme)
    wave, high, letter, at, meaning = ASSURANCE_MARKS[assurance]
    colour = getattr(palette, meaning)
    aim = f'<path d="M5 {high} h30" stroke="{palette.ink}" stroke-width="2.4" stroke-dasharray="4 2.5"/>'
    curve = f'<path d="{wave}" fill="none" stroke="{colour}" stroke-width="3.2"/>'
    return _round(colour, f"{aim}{curve}{_letter(letter, at, colour)}")


def _too_soon(theme: Theme) -> str:
    palette = PALETTES[theme]
    return _round(palette.common, f'<path d="M12 20 h16" stroke="{palette.quiet}" stroke-width="3.4"/>')


def _round(colour: str, inside: str) -> str:
    ring = f'<circle cx="20" cy="20" r="18.2" fill="none" stroke="{colour}" stroke-width="3"/>'
    return picture(40, 40, ring + inside)


def _letter(letter: str, at: tuple[float, float], colour: str) -> str:
    if not letter:
        return ""
    style = f'fill="none" stroke="{colour}" stroke-width="3.2" stroke-linejoin="round"'
    return f'<path data-letter="{letter}" transform="translate({at[0]},{at[1]})" d="{LETTERS[letter]}" {style}/>'
