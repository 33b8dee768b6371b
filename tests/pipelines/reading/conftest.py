"""Where the tests of the readers write."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file that is written over and over."""
    return tmp_path_factory.mktemp("reading") / "file.csv"
