"""What is kept of earlier runs, and what is never removed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines.publish import clear_unfinished, move_pointer, sha256, snapshots
from pipelines.retention import remove_old
from pipelines.settings import PROJECT_ROOT
from pipelines.warehouse import Warehouse
from tests.pipelines.kept import settings

RUNS = [f"202601{day:02}-000000" for day in range(1, 7)]
READER = "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True); input()"


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    """Six snapshots, the last shown, six held back by a gate, and three months of logs."""
    published = tmp_path / "data" / "published"
    for home in (published, published / "held-back"):
        for run_id in RUNS:
            (home / run_id).mkdir(parents=True)
            with Warehouse(home / run_id / "board.duckdb", memory_limit="256MB", threads=1):
                pass
    move_pointer(published, RUNS[-1])
    (tmp_path / "data" / "logs").mkdir()
    for month in ("2026-01", "2026-02", "2026-03"):
        (tmp_path / "data" / "logs" / f"{month}.jsonl").write_text("{}\n")
    return tmp_path


def removed(folder: Path, **kept: int | str) -> tuple[str, ...]:
    return remove_old(settings(folder).model_copy(update={"keep_snapshots": 2, "keep_months_of_logs": 2} | kept))


def left(folder: Path) -> list[str]:
    return snapshots(folder / "data" / "published")


@contextmanager
def read_by_another(file: Path) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", READER, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=PROJECT_ROOT
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == b"open\n"
        yield


def test_the_newest_are_kept_of_snapshots_of_those_held_back_and_of_logs(trust: Path) -> None:
    assert removed(trust) == ()
    assert (left(trust), snapshots(trust / "data" / "published" / "held-back")) == (RUNS[-2:], RUNS[-2:])
    assert [log.stem for log in sorted((trust / "data" / "logs").iterdir())] == ["2026-02", "2026-03"]
    assert not list((trust / "data" / "published").rglob(".removed-*"))


def test_what_is_shown_or_pinned_is_kept_however_old(trust: Path) -> None:
    move_pointer(trust / "data" / "published", RUNS[1])
    removed(trust, snapshot=RUNS[2])
    assert left(trust) == [RUNS[1], RUNS[2], *RUNS[-2:]]


def test_what_somebody_reads_is_kept_whole_until_they_have_done(trust: Path) -> None:
    file = trust / "data" / "published" / RUNS[0] / "board.duckdb"
    before = sha256(file)
    with read_by_another(file):
        removed(trust)
        assert (left(trust), sha256(file)) == ([RUNS[0], *RUNS[-2:]], before)
    removed(trust)
    assert left(trust) == RUNS[-2:]


def test_a_damaged_old_snapshot_goes_like_any_other(trust: Path) -> None:
    (trust / "data" / "published" / RUNS[0] / "board.duckdb").write_bytes(b"damaged")
    removed(trust)
    assert left(trust) == RUNS[-2:]


def test_what_a_removal_cut_off_left_is_cleared_by_the_next_run(trust: Path) -> None:
    half = trust / "data" / "published" / f".removed-{RUNS[0]}"
    (trust / "data" / "published" / RUNS[0]).rename(half)
    clear_unfinished(trust / "data" / "published")
    assert not half.exists()


def test_before_anything_is_published_there_is_nothing_to_remove(tmp_path: Path) -> None:
    assert removed(tmp_path) == ()
