"""What became of the runs, as they left it beside the snapshots: also of those that published nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dashboard.access import Role, Scope

FILE = "runs.jsonl"
READERS: frozenset[Role] = frozenset({"admin"})
Run = dict[str, Any]


def runs(scope: Scope, published: Path, last: int = 100) -> list[Run]:
    """The `last` runs, the latest first, for those who look after the dashboard; nothing for others.

    Keys: outcome, started_at, ended_at, next_by (ISO 8601, UTC), run_id, as_at, new_files, refused, gates, error.
    """
    return newest(published, last) if scope.role in READERS else []


def newest(published: Path, last: int) -> list[Run]:
    """The same without a reader, for the server itself; `published` lies in the data folder, beside the history."""
    path = published.parent / FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [run for line in reversed(lines[-last:]) for run in _read(line)]


def _read(line: str) -> Iterator[Run]:
    """The run of a line; a line that was cut off in the middle says nothing."""
    try:
        run = json.loads(line)
    except ValueError:
        return
    if isinstance(run, dict):
        yield run
