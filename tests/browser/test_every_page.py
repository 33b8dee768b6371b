"""Every page, on every screen: nothing fails, nobody else is asked, it fits, and axe finds no barrier."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from dashboard import filters
from dashboard.pages import find_pages
from tests.browser.conftest import Scheme, Visit, visiting

OWN_TEAM = "Community brain injury team 1"  # the demonstration's first by name, which a QI lead leads unless told
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
MAIN_FITS = """(() => { const main = document.querySelector('[data-testid=stMain]');
    return main.scrollWidth <= main.clientWidth })()"""
HEADINGS = "[...document.querySelectorAll('h1, h2, h3, h4')].map(each => Number(each.tagName[1]))"
# Of every chart: its name, and the captions of the tables that follow it.
CHARTS = """[...document.querySelectorAll('[data-testid=stVegaLiteChart]')].map(chart => ({
    name: (chart.getAttribute('aria-label') || chart.querySelector('[aria-label]')?.getAttribute('aria-label') || ''),
    tables: [...document.querySelectorAll('table')]
        .filter(table => chart.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING)
        .map(table => table.caption?.textContent || ''),
    before: [...document.querySelectorAll('p')]
        .filter(text => chart.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_PRECEDING)
        .map(text => text.textContent)
}))"""

# What a browser takes for no table any more, once it is stacked, and does not say by itself that it is one.
FORGOTTEN = """[...document.querySelectorAll('table, tr, th, td')].filter(each =>
    !getComputedStyle(each).display.startsWith('table') && !each.hasAttribute('role') && each.checkVisibility()
).map(each => each.outerHTML.slice(0, 80))"""
HEADINGS_OF_TABLES = """[...document.querySelectorAll('table thead th')].filter(each =>
    each.checkVisibility()).map(each => each.textContent.trim())"""
REGIONS = """[...document.querySelectorAll('main [tabindex="0"]:has(table)')].filter(each =>
    !(each.getAttribute('role') === 'region' && each.getAttribute('aria-label'))).length"""


@dataclass(frozen=True)
class Screen:
    """What somebody reads on, and who it is."""

    width: int
    scheme: Scheme
    reader: str
    place: str = filters.WHOLE_TRUST

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"


SCREENS = [
    Screen(1366, "light", "Analyst"),
    Screen(1366, "dark", "Executive"),
    Screen(390, "light", "QI lead"),
    Screen(390, "dark", "Member"),
    Screen(1920, "light", "Admin"),
    Screen(1920, "dark", "QI lead", place=OWN_TEAM),
    Screen(320, "light", "Executive"),
]
READERS = {page.name: page.readers for page in find_pages()}
VIEWS = [
    (page.name, choice)
    for page in find_pages()
    for choice in (filters.VIEWS if filters.VIEW in page.filters else (None,))
]


@pytest.fixture(scope="module", params=SCREENS, ids=str)
def reading(browser: Browser, demo_address: str, request: pytest.FixtureRequest) -> Iterator[tuple[Screen, Visit]]:
    """Somebody with a screen."""
    screen: Screen = request.param
    with visiting(browser, demo_address, screen.width, screen.scheme) as visit:
        yield screen, visit


@pytest.fixture(scope="module", params=VIEWS, ids=lambda view: "-".join(filter(None, view)).replace(" ", "_"))
def opened(reading: tuple[Screen, Visit], request: pytest.FixtureRequest) -> Visit:
    """A page on that screen, its picture kept."""
    screen, visit = reading
    name, choice = request.param
    if screen.reader.lower().replace(" ", "_") not in READERS[name]:
        pytest.skip("the reader has no such page")
    visit.errors.clear()
    visit.outside.clear()
    chosen = {filters.READER: screen.reader, filters.PLACE: screen.place} | ({filters.VIEW: choice} if choice else {})
    visit.turn_to(name, **chosen)
    visit.picture("-".join(filter(None, (name, choice, str(screen)))).replace(" ", "_"))
    return visit


def test_nothing_fails_and_nobody_else_is_asked(opened: Visit) -> None:
    assert (opened.errors, opened.outside) == ([], [])


def test_it_fits_the_width(opened: Visit) -> None:
    assert opened.page.evaluate(FITS)
    assert opened.page.evaluate(MAIN_FITS)


def test_axe_finds_no_barrier(opened: Visit) -> None:
    found = Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()


def test_it_is_named_in_british_english_with_one_first_heading_and_no_gap(opened: Visit) -> None:
    assert opened.page.evaluate("document.documentElement.lang") == "en-GB"
    assert opened.page.title().endswith(" · Involvement in improvement")
    levels = [0, *opened.page.evaluate(HEADINGS)]
    assert levels.count(1) == 1
    assert all(here <= before + 1 for before, here in pairwise(levels))


def test_every_chart_has_its_sentence_before_it_and_its_table_after_it(opened: Visit) -> None:
    for chart in opened.page.evaluate(CHARTS):
        _, _, sentence = chart["name"].partition(". ")
        assert sentence
        assert any(sentence in text for text in chart["before"])
        assert chart["tables"]


def test_every_table_is_read_as_a_table_with_its_headings_whatever_the_width(opened: Visit) -> None:
    assert opened.page.evaluate(FORGOTTEN) == []
    assert opened.page.evaluate(REGIONS) == 0
    tree = opened.page.context.new_cdp_session(opened.page).send("Accessibility.getFullAXTree")["nodes"]
    headings = {node["name"]["value"].strip() for node in tree if node["role"]["value"] == "columnheader"}
    assert set(opened.page.evaluate(HEADINGS_OF_TABLES)) <= headings
