"""Parquet: every cell as text."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.reading.table import Table, UnreadableFileError, from_text_columns

ROWS_IN_CHUNK = 100_000
# Arrow answers a broken file with any of these; OSError is Thrift's, the file itself was opened before.
BROKEN = (pa.ArrowException, OSError, ValueError, pl.exceptions.PolarsError)


def read(path: Path) -> Table:
    """The Parquet file at `path`. Raises UnreadableFileError, OSError."""
    with path.open("rb") as file:
        try:
            schema = pq.ParquetFile(file).schema_arrow
        except BROKEN as error:
            raise _broken() from error
    if not schema.names:
        raise UnreadableFileError("it holds no columns", "export it again")
    if any(pa.types.is_nested(column.type) for column in schema):
        raise UnreadableFileError("the Parquet file holds nested columns", "export it with one value in a cell")
    return Table(tuple(schema.names), _chunks(path))


def _chunks(path: Path) -> Iterator[pl.DataFrame]:
    # Arrow, not Polars, takes the file apart: a damaged file makes Polars panic, which no `except Exception` catches.
    first_row = 2
    with path.open("rb") as file:
        try:
            for batch in pq.ParquetFile(file).iter_batches(ROWS_IN_CHUNK):
                yield from_text_columns(_text(batch), first_row)
                first_row += batch.num_rows
        except BROKEN as error:
            raise _broken() from error


def _text(batch: pa.RecordBatch) -> pl.DataFrame:
    batch.validate(full=True)
    # A number that is not one (pandas writes it for an empty cell) is missing.
    columns = [pl.Series(f"c{place}", column.cast(pa.string())) for place, column in enumerate(batch.columns)]
    numbers = {f"c{place}" for place, column in enumerate(batch.columns) if pa.types.is_floating(column.type)}
    return pl.DataFrame([column.replace("nan", None) if column.name in numbers else column for column in columns])


def _broken() -> UnreadableFileError:
    return UnreadableFileError("the Parquet file is broken or is none", "export it again")
