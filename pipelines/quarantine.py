"""What is held back of a feed, as a table its owner can correct and deliver again; nobody is named in it.

Identifiers of people are nowhere kept, so the owner finds a row by its file and row number. Their columns stand in the
table all the same, empty: filled in from the owner's own file, the table is itself a delivery.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipelines.dispositions import PASSES, condition
from pipelines.errors import InvolveError, WrongUseError
from pipelines.feed import Feed, Kind, discover
from pipelines.lock import locked
from pipelines.reading.moments import LONDON
from pipelines.run import WAREHOUSE
from pipelines.settings import Settings
from pipelines.suite import read_suite
from pipelines.warehouse import Warehouse

FINDING = ("file_name", "row_number", "reasons", "what_to_do")
RESOLVE_THEMSELVES = frozenset({"unknown_reference", "in_the_future"})
WAIT = "Nothing, if what it names or its day is still to come: it is tried again in every run. Else correct it."
CORRECT = "Correct it and deliver it again."
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class NothingToExportError(InvolveError):
    """There are no rows to look at yet; the message says what to do."""


class UnknownFeedError(WrongUseError):
    """There is no such feed; the message names those there are."""


def export(settings: Settings, name: str) -> tuple[str, int]:
    """The rows of the feed `name` that are held back, as CSV, and how many they are.

    Columns: file_name, row_number (1 is the row of headings), reasons, what_to_do, then those of the feed; what
    could not be read and what names a person is empty. Raises UnknownFeedError, NothingToExportError, DataFolderError.
    """
    feeds = {feed.name: feed for feed in discover()}
    if name not in feeds:
        raise UnknownFeedError(f"There is no feed '{name}'; the feeds are {', '.join(feeds)}.")
    path = settings.data / WAREHOUSE
    if not path.exists():
        raise NothingToExportError(f"Nothing was loaded into {settings.data} yet. Run: involve run --landing DIR")
    with (
        locked(settings.data),
        Warehouse(path, memory_limit=settings.memory_limit, threads=settings.threads, is_read_only=True) as warehouse,
    ):
        rows = held_back(warehouse, feeds[name])
    return as_csv(feeds[name], rows), len(rows)


def held_back(warehouse: Warehouse, feed: Feed) -> list[tuple[Any, ...]]:
    """The rows of `feed` that are held back: FINDING and its columns, in the order of files and rows."""
    if not warehouse.has_table("dispositions", feed.name):
        raise NothingToExportError(f"The rows of {feed.name} are not judged yet. Run: involve run --landing DIR")
    suite = [check for check in read_suite(feed) if check.holds_rows_back]
    alone = ", ".join(
        f"case when {condition(check)} then {_quoted(check.sentence)} end" for check in suite if PASSES[check.over] == 1
    )
    together = ", ".join(
        f"case when list_contains(fate.rules, {_quoted(check.rule)}) then {_quoted(check.sentence)} end"
        for check in suite
        if PASSES[check.over] > 1
    )
    cells = ", ".join("null" if column.kind.is_secret else f"entry.{column.name}" for column in feed.columns)
    rules = ", ".join(map(_quoted, sorted(RESOLVE_THEMSELVES)))
    return warehouse.rows(
        f"""select file.file_name, entry.row_number, concat_ws(' ', nullif(entry.untrue_alone, ''), {together}),
            case when list_has_all([{rules}], fate.rules) then {_quoted(WAIT)} else {_quoted(CORRECT)} end, {cells}
        from (select *, concat_ws(' ', {alone}) as untrue_alone from facts.{feed.name}) as entry
        inner join dispositions.{feed.name} as fate on entry.row_id = fate.row_id
        inner join ledger.file as file on fate.file_id = file.file_id
        where fate.disposition = 'quarantined' order by entry.row_id"""
    )


def as_csv(feed: Feed, rows: Iterable[Sequence[Any]]) -> str:
    """`rows` as held_back gives them, fit for a spreadsheet: no text of them is taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*FINDING, *(column.name for column in feed.columns)])
    kinds = [Kind.TEXT] * len(FINDING) + [column.kind for column in feed.columns]
    for file_name, row_number, reasons, *rest in rows:
        cells = (file_name, row_number, f"Not true of this row: {reasons}", *rest)
        writer.writerow([_cell(kind, cell) for kind, cell in zip(kinds, cells, strict=True)])
    return text.getvalue()


def write_csv(text: str, path: Path) -> None:
    """Puts what `export` gave into a file; a spreadsheet reads its accents right because of the mark it begins with."""
    try:
        path.write_text(text, encoding="utf-8-sig", newline="")
    except OSError as error:
        raise WrongUseError(f"{path} cannot be written: {error.strerror}.") from error


def _cell(kind: Kind, cell: object) -> str:
    if cell is None:
        return ""
    if kind is Kind.TIME and isinstance(cell, datetime):
        return _in_london(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA_STARTS) else text


def _in_london(moment: datetime) -> str:
    """A moment of UTC as a clock in London showed it; with its offset only where that clock showed it twice."""
    there = moment.replace(tzinfo=UTC).astimezone(LONDON)
    is_shown_twice = there.replace(fold=0).utcoffset() != there.replace(fold=1).utcoffset()
    return there.replace(tzinfo=LONDON if is_shown_twice else None).isoformat(sep=" ")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
