"""One trust of the default size for all tests of the demo."""

from pathlib import Path

import pytest

from pipelines.demo import Trust, write_trust
from tests.demo.recount import World, recount


@pytest.fixture(scope="session")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "landing"


@pytest.fixture(scope="session")
def trust(landing: Path) -> Trust:
    return write_trust(landing)


@pytest.fixture(scope="session")
def world(landing: Path, trust: Trust) -> World:
    return recount(landing, trust.as_at)
