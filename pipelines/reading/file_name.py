"""What a file's name says of every row in it, as one more column."""

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from pipelines.reading.table import IS_RAGGED, ROW_NUMBER, Table, UnreadableFileError, read_table


def read_with_name(path: Path, heading: str, pattern: re.Pattern[str], what: str, like: str) -> Table:
    """The file's table and before its columns one of `heading`: the first group of `pattern` in the name.

    Raises UnreadableFileError, which says `what` the name lacks and gives one it might be `like`, and OSError.
    """
    found = pattern.search(path.name)
    if found is None:
        raise UnreadableFileError(f"its name does not say {what}", f"name it like {like} and deliver it again")
    table = read_table(path)
    return Table((heading, *table.headings), _with_column(table, found[1]))


def _with_column(table: Table, value: str) -> Iterator[pl.DataFrame]:
    moved = {f"c{place}": f"c{place + 1}" for place in range(len(table.headings))}
    for chunk in table.chunks:
        # A ragged row keeps none of its cells, and none of its file's name either.
        cell = pl.when(~pl.col(IS_RAGGED)).then(pl.lit(value)).alias("c0")
        yield chunk.rename(moved).select(ROW_NUMBER, IS_RAGGED, cell, *moved.values())
