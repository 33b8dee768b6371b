"""Every feed reads the same rows from CSV, XLSX and Parquet, under any spelling of its headings."""

from datetime import date

import polars as pl
import pytest

from pipelines.cells import stored_columns
from pipelines.demo.files import csv_bytes, parquet_bytes, xlsx_bytes
from pipelines.feed import Column, Feed, Kind, discover
from tests.pipelines.bench import Bench

# A name that says what the names of some feeds must say.
NAME = "completion-QI_2026-01-31"
SAID_BY_NAME = {"moodle": "course_code", "recruitment_status": "snapshot_on"}
CELLS = {
    Kind.IDENTIFIER: "007",
    Kind.DATE: "05/01/2026",
    Kind.TIME: "2026-01-05 10:00",
    Kind.NUMBER: "3.0",
}
# Reports of meetings are no tables; whoever reads them is tested beside them.
TABLES = [feed for feed in discover() if feed.reader is None or feed.name in SAID_BY_NAME]


def cell(column: Column) -> str:
    if column.choices:
        return f" {column.choices[0].upper()} "
    return CELLS.get(column.kind, "something")


def rows_of(feed: Feed) -> pl.DataFrame:
    """One good row, every column of it as text, under headings as people type them."""
    columns = [column for column in feed.columns if column.name != SAID_BY_NAME.get(feed.name)]
    return pl.DataFrame({column.name.upper().replace("_", " - "): [cell(column)] for column in columns})


def stored(bench: Bench, feed: Feed, content: bytes, ending: str) -> tuple[object, ...]:
    path = bench.landing / feed.name / f"{NAME}.{ending}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    [entry] = [entry for entry in bench.run() if entry.feed == feed.name and entry.file_name == path.name]
    assert (entry.outcome, entry.rows_in) == ("loaded", 1), entry.message
    columns = ", ".join(stored_columns(feed))
    [row] = bench.warehouse.rows(
        f"""select {columns} from raw.{feed.name} semi join (
            select file_id from ledger.file where feed = ? and file_name = ?
        ) as file using (file_id)""",
        [feed.name, path.name],
    )
    return row


@pytest.mark.parametrize("feed", TABLES, ids=lambda feed: feed.name)
def test_a_feed_reads_the_same_from_every_format(bench: Bench, feed: Feed) -> None:
    rows = rows_of(feed)
    want = stored(bench, feed, csv_bytes(rows), "csv")
    assert None not in want
    assert stored(bench, feed, csv_bytes(rows, separator="\t", encoding="utf-16"), "txt") == want
    assert stored(bench, feed, xlsx_bytes(rows, created_on=date(2026, 1, 31)), "xlsx") == want
    assert stored(bench, feed, parquet_bytes(rows), "parquet") == want
