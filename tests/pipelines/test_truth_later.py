"""The same real files after a second delivery: what waited resolves by itself, and everything else stays as it was."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.feed import discover
from pipelines.warehouse import Warehouse
from tests.pipelines.terminal import KEY, involve
from tests.pipelines.test_truth import SAMPLE, WHOLE, Cell, Done, cells, files, true_cells

pytestmark = pytest.mark.skipif(not SAMPLE.is_dir(), reason="the shared samples are not beside the project")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Two runs over one data folder, with landing-2 added between them."""
    truth = json.loads((SAMPLE / "truth-2.json").read_text(encoding="utf-8"))
    folder = tmp_path_factory.mktemp("later")
    landing, data = folder / "landing", folder / "data"
    for delivery in ("landing", "landing-2"):
        shutil.copytree(SAMPLE / delivery, landing, dirs_exist_ok=True)
        ended = involve("run", "--landing", landing, "--data", data, "--as-at", truth["as_at"], pseudonym_key=KEY)
    return Done(truth, data, ended.returncode, ended.stdout + ended.stderr)


@pytest.fixture
def warehouse(done: Done) -> Iterator[Warehouse]:
    path: Path = done.data / "warehouse.duckdb"
    with Warehouse(path, memory_limit="1GB", threads=1, is_read_only=True) as opened:
        yield opened


def test_the_second_run_ends_with_0_for_nothing_new_is_refused(done: Done) -> None:
    assert done.exit_code == 0, done.said


@pytest.mark.parametrize("indicator", WHOLE)
def test_every_cell_is_true_after_the_second_delivery(done: Done, warehouse: Warehouse, indicator: str) -> None:
    got: dict[Cell, tuple[int, int]] = cells(warehouse, indicator)
    assert got == true_cells(done, indicator)


def test_the_outcome_and_the_counts_of_every_file_are_true_then(done: Done, warehouse: Warehouse) -> None:
    feeds = {feed.name for feed in discover()}
    want = {name: counts for name, counts in done.truth["files"].items() if name.split("/")[0] in feeds}
    got = files(warehouse)
    assert {name: counts for name, counts in got.items() if name in want} == want
    # Of the reports the truth names only the one that waited.
    assert {name.split("/")[0] for name in got.keys() - want.keys()} <= {"ms_teams"}


def test_every_rule_holds_back_as_many_rows_as_is_true_then(done: Done, warehouse: Warehouse) -> None:
    feeds = {feed.name for feed in discover()}
    want = {
        (feed, rule, count)
        for feed, rules in done.truth["rules"].items()
        for rule, count in rules.items()
        if count and feed in feeds
    }
    assert set(warehouse.rows("select feed, rule, rows_count from dispositions.reason_count")) == want
