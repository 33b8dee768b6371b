"""Every chart and table of every page ends with its files; pages are found by themselves."""

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from dashboard.access import ROLES, Role
from dashboard.pages import find_pages
from tests.dashboard.conftest import Render

# The two lines of wards beside community are a picture with words, whose numbers are those of Side by side.
TABLE = re.compile(r'<table class="inv-(numbers|summary)')
VISITS = [
    (page.name, role, choices)
    for page in find_pages()
    for role in ROLES
    if role in page.readers
    for choices in ({}, {"place": "Ash ward"}, {"view": "Service areas"}, {"indicator": "Turned away by us"})
    if role in ("executive", "qi_lead", "admin") and (not choices or page.name in ("trends", "overview"))
]


def shown(block: Block) -> Iterator[str]:
    """What stands on a page, in its order: chart, table, folded table, files of a table, files with pictures."""
    for each in block.children.values():
        if isinstance(each, Block):
            labels = [str(button.proto.label) for button in each.get("download_button")]
            if each.type == "popover" and labels:
                yield "pictures" if any("PNG" in label for label in labels) else "files"
            elif each.type == "expander":
                yield from ("folded table" for found in shown(each) if found == "table")
            else:
                yield from shown(each)
        elif each.type == "vega_lite_chart":
            yield "chart"
        elif each.type == "html" and TABLE.search(each.proto.body):
            yield "table"


def left_behind(found: list[str]) -> list[str]:
    """What no files follow: pictures are of all charts before them and of the table among them."""
    waiting: list[str] = []
    for each in found:
        if each == "pictures":
            waiting = waiting[:0] if "chart" in waiting else [*waiting, "pictures of nothing"]
        elif each == "files" and "table" in waiting:
            waiting.remove("table")
        elif each in ("chart", "table"):
            waiting.append(each)
    return waiting


def of_page(app: AppTest) -> list[str]:
    return list(shown(app.main))


@pytest.mark.parametrize(("name", "role", "choices"), VISITS, ids=lambda part: str(part) if part else "all")
def test_every_chart_and_table_of_every_page_ends_with_its_files(
    render: Render, name: str, role: Role, choices: dict[str, str]
) -> None:
    app = render(name, role, **choices)
    assert not app.exception
    assert left_behind(of_page(app)) == []


def test_a_table_or_chart_without_files_is_found() -> None:
    assert left_behind(["chart", "table", "pictures", "table"]) == ["table"]
    assert left_behind(["table", "table", "files"]) == ["table"]
    assert left_behind(["chart"]) == ["chart"]


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("data_quality", ["table", "files"] * 4),
        ("who_was_there", ["chart", "pictures", "folded table", "table", "files", "table", "files"]),
        ("trends", ["chart", "table", "pictures", "files", "folded table"]),
    ],
)
def test_these_pages_show_what_this_test_takes_them_to(render: Render, name: str, want: list[str]) -> None:
    assert of_page(render(name, "admin")) == want
