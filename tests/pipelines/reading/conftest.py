"""Where the tests of the readers write, and where the readers run."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from pipelines.reading import Table, apart


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file that is written over and over."""
    return tmp_path_factory.mktemp("reading") / "file.csv"


@pytest.fixture(autouse=True, scope="module")
def in_this_process(request: pytest.FixtureRequest) -> Iterator[None]:
    """Readers run here, where hundreds of files are read in a second; test_apart tests that they run apart."""

    def read(reader: str, path: Path) -> Table:
        table: Table = import_module(f"pipelines.reading.{reader}").read(path)
        return table

    with pytest.MonkeyPatch.context() as patch:
        if not request.module.__name__.endswith("test_apart"):
            patch.setattr(apart, "read_apart", read)
        yield
