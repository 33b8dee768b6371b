"""The ledger: what was delivered, in which order, and what became of it. With the raw rows, the only state."""

from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines import tombstones
from pipelines.ledger_copy import Arrival, LedgerCopy, LedgerError, read_copy, write_copy
from pipelines.pseudonyms import Pseudonyms
from pipelines.settings import SettingsError
from pipelines.warehouse import Warehouse

LAST_FINISHED_RUN = "select coalesce(max(run_id), '') from ledger.run where finished_at is not null"
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
    tombstones.TABLE,
    "create table if not exists ledger.published_rows (run_id varchar, feed varchar, rows_loaded bigint)",
    "create table if not exists ledger.failed_gate (run_id varchar, sentence varchar)",
    """create table if not exists ledger.unread (
        feed varchar, file_name varchar, run_id varchar, primary key (feed, file_name)
    )""",
)


@dataclass(frozen=True)
class Entry:
    """What the ledger says of one file: `outcome` is loaded, refused or already_loaded, or unread: not entered."""

    feed: str
    file_name: str
    sha256: str
    outcome: str
    message: str
    rows_in: int

    @property
    def identity(self) -> tuple[str, str, str]:
        """What tells this file from every other."""
        return self.feed, self.file_name, self.sha256


def open_ledger(warehouse: Warehouse, pseudonyms: Pseudonyms) -> None:
    """Makes the ledger's tables and holds the key against the one used so far. Raises SettingsError."""
    check_key(warehouse, pseudonyms)
    for table in TABLES:
        warehouse.execute(table)
    if warehouse.value("select fingerprint from ledger.pseudonym_key") is None:
        warehouse.execute("insert into ledger.pseudonym_key values (?)", [pseudonyms.fingerprint()])


def check_key(warehouse: Warehouse, pseudonyms: Pseudonyms) -> None:
    """Raises SettingsError where `warehouse` was made with another key. Writes nothing."""
    if warehouse.has_table("ledger", "pseudonym_key"):
        must_be_the_key(warehouse.value("select fingerprint from ledger.pseudonym_key"), pseudonyms)


def must_be_the_key(key_id: str | None, pseudonyms: Pseudonyms) -> None:
    """Raises SettingsError where `key_id` is that of another key; None is nobody's yet."""
    if key_id not in (None, pseudonyms.fingerprint()):
        raise SettingsError(
            "The secret of the pseudonyms is not the one this data folder was made with: the same person would get "
            "two keys. Set the earlier one again, or use another data folder."
        )


def read_remembered(warehouse: Warehouse, path: Path, pseudonyms: Pseudonyms) -> LedgerCopy:
    """What the ledger's copy at `path` says; nothing where it is damaged and the warehouse knows the same.

    Raises LedgerError where it is damaged and the warehouse has seen no file, SettingsError where it is of another key.
    """
    try:
        copy = read_copy(path)
    except LedgerError:
        if warehouse.has_table("ledger", "file") and warehouse.value("select count(*) from ledger.file"):
            return LedgerCopy()
        raise
    must_be_the_key(copy.key_id, pseudonyms)
    return copy


def not_met(warehouse: Warehouse, remembered: LedgerCopy) -> tuple[Arrival, ...]:
    """The files that are `remembered` and that this warehouse has not seen."""
    known = set(warehouse.rows("select feed, file_name, sha256 from ledger.file"))
    return tuple(arrival for arrival in remembered.arrivals if arrival.identity not in known)


def save_copy(warehouse: Warehouse, path: Path, remembered: LedgerCopy) -> None:
    """Writes the ledger beside the warehouse; files that are `remembered` and were not met again stay in it."""
    met = [
        Arrival(*row)
        for row in warehouse.rows(
            """select feed, file_name, sha256, cast(first_seen_at as varchar), outcome, message, rows_in
            from ledger.file order by file_id"""
        )
    ]
    key_id = warehouse.value("select fingerprint from ledger.pseudonym_key")
    files = (*met, *not_met(warehouse, remembered))
    write_copy(path, LedgerCopy(key_id, files, tombstones.buried(warehouse)))


def keep_unread(warehouse: Warehouse, run_id: str, taken: Collection[str], unread: Iterable[Entry]) -> list[Entry]:
    """Enters which files of the feeds `taken` could not be read; gives those that no finished run has told of."""
    names = {(entry.feed, entry.file_name) for entry in unread}
    for feed, name in warehouse.rows("select feed, file_name from ledger.unread"):
        if feed in taken and (feed, name) not in names:
            warehouse.execute("delete from ledger.unread where feed = ? and file_name = ?", [feed, name])
    for feed, name in names:
        warehouse.execute("insert or ignore into ledger.unread values (?, ?, ?)", [feed, name, run_id])
    new = set(warehouse.rows(f"select feed, file_name from ledger.unread where run_id > ({LAST_FINISHED_RUN})"))
    return [entry for entry in unread if (entry.feed, entry.file_name) in new]


def since_last_finished_run(warehouse: Warehouse) -> list[Entry]:
    """What was entered since a run last came to its end: a run that was cut off told nobody what it refused."""
    rows = warehouse.rows(
        f"""select feed, file_name, sha256, outcome, message, rows_in from ledger.file
        where run_id > ({LAST_FINISHED_RUN}) order by file_id"""
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


def write(warehouse: Warehouse, file_id: int, run_id: str, entry: Entry, first_seen_at: datetime | None = None) -> None:
    """Enters one file, as first seen now unless it is known since when."""
    warehouse.execute(
        "insert into ledger.file values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [file_id, *astuple(entry), first_seen_at or _now(), run_id],
    )


def take_rows_off(warehouse: Warehouse, file_id: int, count: int) -> tuple[str, str]:
    """Lets a file have `count` rows fewer than were read, and its copies too; gives its name and its digest."""
    file = "select feed, file_name, sha256 from ledger.file where file_id = ?"
    feed, name, sha256 = warehouse.rows(file, [file_id])[0]
    copies = "feed = ? and sha256 = ? and outcome <> 'refused'"
    warehouse.execute(f"update ledger.file set rows_in = rows_in - ? where {copies}", [count, feed, sha256])
    return name, sha256


def begin_run(warehouse: Warehouse, run_id: str, as_at: date) -> None:
    """Enters a run that begins."""
    warehouse.execute("insert into ledger.run values (?, ?, ?, null, null)", [run_id, as_at, _now()])


def new_gates(warehouse: Warehouse, run_id: str, gates: Collection[str]) -> bool:
    """Enters the gates that failed in a run; whether any of them held in the last run that came to its end."""
    failed = warehouse.rows(f"select sentence from ledger.failed_gate where run_id = ({LAST_FINISHED_RUN})")
    for sentence in gates:
        warehouse.execute("insert into ledger.failed_gate values (?, ?)", [run_id, sentence])
    return bool(set(gates) - {sentence for (sentence,) in failed})


def keep_published_rows(warehouse: Warehouse, run_id: str) -> None:
    """Enters how many rows of each feed counted in a run whose figures are shown, for the next to be held against."""
    warehouse.execute(
        "insert into ledger.published_rows select ?, feed, rows_loaded from dispositions.feed_state", [run_id]
    )


def end_run(warehouse: Warehouse, run_id: str, *, is_published: bool) -> None:
    """Enters that a run came to its end, and whether the pointer moved to its snapshot."""
    warehouse.execute(
        "update ledger.run set finished_at = ?, is_published = ? where run_id = ?", [_now(), is_published, run_id]
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
