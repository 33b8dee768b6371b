"""`/health`, for the machines that watch over this one: ready, stale or not ready, and nothing that is secret."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse

from dashboard.access import scope_of_role
from dashboard.run_history import newest
from dashboard.store import SnapshotError, Store, current, is_published
from pipelines.settings import Settings, load

RUNS_LOOKED_AT = 50


def answer(_: Request) -> JSONResponse:
    """200 with a snapshot that can be read, `stale` where the run after it is overdue; else 503."""
    found = state(load(), datetime.now(UTC))
    return JSONResponse(found, 503 if found["status"] == "not_ready" else 200, {"Cache-Control": "no-store"})


def state(settings: Settings, now: datetime) -> dict[str, object]:
    """Keys: status (`ready`, `stale`, `not_ready`), snapshot, newest_run (outcome, ended_at), next_run_by.

    What nothing vouches for, a snapshot without a run in the history, is stale.
    """
    published = settings.data / "published"
    runs = newest(published, RUNS_LOOKED_AT)
    next_by = next((str(run["next_by"]) for run in runs if run["outcome"] == "published"), None)
    snapshot = settings.snapshot or current(published)
    is_late = next_by is None or datetime.fromisoformat(next_by) < now
    return {
        "status": "not_ready" if not _is_readable(settings, snapshot) else "stale" if is_late else "ready",
        "snapshot": snapshot,
        "newest_run": {name: runs[0][name] for name in ("outcome", "ended_at")} if runs else None,
        "next_run_by": next_by,
    }


def _is_readable(settings: Settings, snapshot: str | None) -> bool:
    published = settings.data / "published"
    if snapshot is None or not is_published(published, snapshot):
        return False
    try:
        return all(Store(published, snapshot).snapshot(scope_of_role(role)).height for role in ("executive", "analyst"))
    except SnapshotError:
        return False
