"""How things stand: read off the published snapshot, so that a run at work is never disturbed."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines import history
from pipelines.errors import InvolveError
from pipelines.journal import DIGITS_OF_A_FILE
from pipelines.lock_holder import holder
from pipelines.publish import POINTER, PUBLISHED
from pipelines.run_lines import what_ended
from pipelines.scheduling.timetable import LONDON, next_runs
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

LAST_RUNS = 5
SAID = {"published": "published", "held_back": "not published", "failed": "failed", "cut_off": "cut off"}


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


def read_runs(settings: Settings, now: datetime) -> dict[str, Any]:
    """The last runs, the latest first, who is at work now, and the next times of the schedule. Raises SettingsError."""
    runs = [asdict(record) for record in reversed(history.read(settings.data, LAST_RUNS))]
    at_work = holder(settings.data)
    return {
        "runs": runs,
        "at_work_since": at_work.since if at_work and not at_work.is_gone else None,
        "killed_since": at_work.since if at_work and at_work.is_gone else None,
        "is_late": bool(runs) and runs[0]["next_by"] < history.moment(now),
        "next_runs": [{"name": entry.name, "feeds": entry.feeds, "at": at} for entry, at in next_runs(settings, now)],
    }


def say_runs(found: dict[str, Any]) -> str:
    """The runs in words, on the clocks of London."""
    lines = [f"  {_clock(run['started_at'])}  {SAID[run['outcome']]}{_more(run)}" for run in found["runs"]]
    late = [f"Late: a run should have ended by {_clock(found['runs'][0]['next_by'])}."] if found["is_late"] else []
    at_work = [f"A run is at work since {_clock(found['at_work_since'])}."] if found["at_work_since"] else []
    if found["killed_since"]:
        began = _clock(found["killed_since"])
        at_work = [f"What began {began} was killed, or the machine went down; the next run takes up its work."]
    due = [
        f"  {due['at']:%a %-d %b %Y %H:%M}  {due['name']}: {', '.join(due['feeds']) or 'every feed'}"
        for due in found["next_runs"]
    ]
    return "\n".join(
        [
            *(["Last runs:", *lines] if lines else ["No run is known of."]),
            *at_work,
            *late,
            *(["Next runs:", *due] if due else ["No schedule is set."]),
        ]
    )


def is_anything_published(data: Path) -> bool:
    """Whether there is a snapshot to tell of."""
    pointer = data / PUBLISHED / POINTER
    return pointer.is_symlink() or pointer.exists()


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
            *(f"  {file['message']} Its digest begins with {file['sha256'][:DIGITS_OF_A_FILE]}." for file in refused),
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


def _clock(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone(LONDON):%a %-d %b %Y %H:%M}"


def _more(run: dict[str, Any]) -> str:
    refused = f", {len(run['refused'])} refused" if run["refused"] else ""
    files = f", {run['new_files']} new files{refused}" if run["new_files"] else ""
    why = ", ".join([*run["gates"], *([what_ended(run["error"])] if run["error"] else [])])
    return files + (f" ({why})" if why else "")
