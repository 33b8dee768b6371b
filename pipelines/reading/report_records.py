"""The lines of a report that is not one table: each as its cells, whatever encoding and separator it is in."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipelines.reading import delimited
from pipelines.reading.blocks import text_blocks
from pipelines.reading.table import UnreadableFileError, format_of, is_missing

# Some ten thousand people; a meeting has fewer.
LARGEST = 20_000_000
SECTION = re.compile(r"([1-9])[.)]\s*\S")


@dataclass(frozen=True)
class Record:
    """A line: its cells, trimmed, up to the last that says something. A broken quote leaves none."""

    row_number: int
    cells: tuple[str, ...]
    is_broken: bool = False

    @property
    def value(self) -> str:
        """What stands behind the first cell; a comma that nobody quoted does not cut it short."""
        return ", ".join(self.cells[1:])

    @cached_property
    def section(self) -> int | None:
        """The number of the section this line is the title of: '2. Participants'."""
        found = SECTION.match(self.cells[0]) if len(self.cells) == 1 else None
        return int(found[1]) if found else None

    def is_ragged(self, width: int) -> bool:
        """Whether it has more cells than there are headings, or a broken quote."""
        return self.is_broken or len(self.cells) > width


def read_records(path: Path) -> tuple[Record, ...]:
    """Every line that says something, numbered from 1 as it stands in the file.

    Raises UnreadableFileError, OSError.
    """
    if path.stat().st_size > LARGEST:
        raise UnreadableFileError("it is larger than a report can be", "deliver one report of one meeting in a file")
    lines = _sheet(path) if format_of(path) == "workbook" else _text(path)
    numbered = (_record(number, cells) for number, cells in enumerate(lines, start=1))
    records = tuple(record for record in numbered if record.cells or record.is_broken)
    if not records:
        raise UnreadableFileError("it is empty", "deliver the report as it was downloaded")
    return records


def _record(row_number: int, cells: list[str]) -> Record:
    if cells is delimited.BROKEN:
        return Record(row_number, (), is_broken=True)
    known = ["" if is_missing(cell) else cell.strip() for cell in cells]
    while known and not known[-1]:
        known.pop()
    return Record(row_number, tuple(known))


def _sheet(path: Path) -> Iterator[list[str]]:
    # Slow to import, and only workbooks need it.
    from pipelines.reading.apart import read_apart

    for chunk in read_apart("sheet", path).chunks:
        for row in chunk.iter_rows():
            yield ["" if cell is None else str(cell) for cell in row]


def _text(path: Path) -> list[list[str]]:
    csv.field_size_limit(delimited.LONGEST_CELL)
    try:
        with path.open("rb") as file:
            text = "".join(text_blocks(file))
    except UnicodeDecodeError as error:
        raise delimited.wrong_encoding(error) from error
    if "\0" in text.partition("\n")[0]:
        raise delimited.nul_in_headings()
    if "\t" in text:
        return _taken_apart(text, "\t")
    by_semicolon = _taken_apart(text, ";")
    # Names, dates and titles hold commas, headings do not hold semicolons.
    return by_semicolon if any(len(cells) > 2 for cells in by_semicolon) else _taken_apart(text, ",")


def _taken_apart(text: str, separator: str) -> list[list[str]]:
    return list(delimited.records(delimited.Lines(iter([text] * bool(text))), separator))
