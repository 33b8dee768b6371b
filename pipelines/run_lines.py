"""The lines of the history of runs, for pipelines and dashboard alike: whatever became of one, the others are read."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

RUNS = "runs.jsonl"
Line = dict[str, Any]
MOMENTS = ("started_at", "ended_at", "next_by")
OUTCOMES = ("published", "held_back", "failed", "cut_off")


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
