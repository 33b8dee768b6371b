"""The keyboard alone: it reaches everything in the order of the page, sees where it is, and works it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator

from dashboard.pages import find_pages
from tests.browser.conftest import Visit, visiting

NAMES = [page.name for page in find_pages()]
MOST_STOPS = 250
# The stop where the keyboard is now: what is wrong with it, "" for nothing, null for the end of the page.
STOP = """() => {
    const stop = document.activeElement;
    if (!stop || stop === document.body || stop.dataset.walked) return null;
    stop.dataset.walked = 'yes';
    const last = window.lastStop;
    window.lastStop = stop;
    const box = stop.getBoundingClientRect();
    const frames = [stop, stop.closest('[role=group]')].filter(Boolean).map(each => getComputedStyle(each));
    const says = stop.getAttribute('aria-label') || stop.innerText || stop.value || stop.tagName;
    if (box.right <= 0 || box.bottom <= 0 || box.left >= innerWidth || box.top >= innerHeight)
        return says + ': out of sight';
    if (!frames.some(style => style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2))
        return says + ': not seen to be where the keyboard is';
    if (last && !(last.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING))
        return says + ': before what it follows';
    return '';
}"""
MISSED = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(each => each.tabIndex >= 0 && !each.disabled && !each.dataset.walked
        && each.checkVisibility({visibilityProperty: true}) && each.getClientRects().length)
    .map(each => each.getAttribute('aria-label') || each.innerText || each.outerHTML.slice(0, 80))"""
OPEN_LIST = "[role=listbox]"


@pytest.fixture(scope="module", params=[1366, 390])
def reading(browser: Browser, demo_address: str, request: pytest.FixtureRequest) -> Visit:  # type: ignore[misc]
    """A reader with a keyboard and no mouse, at a desk or with a narrow screen."""
    with visiting(browser, demo_address, request.param, "light") as visit:
        yield visit


def walk(visit: Visit) -> list[str]:
    """Goes on with Tab to the end of the page; what is wrong with each stop."""
    found: list[str] = []
    for _ in range(MOST_STOPS):
        visit.page.keyboard.press("Tab")
        said = visit.page.evaluate(STOP)
        if said is None:
            return found
        found.append(said)
    raise AssertionError(f"the page does not end within {MOST_STOPS} stops")


def press(visit: Visit, control: Locator, *keys: str) -> None:
    """Goes to a control and presses keys there."""
    control.focus()
    for key in keys:
        visit.page.keyboard.press(key)


@pytest.mark.parametrize("name", NAMES)
def test_every_control_is_reached_in_order_and_seen(reading: Visit, name: str) -> None:
    reading.turn_to(name, reader="Admin")
    stops = walk(reading)
    assert [stop for stop in stops if stop] == []
    assert reading.page.evaluate(MISSED) == []
    assert len(stops) > 3


@pytest.mark.parametrize("name", NAMES)
def test_what_opens_is_opened_and_closed_by_keys_and_holds_no_barrier(reading: Visit, name: str) -> None:
    reading.turn_to(name, reader="Admin")
    for button in reading.page.locator("[data-testid=stPopoverButton]:visible").all():
        press(reading, button, "Enter")
        reading.page.locator("[data-testid=stPopoverBody]").wait_for()
        found = Axe().run(reading.page)
        assert found.violations_count == 0, found.generate_report()
        reading.page.keyboard.press("Escape")
        reading.page.locator("[data-testid=stPopoverBody]").wait_for(state="hidden")
        assert button.evaluate("button => button === document.activeElement")
    for summary in reading.page.locator("summary:visible").all():
        press(reading, summary, "Enter")
    assert reading.page.locator("details:not([open]) > summary:visible").count() == 0
    found = Axe().run(reading.page)
    assert found.violations_count == 0, found.generate_report()


def test_every_filter_is_worked_by_keys(reading: Visit) -> None:
    reading.open("/trends?reader=Analyst")
    for name in ("Number", "Place", "Period"):
        box = reading.page.get_by_role("combobox", name=name)
        before = box.input_value()
        press(reading, box, "ArrowDown", "ArrowDown")
        reading.page.wait_for_selector(OPEN_LIST)
        reading.page.keyboard.press("Enter")
        reading.page.wait_for_selector(OPEN_LIST, state="hidden")
        reading.drawn()
        assert box.input_value() != before
        assert box.evaluate("box => box === document.activeElement")
    press(reading, reading.page.get_by_role("button", name="Reset"), "Enter")
    reading.page.get_by_text("Meetings with a service user in the room: Whole trust").wait_for()


def test_the_first_stop_skips_the_menu(reading: Visit) -> None:
    reading.open("/trends")
    reading.page.keyboard.press("Tab")
    assert reading.page.evaluate("document.activeElement.innerText") == "Skip to main content"
    reading.page.keyboard.press("Enter")
    assert reading.page.evaluate("document.activeElement.closest('main') !== null")


def test_the_menu_leads_to_a_page_by_keys(reading: Visit) -> None:
    reading.open("/")
    menu = reading.page.get_by_role("button", name="Expand sidebar")
    if menu.is_visible():
        press(reading, menu, "Enter")
    press(reading, reading.page.get_by_role("link", name="Trends"), "Enter")
    reading.page.get_by_text("Meetings with a service user in the room: Whole trust").wait_for()


def test_the_rest_of_the_menu_opens_by_keys_and_holds_no_barrier(browser: Browser, demo_address: str) -> None:
    with visiting(browser, demo_address, 1366, "light") as visit:
        visit.open("/")
        press(visit, visit.page.get_by_test_id("stTopNavSection"), "Enter")
        visit.page.get_by_role("menuitem").first.wait_for()
        visit.page.wait_for_function("document.activeElement.matches('[role=menuitem]')")
        assert visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        found = Axe().run(visit.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, found.generate_report()
        visit.page.keyboard.press("ArrowDown")
        visit.page.keyboard.press("Enter")
        visit.page.get_by_role("heading", level=1).first.wait_for()
        visit.page.wait_for_url(f"{demo_address}/*")


@pytest.mark.parametrize(
    ("width", "menu", "rules"),
    [(390, "stExpandSidebarButton", {"list", "listitem"}), (1366, "stTopNavSection", {"region"})],
)
def test_an_open_menu_holds_no_barrier_but_those_the_page_on_accessibility_tells(
    browser: Browser, demo_address: str, width: int, menu: str, rules: set[str]
) -> None:
    with visiting(browser, demo_address, width, "light") as visit:
        visit.open("/accessibility")
        visit.page.get_by_role("heading", name="What does not work yet").wait_for()
        visit.page.get_by_test_id(menu).click()
        visit.page.locator("[data-testid=stSidebarNavItems], [role=menuitem]").first.wait_for()
        visit.page.wait_for_timeout(600)  # the menu comes in from the side
        assert {found["id"] for found in Axe().run(visit.page).response["violations"]} == rules


def test_who_asks_for_less_motion_gets_none(browser: Browser, demo_address: str) -> None:
    with visiting(browser, demo_address, 1366, "light", is_still=True) as visit:
        visit.open("/trends")
        moving = visit.page.evaluate(
            """[...document.querySelectorAll('*')].map(each => getComputedStyle(each)).filter(style =>
                [style.animationDuration, style.transitionDuration].some(
                    told => told.split(', ').some(time => parseFloat(time) > 0.001))).length"""
        )
        assert moving == 0
