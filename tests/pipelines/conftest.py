"""What the tests of the pipelines share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.warehouse import Warehouse
from tests.pipelines.bench import TEAMS, Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A data folder to which the two teams are delivered and nothing else yet."""
    with Warehouse(tmp_path / "warehouse.duckdb", memory_limit="1GB", threads=1) as warehouse:
        bench = Bench(tmp_path / "landing", warehouse)
        bench.deliver("teams", *TEAMS)
        yield bench
