"""How long a reader waits in a real Chromium: until a page is drawn, and from a filter's click to the new chart."""

from statistics import median
from time import perf_counter

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.chromium import advice, find

DRAWN = "document.querySelector('.inv-foot') && document.querySelector('[data-testid=stVegaLiteChart] svg.marks')"
SHOWS = """place => document.querySelector('h1.inv-title').textContent.endsWith(': ' + place)
    && [...document.querySelectorAll('[aria-label]')].some(
        each => each.getAttribute('aria-label').includes(': ' + place + '. '))"""
PLACES = ("Wards", "Community", "Whole trust")


def wait_times(address: str, visits: int, clicks: int) -> tuple[float, float, float]:
    """Seconds: the first page drawn, the median of `visits` more by readers who never came before, of `clicks`."""
    program = find()
    if program is None:
        raise FileNotFoundError(advice())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        first, *later = (_drawn(browser, address) for _ in range(visits + 1))
        clicked = _clicked(browser, address, clicks)
        browser.close()
    return first, median(later), median(clicked)


def _drawn(browser: Browser, address: str) -> float:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    begun = perf_counter()
    page.goto(f"{address}/trends")
    page.wait_for_function(DRAWN, polling=10)
    took = perf_counter() - begun
    context.close()
    return took


def _clicked(browser: Browser, address: str, clicks: int) -> list[float]:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(f"{address}/trends")
    page.wait_for_function(DRAWN)
    return [_click(page, PLACES[number % len(PLACES)]) for number in range(clicks)]


def _click(page: Page, place: str) -> float:
    box = page.get_by_role("combobox", name="Place").locator("xpath=ancestor::*[@data-testid='stSelectbox']")
    box.locator("button").click()
    option = page.get_by_role("option", name=place, exact=True)
    option.wait_for()
    begun = perf_counter()
    option.click()
    page.wait_for_function(SHOWS, arg=place, polling=10)
    return perf_counter() - begun
