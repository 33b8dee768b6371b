"""Builds everything anew from the landing folder and the ledger, beside what there is; only the whole replaces it."""

import json
from datetime import date
from pathlib import Path

from pipelines.errors import InvolveError
from pipelines.feed import Feed
from pipelines.landing import look
from pipelines.ledger import must_be_the_key
from pipelines.ledger_copy import LEDGER, Arrival, LedgerCopy, Tombstone, read_copy
from pipelines.lock import REBUILDING, locked
from pipelines.pseudonyms import Pseudonyms
from pipelines.publish import PUBLISHED, snapshots
from pipelines.run import WAREHOUSE, Journey, Report, Tell, must_be_there
from pipelines.settings import Settings
from pipelines.tombstones import buried
from pipelines.warehouse import LayoutError, Warehouse, WarehouseError

# What tells one run from another, not what it found.
OF_THE_RUN = frozenset({"snapshot"})


class RebuildError(InvolveError):
    """Nothing was built and nothing was changed; the message says why and what to do."""


def rebuild(
    settings: Settings, as_at: date | None, *, today: date, is_without_missing: bool = False, tell: Tell
) -> Report:
    """Builds warehouse and snapshot anew, as at the newest snapshot's day unless another is given.

    Raises RebuildError and what a run raises; then the old warehouse and the old snapshot stand.
    """
    journey = Journey(settings, Pseudonyms(settings.secret()), as_at or _newest_day(settings.data) or today, tell)
    must_be_there(settings.landing)
    with locked(settings.data):
        remembered = _remembered(settings, journey.pseudonyms)
        missing = _missing(settings.landing, journey.feeds, remembered)
        if missing and not is_without_missing:
            raise RebuildError(
                "The ledger names files that are not in the landing folder as they were:\n"
                + "\n".join(f"  {words}" for words in missing.values())
                + "\nPut them back, or go on without them: involve rebuild --without-missing. Nothing was changed."
            )
        kept = tuple(arrival for arrival in remembered.arrivals if arrival not in missing)
        before = snapshots(settings.data / PUBLISHED)
        home = settings.data / REBUILDING
        home.mkdir()
        report = journey.go(
            [feed.name for feed in journey.feeds], home, LedgerCopy(remembered.key_id, kept, remembered.tombstones)
        )
        if not report.gates:
            _replace(settings.data, home)
        report.notes += _notes(settings, report, before, remembered, list(missing.values()))
    return report


def _remembered(settings: Settings, pseudonyms: Pseudonyms) -> LedgerCopy:
    """The ledger, and the tombstones of the old warehouse where it can still be read."""
    copy = read_copy(settings.data / LEDGER)
    must_be_the_key(copy.key_id, pseudonyms)
    return LedgerCopy(copy.key_id, copy.arrivals, tuple({*copy.tombstones, *_tombstones(settings)}))


def _tombstones(settings: Settings) -> tuple[Tombstone, ...]:
    path = settings.data / WAREHOUSE
    if not path.exists():
        return ()
    try:
        with Warehouse(path, memory_limit=settings.memory_limit, threads=1, is_read_only=True) as warehouse:
            return buried(warehouse) if warehouse.has_table("ledger", "forgotten") else ()
    except LayoutError:
        raise
    except WarehouseError:
        return ()  # a warehouse that cannot be read is what a rebuild is for; the ledger has the same tombstones


def _missing(landing: Path, feeds: tuple[Feed, ...], remembered: LedgerCopy) -> dict[Arrival, str]:
    """The files of the ledger that do not lie there as they were, each with what became of it in words."""
    names = [feed.name for feed in feeds]
    there: dict[tuple[str, str], str] = {}
    for delivery in look(landing, names, names).deliveries:
        try:
            there[delivery.feed, delivery.name] = delivery.sha256()
        except OSError as error:
            there[delivery.feed, delivery.name] = f"it cannot be read: {error.strerror}"
    missing = {}
    for arrival in remembered.arrivals:
        found = there.get((arrival.feed, arrival.file_name))
        if arrival.feed in names and found != arrival.sha256:
            what = "is no longer there" if found is None else "has changed since it was loaded"
            missing[arrival] = f"{arrival.feed}/{arrival.file_name} {what}"
    return missing


def _replace(data: Path, home: Path) -> None:
    """Puts the new warehouse and its ledger in the place of the old ones."""
    (data / f"{WAREHOUSE}.wal").unlink(missing_ok=True)  # of the old warehouse, which must not be played into the new
    (home / WAREHOUSE).replace(data / WAREHOUSE)
    (home / LEDGER).replace(data / LEDGER)
    home.rmdir()


def _newest_day(data: Path) -> date | None:
    """The day the newest snapshot stands at; None where there is none that says so."""
    for run_id in reversed(snapshots(data / PUBLISHED)):
        try:
            manifest = (data / PUBLISHED / run_id / "manifest.json").read_text(encoding="utf-8")
            return date.fromisoformat(json.loads(manifest)["as_at"])
        except (OSError, ValueError, KeyError):
            continue
    return None


def _notes(
    settings: Settings, report: Report, before: list[str], remembered: LedgerCopy, missing: list[str]
) -> tuple[str, ...]:
    notes = [f"Built without: {words}." for words in missing]
    if not remembered.arrivals:
        notes.append("There was no ledger: files were taken in the order of their names.")
    if before and report.snapshot:
        old, new = (_values(settings, folder) for folder in (settings.data / PUBLISHED / before[-1], report.snapshot))
        differ = ", ".join(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))
        notes.append(
            f"Not as in {before[-1]}: {differ}." if differ else f"Every published value is as in {before[-1]}."
        )
    return tuple(notes)


def _values(settings: Settings, folder: Path) -> dict[str, object]:
    """Of each published table how many rows it has and a digest of them all."""
    path = folder / "internal.duckdb"
    tables = "select table_name from information_schema.tables where table_schema = 'published'"
    with Warehouse(path, memory_limit=settings.memory_limit, threads=1, is_read_only=True) as snapshot:
        return {
            name: snapshot.rows(f"select count(*), sum(hash(entry)) from published.{name} as entry")
            for (name,) in snapshot.rows(tables)
            if name not in OF_THE_RUN
        }
