"""What every reader gives: headings and chunks of text cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

import polars as pl

ROW_NUMBER = "row_number"
IS_RAGGED = "is_ragged"
MISSING = ("", "NULL", "N/A", "-")
MISSING_IN_ANY_CASE = tuple(
    {"".join(signs) for word in MISSING for signs in product(*zip(word.lower(), word, strict=True))}
)
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")


class UnreadableFileError(Exception):
    """A file is refused whole; says what is `wrong` and the `advice` what to do, and never quotes a cell."""

    def __init__(self, wrong: str, advice: str) -> None:
        super().__init__(f"{wrong}; {advice}")
        self.wrong = wrong
        self.advice = advice


@dataclass(frozen=True)
class Table:
    """A file as text.

    `chunks` are frames of `row_number` (1 is the row of headings), `is_ragged` and one text column `c<i>` for each
    heading, in this order; missing cells are null, rows without any value are left out, cells of ragged rows are all
    null. Reading on may raise UnreadableFileError. `remarks` are sentences about the file that nobody need act on.
    """

    headings: tuple[str, ...]
    chunks: Iterator[pl.DataFrame]
    remarks: tuple[str, ...] = ()


def read_table(path: Path) -> Table:
    """The file at `path`, its format told by its first bytes. Raises UnreadableFileError, OSError."""
    # Imported here because both lean on this module.
    from pipelines.reading import delimited
    from pipelines.reading.apart import read_apart

    found = format_of(path)
    return delimited.read(path) if found == "text" else read_apart(found, path)


def format_of(path: Path) -> Literal["parquet", "workbook", "text"]:
    """The file's format by its first bytes, else by its name. Raises UnreadableFileError, OSError."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(OLD_WORKBOOK):
        raise UnreadableFileError(
            "it is an old Excel workbook or has a password", "open it in Excel and save it as .xlsx without a password"
        )
    if start.startswith(b"PAR1") or path.suffix.lower() == ".parquet":
        return "parquet"
    return "workbook" if start.startswith(ZIP) or path.suffix.lower() in (".xlsx", ".xlsm") else "text"


def is_missing(cell: str) -> bool:
    """Whether a cell says nothing."""
    return cell.strip().upper() in MISSING


def says_something(cells: pl.Expr) -> pl.Expr:
    """The same of text columns; null where a cell is null."""
    return ~cells.str.strip_chars().is_in(MISSING_IN_ANY_CASE)


def tidy(frame: pl.DataFrame, *, is_trimmed: bool = False) -> pl.DataFrame:
    """Trims every cell unless that was done, makes missing ones null, empties ragged rows, drops rows without value.

    The columns come out in the order of a Table's chunks.
    """
    cells = pl.all().exclude(ROW_NUMBER, IS_RAGGED)
    trimmed = cells if is_trimmed else cells.str.strip_chars()
    is_kept = ~trimmed.is_in(MISSING_IN_ANY_CASE) & ~pl.col(IS_RAGGED)
    known = frame.with_columns(pl.when(is_kept).then(trimmed).name.keep())
    return known.filter(pl.any_horizontal(cells.is_not_null()) | pl.col(IS_RAGGED)).select(ROW_NUMBER, IS_RAGGED, cells)


def from_text_columns(frame: pl.DataFrame, first_row: int, is_ragged: pl.Series | None = None) -> pl.DataFrame:
    """A frame of text columns as a chunk whose rows are numbered from `first_row`."""
    ragged = pl.lit(value=False) if is_ragged is None else is_ragged.fill_null(value=False)
    return tidy(
        frame.rename({name: f"c{place}" for place, name in enumerate(frame.columns)})
        .with_row_index(ROW_NUMBER, first_row)
        .with_columns(pl.col(ROW_NUMBER).cast(pl.Int64), ragged.alias(IS_RAGGED))
    )
