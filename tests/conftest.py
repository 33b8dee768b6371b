"""What every test shares: repeatable properties, and the browser."""

import os
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from tests import chromium as machine
from tests.pipelines.terminal import involve

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


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the demonstration; made once, whatever the number of processes that test. None changes it."""
    shared = tmp_path_factory.getbasetemp()
    folder = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "demonstration"
    with FileLock(folder.with_suffix(".lock")):
        if not (folder / "published" / "current").exists():
            said = involve("demo", "--no-serve", "--data", folder, folder=folder.parent)
            assert (said.returncode, "Published as " in said.stdout) == (0, True), said.stderr
    return folder
