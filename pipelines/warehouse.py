"""The only opener of the warehouse file: row-level data, for the pipelines alone."""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import polars as pl

from pipelines.errors import InvolveError

FIRST_LAYOUT, LAYOUT = 1, 2
# How many rows DuckDB writes together; a group that is not full is written again when more rows come.
ROWS_IN_GROUP = 122_880
SCHEMAS = ("ledger", "raw", "resolved", "facts", "judged", "good", "settled", "dispositions", "validated")
STATE = ("ledger", "raw")
BUILT_SCHEMAS = ("staging", "marts", "indicators", "published", "checks", "views")

# What DuckDB says when something beneath it fails, and what a person is told; {name} is the file's.
FAILURES = {
    "No space left|quota exceeded|File too large": "The disk is full: {name} could not be written. What was published "
    "before stands. Make room and run again.",
    "Read-only file system|Permission denied": "{name} cannot be written: its folder is read-only, or belongs to "
    "somebody else.",
    "Input/output error": "The disk that holds {name} does not answer. What was published before stands.",
    "Corrupt database|not a valid DuckDB|enough bytes from file|deserialize|invalidated": "{name} is damaged. If it is "
    "the warehouse, build it anew from the landing folder and the ledger: involve rebuild",
    "Conflicting lock": "{name} is held by another program; try again when that has ended.",
    "Out of Memory": "There is not enough memory: allow more with INVOLVE_MEMORY_LIMIT (2GB, say), or work with fewer "
    "threads: INVOLVE_THREADS=1. What was published before stands.",
}


class WarehouseError(InvolveError):
    """The warehouse cannot be used; the message says why and what to do."""


class LayoutError(WarehouseError):
    """The warehouse is of a newer version, which this one would misread."""


class StorageError(WarehouseError):
    """The disk, the file or the memory failed, not a statement; the message says what to do."""


class QueryError(WarehouseError):
    """A statement failed; `line` is where in it, counted from 1. The message quotes no value."""

    def __init__(self, error: duckdb.Error) -> None:
        """`error` as DuckDB raised it; only what speaks of the statement itself is repeated."""
        speaks_of_statement = isinstance(
            error, duckdb.BinderException | duckdb.CatalogException | duckdb.ParserException
        )
        super().__init__(_first_line(error) if speaks_of_statement else f"{type(error).__name__} while it ran")
        place = re.search(r"^LINE (\d+):", str(error), re.MULTILINE)
        self.line = int(place[1]) if place else 1


class Warehouse:
    """An open warehouse. Use it as a context manager; one process at a time may hold it."""

    def __init__(self, path: Path, *, memory_limit: str, threads: int, is_read_only: bool = False) -> None:
        """Opens or creates the file at `path`. Raises WarehouseError."""
        options: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": memory_limit,
        }
        if threads:
            options["threads"] = threads
        try:
            self._connection = duckdb.connect(path, read_only=is_read_only, config=options)
        except duckdb.Error as error:
            words = failure(error, path.name) or f"{path.name} cannot be opened: {_first_line(error)}"
            raise WarehouseError(words) from error
        self._name = path.name
        self.execute("set global TimeZone = 'UTC'")
        self._must_be_of_this_version(is_read_only=is_read_only)
        if not is_read_only:
            self._prepare()

    def __enter__(self) -> "Warehouse":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def execute(self, sql: str, params: Sequence[object] | None = None) -> None:
        """Runs one statement for its effect."""
        with _told(self._name):
            self._connection.execute(sql, params)

    def rows(self, sql: str, params: Sequence[object] | None = None) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with _told(self._name):
            return self._connection.execute(sql, params).fetchall()

    def value(self, sql: str, params: Sequence[object] | None = None) -> Any:
        """The first cell of a query's first row; None when it has none."""
        # All rows are fetched: a half-read result would keep the connection from its next piece of work.
        rows = self.rows(sql, params)
        return rows[0][0] if rows else None

    def has_table(self, schema: str, name: str) -> bool:
        """Whether there is such a table or view."""
        return bool(
            self.value(
                "select count(*) from information_schema.tables where table_schema = ? and table_name = ?",
                [schema, name],
            )
        )

    def frame(self, sql: str, params: Sequence[object] | None = None) -> pl.DataFrame:
        """A query as a frame."""
        with _told(self._name):
            frame: pl.DataFrame = self._connection.sql(sql, params=params).pl()
        return frame

    def make(self, name: str, query: str, *, is_stored: bool) -> None:
        """Makes `name` a table, or a view where it is not stored, of the query, whichever of both it was before."""
        made, before = ("table", "view") if is_stored else ("view", "table")
        schema, bare = name.split(".")
        if self.value(
            f"select count(*) from duckdb_{before}s() where schema_name = ? and {before}_name = ?", [schema, bare]
        ):
            self.execute(f"drop {before} {name}")
        self.execute(f"create or replace {made} {name} as {query}")

    def replace_table(self, name: str, frame: pl.DataFrame) -> None:
        """Makes the table `name` hold exactly `frame`."""
        self._connection.register("lent_frame", _Stream(frame))
        try:
            self.execute(f"create or replace table {name} as select * from lent_frame")
        finally:
            self._connection.unregister("lent_frame")

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A further connection to the same open warehouse, for a library that wants its own."""
        return self._connection.cursor()

    @contextmanager
    def lending(self, name: str, frame: pl.DataFrame) -> Iterator[None]:
        """Lets SQL read `frame` under `name` for as long as the block runs."""
        self._connection.register(name, frame)
        try:
            yield
        finally:
            self._connection.unregister(name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block's changes, or none when it raises."""
        self.execute("begin transaction")
        try:
            yield
        except BaseException:
            # A warehouse whose file failed takes no more orders: nothing of the block is in it.
            with suppress(duckdb.Error):
                self._connection.execute("rollback")
            raise
        self.execute("commit")

    def drop_derived(self) -> None:
        """Removes everything that the next run derives anew; raw rows and the ledger stay."""
        for schema in {*SCHEMAS, *BUILT_SCHEMAS} - set(STATE):
            self.execute(f"drop schema {schema} cascade")
            self.execute(f"create schema {schema}")

    def drop_unclaimed(self, claimed: Collection[str]) -> None:
        """Removes what an earlier run built and nothing makes any more: its file was renamed or is gone."""
        for kind in ("view", "table"):
            for schema, name in self.rows(
                f"select schema_name, {kind}_name from duckdb_{kind}s() "
                "where database_name = current_database() and not internal order by all"
            ):
                if schema in BUILT_SCHEMAS and f"{schema}.{name}" not in claimed:
                    self.execute(f'drop {kind} {schema}."{name}"')

    def _prepare(self) -> None:
        for schema in (*SCHEMAS, *BUILT_SCHEMAS):
            self.execute(f"create schema if not exists {schema}")
        self.execute("create table if not exists ledger.layout (version integer)")
        if self.value("select count(*) from ledger.layout") == 0:
            self.execute("insert into ledger.layout values (?)", [LAYOUT])

    def _layout(self) -> int:
        """The version of the layout this file has; one that was never written down is the first."""
        if self.has_table("ledger", "layout"):
            version = self.value("select max(version) from ledger.layout")
            return LAYOUT if version is None else int(version)
        return FIRST_LAYOUT if self.has_table("ledger", "file") else LAYOUT

    def _must_be_of_this_version(self, *, is_read_only: bool) -> None:
        """Raises LayoutError where the file would be misread: it is of a newer version, or is to be written as older.

        What is older may be looked into: a rebuild takes from it who was forgotten.
        """
        layout = self._layout()
        if layout == LAYOUT or (is_read_only and layout < LAYOUT):
            return
        self._connection.close()
        if layout > LAYOUT:
            raise LayoutError(
                f"{self._name} was written by a newer version of involve (layout {layout}, this one knows {LAYOUT}). "
                "Use that version; nothing was changed."
            )
        raise WarehouseError(
            f"{self._name} was written by an older version of involve (layout {layout}, this one writes {LAYOUT}). "
            "Build it anew from the landing folder and the ledger: involve rebuild"
        )


class _Stream:
    """A frame as DuckDB reads it by itself: given the frame it would import PyArrow, and that NumPy, both slowly."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


@contextmanager
def held_alone(*paths: Path) -> Iterator[bool]:
    """Whether no other process has any of these files open; while the block runs, none can open them either."""
    with ExitStack() as held:
        try:
            for path in paths:
                held.enter_context(duckdb.connect(path))
        except duckdb.Error as error:
            # What is damaged is not being read; what is open elsewhere is.
            yield not re.search("lock|different configuration", str(error))
        else:
            yield True


def rewrite(path: Path) -> None:
    """Writes the warehouse at `path`, which nobody has open, anew: what was deleted from it is in no byte any more.

    Killed half way, the old file stays.
    """
    new = path.with_suffix(".rewritten")
    new.unlink(missing_ok=True)
    old_place, new_place = (str(place).replace("'", "''") for place in (path, new))
    try:
        with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
            connection.execute(f"attach '{old_place}' as old_file")
            connection.execute(f"attach '{new_place}' as new_file")
            connection.execute("copy from database old_file to new_file")
    except duckdb.Error as error:
        new.unlink(missing_ok=True)
        words = failure(error, path.name) or f"{path.name} cannot be written anew: {_first_line(error)}"
        raise WarehouseError(words) from error
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    new.replace(path)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Tells what DuckDB raises in our words; `name` is the file's."""
    try:
        yield
    except duckdb.Error as error:
        if words := failure(error, name):
            raise StorageError(words) from error
        raise QueryError(error) from error
    except RuntimeError as error:
        # Somebody pressed control and C while a query ran.
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from error
        raise


def failure(error: Exception, name: str) -> str | None:
    """What failed beneath a statement, and what to do, where the error of DuckDB tells of such a thing."""
    for sign, words in FAILURES.items():
        if re.search(sign, str(error)):
            return words.format(name=name)
    return None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
