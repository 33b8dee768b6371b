"""The real server and a real Chromium."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from pipelines.settings import PROJECT_ROOT
from tests.dashboard.snapshot import build

Scheme = Literal["light", "dark"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = PROJECT_ROOT / "screenshots"
START = """
import sys
from pathlib import Path
from dashboard.serve import serve
sys.exit(serve(Path(sys.argv[1]), port=0, demo=True))
"""
SIZES: dict[int, ViewportSize] = {
    1920: {"width": 1920, "height": 1080},
    1366: {"width": 1366, "height": 768},
    390: {"width": 390, "height": 844},
    320: {"width": 320, "height": 640},  # what a laptop's screen has left at 400 %
}
CHARTS_STAND = """[...document.querySelectorAll('[data-testid=stVegaLiteChart]')].every(
    chart => chart.querySelector('svg.marks'))"""


@dataclass
class Visit:
    """A reader's browser on the dashboard, and what went wrong in it."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Goes to a page of the dashboard and waits until it is drawn."""
        self.page.goto(f"{self.address}{path}")
        self.drawn()

    def turn_to(self, name: str, **choices: str) -> None:
        """Goes to the page of that name with choices in its address."""
        self.open(f"/{name if name != 'overview' else ''}?{urlencode(choices)}")

    def go_by_menu(self, title: str) -> None:
        """Takes the entry `title` of the menu at the top, under More where it is not among the first."""
        entry = self.page.locator("[data-testid=stTopNavLink], [role=menuitem]").filter(has_text=title).first
        if not entry.is_visible():
            self.page.get_by_test_id("stTopNavSection").click()
        entry.click()

    def drawn(self) -> None:
        """Waits until the page's foot and every chart stand."""
        self.page.wait_for_selector(".inv-foot")
        self.page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
        self.page.wait_for_function(CHARTS_STAND)
        self.page.wait_for_timeout(300)

    def choose(self, label: str, option: str) -> None:
        """Opens the select box named `label` and takes `option`."""
        self.page.get_by_role("combobox", name=label).locator("xpath=ancestor::*[@data-testid='stSelectbox']").locator(
            "button"
        ).click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.drawn()

    def text(self) -> str:
        """All a reader sees."""
        return self.page.inner_text("[data-testid=stMain]")

    def picture(self, name: str) -> None:
        """Keeps a screenshot, to be looked at."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """A dashboard on a data folder; its address."""
    process = subprocess.Popen([sys.executable, "-c", START, str(data)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, line
        yield found[0]
    finally:
        process.terminate()
        process.communicate()


@contextmanager
def visiting(browser: Browser, address: str, width: int, scheme: Scheme, *, is_still: bool = False) -> Iterator[Visit]:
    """A fresh reader at a screen of `width` in a colour scheme; `is_still` for one who asked for less motion."""
    motion: Literal["reduce", "no-preference"] = "reduce" if is_still else "no-preference"
    context = browser.new_context(
        viewport=SIZES[width], color_scheme=scheme, reduced_motion=motion, accept_downloads=True
    )
    visit = Visit(context.new_page(), address)
    inside = (address, address.replace("http", "ws"), "data:", "blob:")
    visit.page.on("request", lambda asked: None if asked.url.startswith(inside) else visit.outside.append(asked.url))
    visit.page.on("console", lambda said: visit.errors.append(said.text) if said.type == "error" else None)
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    yield visit
    context.close()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard that tests share, on a snapshot that stays."""
    data = tmp_path_factory.mktemp("shared")
    build(data)
    with serving(data) as found:
        yield found


@pytest.fixture(scope="session")
def demo_address(demo: Path) -> Iterator[str]:
    """A dashboard on the demonstration that tests share."""
    with serving(demo) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, address: str, width: int, scheme: Scheme) -> Iterator[Visit]:
    """A reader of the shared dashboard."""
    with visiting(browser, address, width, scheme) as made:
        yield made


@pytest.fixture
def own_data(tmp_path: Path) -> Path:
    """A data folder of this test alone, with one snapshot."""
    build(tmp_path)
    return tmp_path


@pytest.fixture
def first_visit(browser: Browser, own_data: Path, width: int, scheme: Scheme) -> Iterator[Visit]:
    """The first reader of a dashboard of this test alone."""
    with serving(own_data) as found, visiting(browser, found, width, scheme) as made:
        yield made


@pytest.fixture
def width() -> int:
    """A small laptop, unless the test says otherwise."""
    return 1366


@pytest.fixture
def scheme() -> Scheme:
    """Light, unless the test says otherwise."""
    return "light"
