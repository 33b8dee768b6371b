"""Takes delivered files into the raw tables: one file, one ledger entry, one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import polars as pl

from pipelines import ledger
from pipelines.cells import parsed_columns, stored_columns, unreadable_text
from pipelines.feed import FEEDS_ROOT, Column, Feed
from pipelines.landing import Delivery
from pipelines.ledger_copy import Arrival
from pipelines.pseudonyms import Pseudonyms
from pipelines.reading import Table, UnreadableFileError, read_table
from pipelines.reading.headings import ColumnMap, Matched, known_and_others, match, named, read_column_map
from pipelines.reading.table import IS_RAGGED, ROW_NUMBER
from pipelines.suite import file_alone_condition, read_suite
from pipelines.tombstones import leave_out
from pipelines.warehouse import ROWS_IN_GROUP, Warehouse

ROWS_IN_A_FILE = 2**32


@dataclass(frozen=True)
class Loader:
    """What every file of a run is loaded with. `refuse_above` gives a feed's largest share of bad rows (0..1).

    `forgotten` are the marks of keys whose rows are left out. `remembered` are files of a warehouse that was lost: what
    was decided of one when it was first read still stands.
    """

    warehouse: Warehouse
    pseudonyms: Pseudonyms
    run_id: str
    refuse_above: Callable[[str], float]
    column_maps: Path = FEEDS_ROOT
    forgotten: frozenset[str] = frozenset()
    remembered: Mapping[tuple[str, str, str], Arrival] = field(default_factory=dict)

    def load(self, feed: Feed, delivery: Delivery) -> ledger.Entry | None:
        """Loads one file and enters it in the ledger; None when it was dealt with in an earlier run.

        Raises OSError when the file cannot be read at all; then nothing is entered, and the next run tries again.
        """
        sha256 = delivery.sha256()
        if ledger.is_known(self.warehouse, feed.name, delivery.name, sha256):
            return None
        entry = ledger.Entry(feed.name, delivery.name, sha256, "loaded", "", 0)
        file_id = ledger.next_file_id(self.warehouse)
        before = self._remembered(entry)
        if before is not None and before.outcome == "refused":
            return self._enter(
                file_id, replace(entry, outcome="refused", message=before.message, rows_in=before.rows_in)
            )
        earlier = self._loaded_before(feed, delivery, sha256)
        if earlier is not None:
            name, rows_in = earlier
            message = f"The same bytes were loaded before as {name}."
            return self._enter(file_id, replace(entry, outcome="already_loaded", message=message, rows_in=rows_in))
        try:
            with self.warehouse.transaction():
                loaded = self._take_in(feed, delivery, file_id, entry)
                _must_be_unchanged(delivery, sha256)
                return self._enter(file_id, loaded)
        except _RefusedError as refused:
            # A file that is still being copied into the folder looks broken: it is not judged by its first half.
            _must_be_unchanged(delivery, sha256)
            message = f"{feed.name}/{delivery.name} is refused: {refused}."
            return self._enter(file_id, replace(entry, outcome="refused", message=message, rows_in=refused.rows_in))

    def _loaded_before(self, feed: Feed, delivery: Delivery, sha256: str) -> tuple[str, int] | None:
        """Name and rows of a file with the same bytes, whose name does not say anything else where names speak."""
        said = feed.said_by_name(delivery.name)
        earlier = ledger.loaded_under(self.warehouse, feed.name, sha256)
        return next((file for file in earlier if said is None or feed.said_by_name(file[0]) == said), None)

    def _enter(self, file_id: int, entry: ledger.Entry) -> ledger.Entry:
        before = self._remembered(entry)
        first_seen_at = datetime.fromisoformat(before.first_seen_at) if before else None
        ledger.write(self.warehouse, file_id, self.run_id, entry, first_seen_at)
        return entry

    def _remembered(self, entry: ledger.Entry) -> Arrival | None:
        return self.remembered.get((entry.feed, entry.file_name, entry.sha256))

    def _take_in(self, feed: Feed, delivery: Delivery, file_id: int, entry: ledger.Entry) -> ledger.Entry:
        column_map = read_column_map(feed, self.column_maps)
        try:
            table = (feed.reader or read_table)(delivery.path)
        except UnreadableFileError as error:
            raise _RefusedError(f"{error.wrong}; no headings could be read; {error.advice}") from error
        found = known_and_others(feed, table.headings, column_map)
        try:
            matched = match(feed, table.headings, column_map)
        except UnreadableFileError as error:
            raise _RefusedError(f"{error.wrong}; {found}; {error.advice}", _readable_rows(table)) from error
        try:
            rows_in = self._take_rows(feed, file_id, table, matched, column_map)
        except UnreadableFileError as error:
            raise _RefusedError(f"{error.wrong}; {found}; {error.advice}") from error
        if self._remembered(entry) is None:
            self._refuse_if_mostly_bad(feed, file_id, rows_in)
        remarks = list(table.remarks)
        if matched.ignored and not feed.has_more_columns:
            remarks.append(f"Columns this feed does not know were ignored and not stored: {named(matched.ignored)}.")
        return replace(entry, rows_in=rows_in, message=" ".join(remarks))

    def _take_rows(self, feed: Feed, file_id: int, table: Table, matched: Matched, column_map: ColumnMap) -> int:
        is_empty, rows_in = True, 0
        # Only the columns that are kept are gathered: a file may have ten thousand others.
        cells = [f"c{place}" for place in sorted(set(matched.places.values()))]
        kept = (chunk.select(ROW_NUMBER, IS_RAGGED, *cells) for chunk in table.chunks)
        for rows in in_row_groups(kept):
            is_empty = False
            rows_in += self._store(feed, file_id, rows, matched, column_map)
        if is_empty:
            raise UnreadableFileError("it holds a row of headings and no rows", "deliver it again with the rows")
        return rows_in

    def _store(self, feed: Feed, file_id: int, rows: pl.DataFrame, matched: Matched, column_map: ColumnMap) -> int:
        """Puts rows into the raw table; gives how many of them are kept."""
        text = rows.select(
            pl.col(ROW_NUMBER, IS_RAGGED), *(self._text(column, rows, matched) for column in feed.columns)
        )
        parsed = ", ".join(
            sql for column in feed.columns for sql in parsed_columns(column, month_first=column_map.month_first)
        )
        text = leave_out(feed, text, self.pseudonyms, self.forgotten)
        columns = ", ".join(stored_columns(feed))
        with self.warehouse.lending("text_of_chunk", text):
            unreadable = self.warehouse.frame(
                f"select {ROW_NUMBER}, unreadable from (select {ROW_NUMBER}, {parsed}, "
                f"{unreadable_text(feed)} as unreadable from text_of_chunk) where unreadable is not null"
            )
            digests = unreadable.with_columns(self.pseudonyms.of_unreadable(unreadable["unreadable"]))
            with self.warehouse.lending("unreadable_of_chunk", digests):
                self.warehouse.execute(
                    f"insert into raw.{feed.name} (row_id, file_id, {ROW_NUMBER}, {IS_RAGGED}, unreadable, {columns}) "
                    f"select ? * {ROWS_IN_A_FILE} + {ROW_NUMBER}, ?, {ROW_NUMBER}, {IS_RAGGED}, unreadable, {columns} "
                    f"from (select {ROW_NUMBER}, {IS_RAGGED}, {parsed} from text_of_chunk) "
                    f"left join unreadable_of_chunk using ({ROW_NUMBER})",
                    [file_id, file_id],
                )
        return text.height

    def _text(self, column: Column, chunk: pl.DataFrame, matched: Matched) -> pl.Series:
        if column.name not in matched.places:
            return pl.repeat(None, chunk.height, dtype=pl.String, eager=True).alias(column.name)
        cells = chunk[f"c{matched.places[column.name]}"]
        if column.kind.is_secret:
            cells = self.pseudonyms.of(column.kind, cells)
        return cells.alias(column.name)

    def _refuse_if_mostly_bad(self, feed: Feed, file_id: int, rows_in: int) -> None:
        """Decided once, when the file is first read, by the rules that this file alone can decide."""
        condition = file_alone_condition(feed, read_suite(feed))
        bad = self.warehouse.value(
            f"select count(*) from raw.{feed.name} where file_id = ? and ({condition})", [file_id]
        )
        # Rounded: 29 of 100 are not more than 0.29 of them, but 0.29 * 100 is 28.999999999999996.
        if bad > round(self.refuse_above(feed.name) * rows_in, 6):
            share = f"{bad} of its {rows_in} rows"
            raise _RefusedError(
                f"{share} break a rule, too many to trust the rest; correct it and deliver it again", rows_in
            )


def in_row_groups(chunks: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The rows of the chunks, all but the last frame whole row groups: others the warehouse would write twice."""
    waiting = pl.DataFrame()
    for chunk in chunks:
        waiting = pl.concat([waiting, chunk]) if waiting.width else chunk
        whole = waiting.height - waiting.height % ROWS_IN_GROUP
        if whole:
            yield waiting[:whole]
            waiting = waiting[whole:]
    if not waiting.is_empty():
        yield waiting


class _RefusedError(Exception):
    """A file is refused whole; `rows_in` is what could be read of it."""

    def __init__(self, why: str, rows_in: int = 0) -> None:
        super().__init__(why)
        self.rows_in = rows_in


def _readable_rows(table: Table) -> int:
    try:
        return sum(chunk.height for chunk in table.chunks)
    except UnreadableFileError:
        return 0


def _must_be_unchanged(delivery: Delivery, sha256: str) -> None:
    if delivery.sha256() != sha256:
        raise OSError("it changed while it was read")


def make_raw_tables(warehouse: Warehouse, feeds: tuple[Feed, ...]) -> None:
    """Makes the raw table of every feed that has none yet."""
    for feed in feeds:
        columns = ", ".join(f"{name} {sql_type}" for name, sql_type in stored_columns(feed).items())
        warehouse.execute(
            f"create table if not exists raw.{feed.name} "
            f"(row_id bigint, file_id integer, {ROW_NUMBER} bigint, {IS_RAGGED} boolean, unreadable varchar, {columns})"
        )


def load_all(loader: Loader, feeds: tuple[Feed, ...], deliveries: tuple[Delivery, ...]) -> Iterator[ledger.Entry]:
    """Loads the deliveries in their order; yields what became of each that is new. A file that fails harms no other."""
    by_name = {feed.name: feed for feed in feeds}
    for delivery in deliveries:
        try:
            entry = loader.load(by_name[delivery.feed], delivery)
        except OSError as error:
            entry = unread(delivery.feed, delivery.name, error)
        if entry is not None:
            yield entry


def unread(feed: str, name: str, error: OSError) -> ledger.Entry:
    """What is told of a file, or of the whole folder of a feed where `name` is empty, that could not be read."""
    advice = "; give whoever runs involve the right to read it" if isinstance(error, PermissionError) else ""
    why = f"{feed}/{name} could not be read and will be tried again: {error.strerror or error}{advice}."
    return ledger.Entry(feed, name, "", "unread", why, 0)
