"""CSV: UTF-8 with or without BOM or UTF-16 with BOM; comma, semicolon or tab."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import polars as pl

from pipelines.reading.table import IS_RAGGED, ROW_NUMBER, Table, UnreadableFileError, is_missing, tidy

SEPARATORS = (",", ";", "\t")
BLANK = ' \r\n"' + "".join(SEPARATORS)
ROWS_IN_CHUNK = 100_000
CELLS_IN_CHUNK = 10_000_000
# Characters; Python's own limit would take a long note for a broken quote.
LONGEST_CELL = 2**24
BROKEN: list[str] = []


class Lines:
    """Lines of a file that can be taken back to where the record at hand began, or to just after its first line."""

    def __init__(self, source: Iterable[str]) -> None:
        """`source` yields lines with their line ends."""
        self._source = iter(source)
        self._waiting: list[str] = []
        self._record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else next(self._source)
        if "\0" in line:
            raise UnreadableFileError("it holds NUL bytes, so it is not text", "export it again as 'CSV UTF-8'")
        self._record.append(line)
        return line

    def begin_record(self) -> None:
        """What was read so far is done with."""
        self._record.clear()

    def give_back(self, *, all_but: int) -> None:
        """The lines of the record at hand are to be read again, `all_but` its first ones."""
        self._waiting.extend(reversed(self._record[all_but:]))
        self._record.clear()


def read(path: Path) -> Table:
    """The delimited file at `path`. Raises UnreadableFileError, OSError."""
    csv.field_size_limit(LONGEST_CELL)
    file = open_text(path)
    try:
        lines = Lines(file)
        headings, separator = _headings(lines)
    except UnicodeDecodeError as error:
        file.close()
        raise wrong_encoding(error) from error
    except BaseException:
        file.close()
        raise
    return Table(headings, _chunks(file, lines, separator, len(headings)))


def _headings(lines: Lines) -> tuple[tuple[str, ...], str]:
    """The first record that says anything, and the separator that takes it apart into most cells."""
    first = next((line for line in lines if line.strip(BLANK)), None)
    if first is None:
        raise UnreadableFileError("it is empty", "deliver a file with a row of headings and the rows below it")
    if len(first) > LONGEST_CELL:
        raise UnreadableFileError("its first line is no row of headings", "put a row of headings above the rows")

    def width(separator: str) -> int:
        cells = _record(first, lines, separator)
        lines.give_back(all_but=0)
        return len(cells)

    separator = max(SEPARATORS, key=width)
    return _record(first, lines, separator), separator


def _record(first: str, lines: Lines, separator: str) -> tuple[str, ...]:
    """The record that begins with the line `first`; that line alone where a quote is broken."""
    lines.begin_record()
    try:
        return tuple(next(csv.reader(chain([first], lines), delimiter=separator, strict=True)))
    except csv.Error:
        lines.give_back(all_but=0)
        return tuple(next(csv.reader([first], delimiter=separator)))


def open_text(path: Path) -> io.TextIOWrapper:
    """The file's text, whichever of the encodings it is in; line ends inside quoted cells stay as they are."""
    file = path.open("rb")
    start = file.read(2)
    file.seek(0)
    is_utf16 = start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return io.TextIOWrapper(file, encoding="utf-16" if is_utf16 else "utf-8-sig", newline="")


def wrong_encoding(error: UnicodeDecodeError) -> UnreadableFileError:
    return UnreadableFileError(
        f"its encoding cannot be read: it is neither UTF-8 nor UTF-16 with a byte order mark ({error.reason})",
        "save it as 'CSV UTF-8'",
    )


def _chunks(file: io.TextIOWrapper, lines: Lines, separator: str, width: int) -> Iterator[pl.DataFrame]:
    with file:
        taken_apart = records(lines, separator)
        row_number = 2
        rows = min(ROWS_IN_CHUNK, max(1, CELLS_IN_CHUNK // width))
        try:
            while chunk := list(islice(taken_apart, rows)):
                yield tidy(_frame(chunk, row_number, width))
                row_number += len(chunk)
        except UnicodeDecodeError as error:
            raise wrong_encoding(error) from error


def records(lines: Lines, separator: str) -> Iterator[list[str]]:
    """Every record; BROKEN where a quote is. A quote that is never closed spoils its own line alone."""
    lines.begin_record()
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        try:
            yield next(reader)
            lines.begin_record()
        except StopIteration:
            return
        except csv.Error:
            lines.give_back(all_but=1)
            reader = csv.reader(lines, delimiter=separator, strict=True)
            yield BROKEN


def _frame(records: list[list[str]], first_row: int, width: int) -> pl.DataFrame:
    empty = [""] * width
    ragged = [record is BROKEN or (len(record) > width and not all(map(is_missing, record))) for record in records]
    rows = [
        empty if is_ragged else (record if len(record) == width else (record + empty)[:width])
        for record, is_ragged in zip(records, ragged, strict=True)
    ]
    columns = zip(*rows, strict=True) if rows else [()] * width
    return pl.DataFrame(
        {
            ROW_NUMBER: pl.Series(range(first_row, first_row + len(rows)), dtype=pl.Int64),
            IS_RAGGED: pl.Series(ragged, dtype=pl.Boolean),
            **{f"c{place}": pl.Series(cells, dtype=pl.String) for place, cells in enumerate(columns)},
        }
    )
