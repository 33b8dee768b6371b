"""CSV: UTF-8 with or without BOM or UTF-16 with BOM; comma, semicolon or tab."""

import csv
import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO

import polars as pl

from pipelines.reading.blocks import read_clean, text_blocks
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

    def __init__(self, blocks: Iterator[str]) -> None:
        """`blocks` are pieces of the file's text, each with whole lines."""
        self._blocks = blocks
        self._block = io.StringIO()
        self._waiting: list[str] = []
        self._record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else self._block.readline() or self._from_next_block()
        self._record.append(line)
        if "\0" in line:
            raise csv.Error("NUL")
        return line

    def begin_record(self) -> None:
        """What was read so far is done with."""
        self._record.clear()

    def give_back(self, *, all_but: int) -> None:
        """The lines of the record at hand are to be read again, `all_but` its first ones."""
        self._waiting.extend(reversed(self._record[all_but:]))
        self._record.clear()

    def take_block(self) -> str:
        """The rest of the block at hand, else the next one; empty at the end."""
        rest = "".join(reversed(self._waiting)) + self._block.read()
        self._waiting.clear()
        return rest or next(self._blocks, "")

    def give_block(self, block: str) -> None:
        """The block is to be read line by line."""
        # newline="" keeps line ends inside quoted cells as they are.
        self._block = io.StringIO(block, newline="")

    @property
    def is_between_blocks(self) -> bool:
        """Whether every line of the block at hand was read."""
        if not self._waiting and (line := self._block.readline()):
            self._waiting.append(line)
        return not self._waiting

    def _from_next_block(self) -> str:
        self.give_block(next(self._blocks))
        return self._block.readline()


def read(path: Path) -> Table:
    """The delimited file at `path`. Raises UnreadableFileError, OSError."""
    csv.field_size_limit(LONGEST_CELL)
    file = path.open("rb")
    try:
        lines = Lines(text_blocks(file))
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
    try:
        first = next((line for line in lines if line.strip(BLANK)), None)
    except csv.Error as error:
        raise nul_in_headings() from error
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


def nul_in_headings() -> UnreadableFileError:
    """What is said of a file whose first line holds NUL bytes, as UTF-16 without a byte order mark does."""
    return UnreadableFileError("its headings hold NUL bytes, so they are not text", "save it as 'CSV UTF-8'")


def wrong_encoding(error: UnicodeDecodeError) -> UnreadableFileError:
    return UnreadableFileError(
        f"its encoding cannot be read: it is neither UTF-8 nor UTF-16 with a byte order mark ({error.reason})",
        "save it as 'CSV UTF-8'",
    )


def _chunks(file: IO[bytes], lines: Lines, separator: str, width: int) -> Iterator[pl.DataFrame]:
    with file:
        row_number = 2
        try:
            while block := lines.take_block():
                frame = read_clean(block, separator, width, row_number)
                if frame is not None:
                    yield frame
                    row_number += block.count("\n") + (not block.endswith("\n"))
                    continue
                lines.give_block(block)
                for taken in _records_to_end_of_block(lines, separator, width):
                    yield tidy(_frame(taken, row_number, width))
                    row_number += len(taken)
        except UnicodeDecodeError as error:
            raise wrong_encoding(error) from error


def _records_to_end_of_block(lines: Lines, separator: str, width: int) -> Iterator[list[list[str]]]:
    """Lists of records, none too long to be held, up to the first one that ends where a block ends."""
    most = min(ROWS_IN_CHUNK, max(1, CELLS_IN_CHUNK // width))
    taken: list[list[str]] = []
    for record in records(lines, separator):
        taken.append(record)
        is_last = lines.is_between_blocks
        if is_last or len(taken) == most:
            yield taken
            taken = []
        if is_last:
            return
    if taken:
        yield taken


def records(lines: Lines, separator: str) -> Iterator[list[str]]:
    """Every record; BROKEN where a quote is. A quote that is never closed spoils its own line alone."""
    lines.begin_record()
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        try:
            record = next(reader)
            lines.begin_record()
            yield record
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
