"""Publishes: an immutable folder for each run, one DuckDB file for each edition, a pointer that moves atomically."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipelines.dictionary import DICTIONARY
from pipelines.headers import Header
from pipelines.made_tables import analysed
from pipelines.views import View
from pipelines.warehouse import Warehouse

EDITIONS = ("internal", "board")
PUBLISHED = "published"
POINTER = "current"
BUILDING = ".building-"
REMOVED = ".removed-"
HELD_BACK = "held-back"
RUN_ID = "%Y%m%d-%H%M%S"
VERSIONS_OF = ("duckdb", "polars", "great_expectations", "sqlglot", "involvement-dashboard")


def next_run_id(published: Path, last_run: str | None, now: datetime) -> str:
    """A run id later than every earlier one, whatever the clock says."""
    last = max([*snapshots(published), *snapshots(published / HELD_BACK), last_run or ""])
    wanted = now.astimezone(UTC).strftime(RUN_ID)
    if wanted > last:
        return wanted
    return (datetime.strptime(last, RUN_ID) + timedelta(seconds=1)).strftime(RUN_ID)


def snapshots(folder: Path) -> list[str]:
    """The run ids of the snapshots in `folder`, the earliest first."""
    return sorted(entry.name for entry in folder.iterdir() if _is_run_id(entry.name)) if folder.is_dir() else []


def clear_unfinished(published: Path) -> None:
    """Removes what a run that was ended in the middle left behind; no reader sees it."""
    for name in (f"{BUILDING}*", f"{REMOVED}*", f"{HELD_BACK}/{REMOVED}*"):
        for folder in published.glob(name):
            shutil.rmtree(folder)
    for pointer in published.glob(f".{POINTER}-*"):
        pointer.unlink()


def begin(published: Path, run_id: str) -> None:
    """Makes the folder in which the snapshot of a run is put together; readers are told of it while it stands."""
    (published / f"{BUILDING}{run_id}").mkdir(parents=True)


def publish(
    warehouse: Warehouse, views: Iterable[View], published: Path, manifest: dict[str, Any], *, is_gated: bool
) -> Path:
    """Writes the snapshot of the run named in `manifest` and moves the pointer to it.

    Where a gate failed the snapshot is kept aside under held-back/ and the pointer stays. Returns the folder.
    """
    run_id = str(manifest["run_id"])
    folder = published / f"{BUILDING}{run_id}"
    folder.mkdir(parents=True, exist_ok=True)
    tables = _tables(views)
    rows = {edition: _write_edition(warehouse, folder / f"{edition}.duckdb", edition, tables) for edition in EDITIONS}
    files = {path.name: sha256(path) for path in sorted(folder.iterdir())}
    finished = {
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rows": rows,
        "sha256": files,
        "versions": {name: version(name) for name in VERSIONS_OF},
    }
    text = json.dumps(manifest | finished, indent=1, ensure_ascii=False, default=str)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
    for path in (*folder.iterdir(), folder):
        sync(path)
    home = published / HELD_BACK if is_gated else published
    home.mkdir(exist_ok=True)
    final = home / run_id
    folder.rename(final)
    sync(home)
    if not is_gated:
        move_pointer(published, run_id)
    return final


def move_pointer(published: Path, run_id: str) -> None:
    """Lets `published/current` name `run_id`, at one moment: a relative link, or a text file where links fail."""
    new = published / f".{POINTER}-{run_id}"
    new.unlink(missing_ok=True)
    try:
        new.symlink_to(run_id, target_is_directory=True)
    except (OSError, NotImplementedError):
        new.write_text(run_id + "\n", encoding="utf-8")
    new.replace(published / POINTER)
    sync(published)


def _tables(views: Iterable[View]) -> dict[str, tuple[str, ...]]:
    """Each published table with the editions it goes to."""
    of_views = {
        view.name: view.header.editions
        for view in views
        if view.layer == "published" and isinstance(view.header, Header) and view.header.editions
    }
    return of_views | dict.fromkeys((*analysed(), *DICTIONARY), EDITIONS)


def _write_edition(
    warehouse: Warehouse, path: Path, edition: str, tables: dict[str, tuple[str, ...]]
) -> dict[str, int]:
    """One edition's file: only its own rows ever stand in it."""
    place = str(path).replace("'", "''")
    warehouse.execute(f"attach '{place}' as edition_file")
    try:
        warehouse.execute("create schema edition_file.published")
        rows = {}
        for name, editions in sorted(tables.items()):
            if edition in editions:
                target = f"edition_file.published.{name}"
                warehouse.execute(
                    f"create table {target} as select * exclude (edition) from published.{name} "
                    "where edition = ? order by all",
                    [edition],
                )
                rows[name] = int(warehouse.value(f"select count(*) from {target}"))
    finally:
        warehouse.execute("detach edition_file")
    return rows


def _is_run_id(name: str) -> bool:
    try:
        datetime.strptime(name, RUN_ID)
    except ValueError:
        return False
    return True


def sha256(path: Path) -> str:
    """Digest of a file's bytes, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Makes sure that what was written outlives a power cut. Folders cannot be synced on Windows."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
