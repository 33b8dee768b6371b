"""The ledger: what was delivered, in which order, and what became of it. With the raw rows, the only state."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from pipelines.errors import InvolveError
from pipelines.landing import Delivery
from pipelines.pseudonyms import Pseudonyms
from pipelines.settings import SettingsError
from pipelines.warehouse import Warehouse

COPY_SCHEMA = dict.fromkeys(("feed", "file_name", "sha256", "first_seen_at"), pl.String)
TABLES = (
    """create table if not exists ledger.file (
        file_id integer primary key,
        feed varchar not null,
        file_name varchar not null,
        sha256 varchar not null,
        outcome varchar not null,
        message varchar not null,
        rows_in bigint not null,
        first_seen_at timestamp not null,
        run_id varchar not null,
        unique (feed, file_name, sha256)
    )""",
    "create table if not exists ledger.pseudonym_key (fingerprint varchar not null)",
    """create table if not exists ledger.run (
        run_id varchar primary key,
        as_at date not null,
        started_at timestamp not null,
        finished_at timestamp,
        is_published boolean
    )""",
    """create table if not exists ledger.remembered (
        position integer, feed varchar, file_name varchar, sha256 varchar, first_seen_at timestamp
    )""",
)


class LedgerError(InvolveError):
    """The ledger cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Entry:
    """What the ledger says of one file: `outcome` is loaded, refused or already_loaded."""

    feed: str
    file_name: str
    sha256: str
    outcome: str
    message: str
    rows_in: int


def open_ledger(warehouse: Warehouse, pseudonyms: Pseudonyms) -> None:
    """Makes the ledger's tables and holds the key against the one used so far. Raises SettingsError."""
    for table in TABLES:
        warehouse.execute(table)
    used = warehouse.value("select fingerprint from ledger.pseudonym_key")
    if used is None:
        warehouse.execute("insert into ledger.pseudonym_key values (?)", [pseudonyms.fingerprint()])
    elif used != pseudonyms.fingerprint():
        raise SettingsError(
            "The secret of the pseudonyms is not the one this data folder was made with: the same person would get "
            "two keys. Set the earlier one again, or use another data folder."
        )


def remember(warehouse: Warehouse, copy: Path) -> None:
    """Takes the order and the days of arrival from the ledger's copy into a warehouse that has seen no file yet.

    So a warehouse that was lost is built anew from the landing folder as it was, later files superseding earlier ones.
    """
    if not copy.exists() or warehouse.value("select count(*) from ledger.file"):
        return
    try:
        lines = copy.read_text(encoding="utf-8").splitlines()
        rows = [{name: str(json.loads(line)[name]) for name in COPY_SCHEMA} for line in lines]
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError(
            f"{copy.name} is damaged, and the warehouse that knew the same is gone. Restore one of the two, or move "
            f"{copy.name} aside: then files are taken in the order of their names."
        ) from error
    remembered = pl.DataFrame(rows, schema=COPY_SCHEMA).with_row_index("position")
    with warehouse.lending("copy", remembered):
        warehouse.execute("delete from ledger.remembered")
        warehouse.execute(
            "insert into ledger.remembered select position, feed, file_name, sha256, "
            "cast(first_seen_at as timestamp) from copy"
        )


def by_arrival(warehouse: Warehouse, deliveries: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """The deliveries in the order in which they once arrived, those that are new after them in the order given."""
    seen = warehouse.rows("select feed, file_name, max(position) from ledger.remembered group by all")
    position = {(feed, name): place for feed, name, place in seen}
    return tuple(sorted(deliveries, key=lambda file: position.get((file.feed, file.name), len(seen) + 2**32)))


def save_copy(warehouse: Warehouse, copy: Path) -> None:
    """Writes which files arrived when, in their order, beside the warehouse: with the landing folder enough for all."""
    files = warehouse.frame("select * from ledger.file order by file_id").select(
        *(pl.col(name).cast(pl.String) for name in COPY_SCHEMA)
    )
    new = copy.with_suffix(".new")
    new.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in files.to_dicts()), encoding="utf-8")
    new.replace(copy)


def since_last_finished_run(warehouse: Warehouse) -> list[Entry]:
    """What was entered since a run last came to its end: a run that was cut off told nobody what it refused."""
    rows = warehouse.rows(
        """select feed, file_name, sha256, outcome, message, rows_in from ledger.file
        where run_id > coalesce((select max(run_id) from ledger.run where finished_at is not null), '')
        order by file_id"""
    )
    return [Entry(*row) for row in rows]


def next_file_id(warehouse: Warehouse) -> int:
    """The number of the next file; files are numbered in the order in which they were processed."""
    return int(warehouse.value("select coalesce(max(file_id), 0) + 1 from ledger.file"))


def is_known(warehouse: Warehouse, feed: str, file_name: str, sha256: str) -> bool:
    """Whether this very file was dealt with before."""
    found = warehouse.value(
        "select count(*) from ledger.file where feed = ? and file_name = ? and sha256 = ?", [feed, file_name, sha256]
    )
    return bool(found)


def loaded_under(warehouse: Warehouse, feed: str, sha256: str) -> list[tuple[str, int]]:
    """The names under which the same bytes were loaded before, and how many rows they hold."""
    rows = warehouse.rows(
        "select file_name, rows_in from ledger.file where feed = ? and sha256 = ? and outcome = 'loaded' "
        "order by file_id",
        [feed, sha256],
    )
    return [(name, int(rows_in)) for name, rows_in in rows]


def write(warehouse: Warehouse, file_id: int, run_id: str, entry: Entry) -> None:
    """Enters one file."""
    warehouse.execute(
        """insert into ledger.file select ?, ?, ?, ?, ?, ?, ?, coalesce((
            select first_seen_at from ledger.remembered where feed = ? and file_name = ? and sha256 = ?
        ), ?), ?""",
        [
            file_id,
            entry.feed,
            entry.file_name,
            entry.sha256,
            entry.outcome,
            entry.message,
            entry.rows_in,
            entry.feed,
            entry.file_name,
            entry.sha256,
            _now(),
            run_id,
        ],
    )


def begin_run(warehouse: Warehouse, run_id: str, as_at: date) -> None:
    """Enters a run that begins."""
    warehouse.execute("insert into ledger.run values (?, ?, ?, null, null)", [run_id, as_at, _now()])


def end_run(warehouse: Warehouse, run_id: str, *, is_published: bool) -> None:
    """Enters that a run came to its end, and whether the pointer moved to its snapshot."""
    warehouse.execute(
        "update ledger.run set finished_at = ?, is_published = ? where run_id = ?", [_now(), is_published, run_id]
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
