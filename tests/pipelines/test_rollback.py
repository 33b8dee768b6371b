"""Going back: which snapshot is shown, and what is refused."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.errors import InvolveError
from pipelines.lock import DataFolderError, locked
from pipelines.publish import move_pointer, next_run_id, sha256
from pipelines.rollback import RollbackError, UnknownSnapshotError, roll_back
from pipelines.status import StatusError, current_snapshot

FIRST, SECOND, THIRD = "20260101-000000", "20260102-000000", "20260103-000000"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two snapshots, the later one shown, and a third behind a gate."""
    published = tmp_path / "data" / "published"
    for folder in (published / FIRST, published / SECOND, published / "held-back" / THIRD):
        folder.mkdir(parents=True)
        (folder / "internal.duckdb").write_text(folder.name)
        digests = {"internal.duckdb": sha256(folder / "internal.duckdb")}
        (folder / "manifest.json").write_text(json.dumps({"sha256": digests}))
    move_pointer(published, SECOND)
    return tmp_path / "data"


@pytest.mark.parametrize("asked", [None, FIRST])
def test_the_earlier_snapshot_is_shown_and_named(data: Path, asked: str | None) -> None:
    said = roll_back(data, asked)
    assert current_snapshot(data).name == FIRST
    assert said.startswith(f"{FIRST} is shown now, no longer {SECOND}.")


def test_a_rollback_can_be_taken_back(data: Path) -> None:
    roll_back(data, None)
    roll_back(data, SECOND)
    assert current_snapshot(data).name == SECOND


def test_what_is_shown_already_is_said_and_nothing_changes(data: Path) -> None:
    assert roll_back(data, SECOND) == f"{SECOND} is shown already; nothing was changed."


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        ("20250101-000000", UnknownSnapshotError, f"is not there. Those that can be shown: {FIRST}, {SECOND}"),
        ("../../etc", UnknownSnapshotError, "is not there"),
        (THIRD, UnknownSnapshotError, "was held back by a failed gate"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(data: Path, asked: str, error: type[InvolveError], says: str) -> None:
    with pytest.raises(error, match=says) as refused:
        roll_back(data, asked)
    assert (refused.value.exit_code, current_snapshot(data).name) == (2, SECOND)


def test_before_the_earliest_snapshot_there_is_nothing(data: Path) -> None:
    roll_back(data, None)
    with pytest.raises(RollbackError, match="is the earliest snapshot there is"):
        roll_back(data, None)


def test_a_damaged_snapshot_is_not_shown(data: Path) -> None:
    (data / "published" / FIRST / "internal.duckdb").write_text("something else")
    with pytest.raises(RollbackError, match="is damaged"):
        roll_back(data, FIRST)
    assert current_snapshot(data).name == SECOND


def test_without_a_snapshot_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StatusError, match="Nothing is published"):
        roll_back(tmp_path, None)


def test_a_rollback_beside_a_run_gives_way(data: Path) -> None:
    with locked(data), pytest.raises(DataFolderError, match="Another run is at work"):
        roll_back(data, None)


def test_run_ids_do_not_go_back_with_the_pointer(data: Path) -> None:
    roll_back(data, FIRST)
    assert next_run_id(data / "published", None, datetime(2025, 1, 1, tzinfo=UTC)) > THIRD
