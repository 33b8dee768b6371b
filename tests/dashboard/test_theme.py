"""One place chooses the colours; what repeats them says the same."""

import re
import tomllib
from typing import get_args

import pytest

from dashboard.charts.theme import PALETTES, Theme
from pipelines.settings import PROJECT_ROOT

CONFIG = tomllib.loads((PROJECT_ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
STYLE = (PROJECT_ROOT / "dashboard" / "style.css").read_text(encoding="utf-8")
REPEATED = {
    "backgroundColor": "background",
    "secondaryBackgroundColor": "surface",
    "textColor": "ink",
    "linkColor": "link",
}


@pytest.mark.parametrize("name", get_args(Theme))
@pytest.mark.parametrize("option", REPEATED)
def test_streamlit_s_theme_repeats_the_palette(name: Theme, option: str) -> None:
    assert CONFIG["theme"][name][option].upper() == getattr(PALETTES[name], REPEATED[option]).upper()


def test_the_style_sheet_repeats_the_palette_and_has_no_colour_of_its_own() -> None:
    named = dict(re.findall(r"--inv-(\w+): light-dark\((.+)\);", STYLE))
    assert {name: pair.upper().split(", ") for name, pair in named.items()} == {
        name: [getattr(PALETTES[theme], name).upper() for theme in get_args(Theme)] for name in named
    }
    assert len(re.findall(r"#[0-9a-fA-F]{3,8}\b", STYLE)) == 2 * len(named)


def test_every_colour_the_style_sheet_uses_is_one_it_names() -> None:
    named = set(re.findall(r"--inv-(\w+): light-dark", STYLE))
    assert set(re.findall(r"var\(--inv-(\w+)\)", STYLE)) <= named


def test_no_other_file_chooses_a_colour() -> None:
    files = [file for file in (PROJECT_ROOT / "dashboard").rglob("*.py") if file.name != "theme.py"]
    assert [file.name for file in files if re.search(r"#[0-9a-fA-F]{6}\b", file.read_text(encoding="utf-8"))] == []
