"""What every test shares: repeatable properties, and the browser."""

import os

import pytest
from hypothesis import settings

from tests import chromium as machine

settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium to drive. Its absence fails the test: a skipped browser test proves nothing."""
    path = machine.find()
    if path is None:
        pytest.fail(machine.advice(), pytrace=False)
    return path


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks as `browser` what asks for one, so that `-m "not browser"` leaves out all of them."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
