"""What became of the runs, as they left it beside the snapshots: also of those that published nothing."""

from pathlib import Path

from dashboard.access import Role, Scope
from pipelines.run_lines import RUNS as FILE
from pipelines.run_lines import Line as Run
from pipelines.run_lines import read_lines, what_ended

__all__ = ["FILE", "READERS", "Run", "newest", "runs", "what_ended"]
READERS: frozenset[Role] = frozenset({"admin"})


def runs(scope: Scope, published: Path, last: int = 100) -> list[Run]:
    """The `last` runs, the latest first, for those who look after the dashboard; nothing for others.

    Keys: outcome, started_at, ended_at, next_by (ISO 8601, UTC), run_id, as_at, new_files, refused, gates, error.
    """
    return newest(published, last) if scope.role in READERS else []


def newest(published: Path, last: int) -> list[Run]:
    """The same without a reader, for the server itself; `published` lies in the data folder, beside the history."""
    return read_lines(published.parent, last)[0][::-1]
