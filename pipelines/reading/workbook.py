"""XLSX: the first sheet, every cell as text."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import fastexcel
import polars as pl

from pipelines.reading.table import Table, UnreadableFileError, from_text_columns, says_something

# A register of 100,000 meetings unpacks to about 100 MB; what is larger is a mistake or an attack.
LARGEST_UNPACKED = 1_000_000_000
# The reader makes room for every cell up to the last one, filled or not: one stray cell in the far corner of a
# sheet of 5 kB would ask for 550 GB and end the process.
LARGEST_SHEET = 20_000_000
BLOCK = 2**20
LONGEST_TAG = 200
FILLED_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*(?<!/)>""")
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


def read(path: Path) -> Table:
    """The workbook at `path`. Raises UnreadableFileError, OSError."""
    frame = first_sheet(path)
    filled = frame.with_row_index("place").filter(pl.any_horizontal(says_something(pl.all().exclude("place"))))
    if filled.is_empty():
        raise UnreadableFileError("its first sheet is empty", "put a row of headings and the rows below it there")
    first = int(filled["place"][0])
    cells = [(cell or "").strip() for cell in frame.row(first)]
    width = max(place for place, cell in enumerate(cells, start=1) if cell)
    body = frame.slice(first + 1)
    beyond = body.columns[width:]
    is_ragged = body.select(pl.any_horizontal(says_something(pl.col(beyond)))).to_series() if beyond else None
    chunk = from_text_columns(body.select(body.columns[:width]), 2, is_ragged)
    return Table(tuple(cells[:width]), iter([chunk]))


def first_sheet(path: Path) -> pl.DataFrame:
    """Every cell of the first sheet as text, from its first row on. Raises UnreadableFileError, OSError."""
    with path.open("rb") as file:
        _refuse_what_does_not_fit(file)
    try:
        frame = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        raise _broken() from error
    if not frame.width:
        raise UnreadableFileError("its first sheet is empty", "put a row of headings and the rows below it there")
    return frame.cast(pl.String)


def _refuse_what_does_not_fit(file: IO[bytes]) -> None:
    """Unpacks everything once, piece by piece: sizes are stated in the file, and may be misstated."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            fits = sum(entry.file_size for entry in entries) <= LARGEST_UNPACKED
            fits = fits and all(_extent(archive, entry) <= LARGEST_SHEET for entry in entries)
    except BROKEN_ZIP as error:
        raise _broken() from error
    if not fits:
        raise UnreadableFileError(
            "it is larger than a workbook can be here once it is unpacked",
            "delete stray cells far below or right of the table, deliver it in parts, or save it as 'CSV UTF-8'",
        )


def _extent(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """How many cells lie between the first one and the last filled row and column."""
    columns: set[bytes] = set()
    last_row = 0
    with archive.open(entry) as part:
        for block in _blocks(part):
            for letters, row in set(FILLED_CELL.findall(block)):
                columns.add(letters)
                last_row = max(last_row, int(row))
    return last_row * max(map(_number, columns), default=0)


def _blocks(part: IO[bytes]) -> Iterator[bytes]:
    """Pieces that overlap, so that no cell's tag is cut in two in all of them."""
    tail = b""
    while block := part.read(BLOCK):
        yield tail + block
        tail = block[-LONGEST_TAG:]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _broken() -> UnreadableFileError:
    return UnreadableFileError("the workbook is broken or is none", "open it in Excel and save it again as .xlsx")
