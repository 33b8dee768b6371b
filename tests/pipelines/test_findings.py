"""Each finding of the study is answered by something a reader sees, and README says by what."""

import re

import pytest

from pipelines.headers import Header, IndicatorHeader
from pipelines.made_tables import analysed
from pipelines.settings import PROJECT_ROOT, SQL_ROOT
from pipelines.views import read_views

VIEWS = read_views(SQL_ROOT)
FINDINGS = [f"F{number}" for number in range(1, 11)]
HEADERS = {view.name: view.header for view in VIEWS if isinstance(view.header, IndicatorHeader)}
TABLES = {
    view.name
    for view in VIEWS
    if isinstance(view.header, Header) and view.layer == "published" and view.header.editions
} | set(analysed())
ROW = re.compile(r"^\| (F\d+) \|[^|]*\|([^|]*)\|$", re.MULTILINE)


def answers() -> dict[str, list[str]]:
    """What README names for each finding."""
    text = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    return {finding: re.findall(r"`(\w+)`", named) for finding, named in ROW.findall(text)}


def test_readme_answers_every_finding_once() -> None:
    assert list(answers()) == FINDINGS


@pytest.mark.parametrize("finding", FINDINGS)
def test_what_readme_names_for_a_finding_is_an_indicator_or_a_published_table(finding: str) -> None:
    named = answers()[finding]
    assert named
    assert set(named) - HEADERS.keys() - TABLES == set()


@pytest.mark.parametrize("finding", FINDINGS)
def test_readme_and_the_headers_agree_about_a_finding(finding: str) -> None:
    of_headers = {name for name, header in HEADERS.items() if finding in header.finding}
    assert of_headers == set(answers()[finding]) & HEADERS.keys()
