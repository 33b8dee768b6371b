"""A file as the readers see it, in plain lists."""

from pathlib import Path

import polars as pl
import pytest

from pipelines.reading import UnreadableFileError, read_table
from pipelines.reading.table import IS_RAGGED, ROW_NUMBER

Cells = tuple[str | None, ...]


def whole(path: Path) -> pl.DataFrame:
    """Every chunk of the file, one below the other."""
    table = read_table(path)
    cells = {f"c{place}": pl.String for place in range(len(table.headings))}
    empty = pl.DataFrame(schema={ROW_NUMBER: pl.Int64, IS_RAGGED: pl.Boolean, **cells})
    return pl.concat([empty, *table.chunks])


def rows(path: Path) -> list[Cells]:
    """The cells of every row that is left."""
    return whole(path).select(pl.all().exclude(ROW_NUMBER, IS_RAGGED)).rows()


def ragged(path: Path) -> list[int]:
    """The numbers of the rows that are ragged."""
    return whole(path).filter(pl.col(IS_RAGGED))[ROW_NUMBER].to_list()


def headings(path: Path) -> tuple[str, ...]:
    """The headings; the rows below are read to their end."""
    table = read_table(path)
    list(table.chunks)
    return table.headings


def refusal(path: Path) -> UnreadableFileError:
    """The error with which the file is refused."""
    with pytest.raises(UnreadableFileError) as caught:
        list(read_table(path).chunks)
    return caught.value
