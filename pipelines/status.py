"""How things stand: read off the published snapshot, so that a run at work is never disturbed."""

import json
from pathlib import Path
from typing import Any

from pipelines.errors import InvolveError
from pipelines.publish import POINTER, PUBLISHED
from pipelines.warehouse import Warehouse


class StatusError(InvolveError):
    """There is nothing to tell yet; the message says what to do."""


def read_status(data: Path) -> dict[str, Any]:
    """Run, files, failed checks, freshness and what is held back, of the published snapshot. Raises StatusError."""
    folder = current_snapshot(data)
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StatusError(f"The snapshot {folder.name} cannot be read. Make a new one: involve run") from error
    with Warehouse(folder / "internal.duckdb", memory_limit="256MB", threads=1, is_read_only=True) as snapshot:
        feeds = snapshot.frame("select * from published.feed_freshness order by feed").to_dicts()
        held_back = snapshot.rows("select feed, rule, rows_count from published.quarantine_reason order by all")
    return {
        "run_id": manifest["run_id"],
        "as_at": manifest["as_at"],
        "started_at": manifest["started_at"],
        "finished_at": manifest["finished_at"],
        "files": manifest["files"],
        "failed_checks": [check for check in manifest["checks"] if not check["success"]],
        "feeds": feeds,
        "held_back": held_back,
    }


def current_snapshot(data: Path) -> Path:
    """The folder the pointer names. Raises StatusError."""
    pointer = data / PUBLISHED / POINTER
    if pointer.is_symlink() or pointer.is_dir():
        return pointer.resolve()
    if pointer.is_file():
        return data / PUBLISHED / pointer.read_text(encoding="utf-8").strip()
    raise StatusError(f"Nothing is published in {data} yet. Run: involve run --landing DIR --data {data}")


def say_status(status: dict[str, Any]) -> str:
    """The status in words."""
    files = status["files"]
    refused = [file for file in files if file["outcome"] == "refused"]
    return "\n".join(
        [
            f"Published: {status['run_id']}, figures as at {status['as_at']}, run finished {status['finished_at']}.",
            f"Files: {len(files)} seen, {len(refused)} refused.",
            *(f"  {file['message']}" for file in refused),
            f"Checks: {len(status['failed_checks'])} found something.",
            *(
                f"  {check['feed']}: not so: {check['sentence']}"
                + f" Broken by {check['unexpected_count']:,} of {check['element_count']:,} rows."
                * (check["element_count"] > 1)
                for check in status["failed_checks"]
            ),
            *(f"{feed['sentence']}" for feed in status["feeds"]),
        ]
    )
