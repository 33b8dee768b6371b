"""What is kept of earlier runs: the newest snapshots and logs, and what somebody is reading; nothing grows forever."""

import shutil
from pathlib import Path

from pipelines.journal import LOGS
from pipelines.publish import HELD_BACK, POINTER, PUBLISHED, REMOVED, snapshots
from pipelines.settings import Settings
from pipelines.status import current_snapshot
from pipelines.warehouse import held_alone


def remove_old(settings: Settings) -> tuple[str, ...]:
    """Removes what is older than the settings keep; gives in words what could not be removed and is tried again.

    Never the snapshot that is shown, the one that is pinned, or one that a dashboard has open.
    """
    published = settings.data / PUBLISHED
    shown = {settings.snapshot}
    if (published / POINTER).exists():
        shown.add(current_snapshot(settings.data).name)
    notes = []
    for home in (published, published / HELD_BACK):
        for run_id in snapshots(home)[: -settings.keep_snapshots]:
            try:
                if run_id not in shown:
                    _remove(home / run_id)
            except OSError as error:
                notes.append(f"The old snapshot {run_id} could not be removed: {error.strerror}.")
    for log in sorted((settings.data / LOGS).glob("*.jsonl"))[: -settings.keep_months_of_logs]:
        log.unlink()
    return tuple(notes)


def _remove(snapshot: Path) -> None:
    """Takes a snapshot that nobody reads out of the list at one moment, and its files after that."""
    with held_alone(*snapshot.glob("*.duckdb")) as is_ours:
        if not is_ours:
            return
        gone = snapshot.with_name(f"{REMOVED}{snapshot.name}")
        snapshot.rename(gone)
    shutil.rmtree(gone)
