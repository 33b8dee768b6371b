"""The lines of the history of runs, for pipelines and dashboard alike: whatever became of one, the others are read."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

RUNS = "runs.jsonl"
Line = dict[str, Any]
MOMENTS = ("started_at", "ended_at", "next_by")
OUTCOMES = ("published", "held_back", "failed", "cut_off")
# By the kind of error, or by the schedule's word for how a process ended.
WHAT_ENDED = {
    "BalanceError": "rows that were read and rows that were judged do not add up",
    "BusyError": "another run was at work",
    "CheckError": "the checks could not be carried out, or their counts do not agree",
    "ColumnMapError": "a file of local headings cannot be used",
    "DataFolderError": "the data folder could not be written",
    "KeyboardInterrupt": "somebody stopped it",
    "LandingError": "the landing folder could not be read",
    "LayoutError": "the warehouse is of a newer version",
    "LedgerError": "the ledger cannot be read",
    "ManyViewsError": "SQL files cannot be used",
    "QueryError": "a statement failed",
    "StatusError": "the snapshot that is shown cannot be read",
    "StorageError": "the disk, the warehouse's file or the memory did not hold",
    "SuiteError": "a file of checks cannot be used",
    "ViewError": "an SQL file cannot be used",
    "WarehouseError": "the warehouse cannot be used",
    "not_possible_for_now": "landing folder or data folder could not be used, however often it was tried",
    "was_killed": "it was killed, or the machine went down",
    "wrong_use": "a setting cannot be used",
}


def read_lines(data: Path, last: int) -> tuple[list[Line], int]:
    """The records among the `last` lines, the earliest first, and how many of those lines are none."""
    try:
        text = (data / RUNS).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return [], 0
    lines = text.split("\n")[:-1] if text.endswith("\n") else text.split("\n")
    read = [_read(line) for line in lines[-last:] if line]
    found = [record for record in read if record is not None]
    return found, len(read) - len(found)


def what_ended(error: str) -> str:
    """What ended a run, in words; `error` as the history has it."""
    signal = re.fullmatch(r"ended_by_signal_(\d+)", error)
    if signal:
        return f"it was killed, by signal {signal[1]}"
    return WHAT_ENDED.get(error, f"an error nobody foresaw, {error.replace('_', ' ')}")


def _read(line: str) -> Line | None:
    """The record of a line; None for one that was cut off in the middle, damaged, or of something else."""
    try:
        record = json.loads(line)
        return record if isinstance(record, dict) and _is_whole(record) else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _is_whole(record: Line) -> bool:
    moments = [datetime.fromisoformat(record[name]) for name in MOMENTS]
    return (
        all(moment.tzinfo for moment in moments)
        and record["outcome"] in OUTCOMES
        and isinstance(record.get("new_files", 0), int)
        and all(isinstance(record.get(name, ""), str) for name in ("run_id", "error"))
        and all(isinstance(gate, str) for gate in record["gates"])
        and all(isinstance(word, str) for feed, file in record["refused"] for word in (feed, file))
    )
