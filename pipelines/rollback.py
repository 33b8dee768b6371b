"""Moves the pointer back to an earlier snapshot; the snapshots themselves never change."""

import json
from pathlib import Path

from pipelines.errors import InvolveError, WrongUseError
from pipelines.lock import locked
from pipelines.publish import HELD_BACK, PUBLISHED, move_pointer, sha256, snapshots
from pipelines.status import current_snapshot


class RollbackError(InvolveError):
    """The pointer cannot be moved there; the message says why and what to do."""


class UnknownSnapshotError(WrongUseError):
    """There is no such snapshot to show; the message names those there are."""


def roll_back(data: Path, run_id: str | None) -> str:
    """Lets `run_id` be shown, the one before the present one unless given; says in words what is shown now.

    Raises StatusError, RollbackError, UnknownSnapshotError; then the pointer stays.
    """
    current = current_snapshot(data).name
    with locked(data):
        wanted = run_id or _before(data, current)
        if wanted == current:
            return f"{current} is shown already; nothing was changed."
        _must_be_whole(data / PUBLISHED, wanted)
        move_pointer(data / PUBLISHED, wanted)
    return (
        f"{wanted} is shown now, no longer {current}. The next run publishes anew: mend first what was wrong, "
        f"or show {current} again: involve rollback {current}"
    )


def _before(data: Path, current: str) -> str:
    earlier = [name for name in snapshots(data / PUBLISHED) if name < current]
    if not earlier:
        raise RollbackError(f"{current} is the earliest snapshot there is; there is nothing to go back to.")
    return earlier[-1]


def _must_be_whole(published: Path, run_id: str) -> None:
    """Raises an error for a snapshot that is not there, was held back by a gate, or is not as it was written."""
    there = snapshots(published)
    if run_id not in there:
        why = "was held back by a failed gate" if run_id in snapshots(published / HELD_BACK) else "is not there"
        raise UnknownSnapshotError(f"The snapshot '{run_id}' {why}. Those that can be shown: {', '.join(there)}.")
    try:
        digests = json.loads((published / run_id / "manifest.json").read_text(encoding="utf-8"))["sha256"]
        is_whole = all(sha256(published / run_id / name) == digest for name, digest in digests.items())
    except (OSError, ValueError, KeyError):
        is_whole = False
    if not is_whole:
        raise RollbackError(f"The snapshot {run_id} is damaged and is not shown; choose another or run involve run.")
