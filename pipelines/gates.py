"""Each feed as a whole: one row of facts for each, so that a check of a table is a check of a row like any other."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from pipelines.cells import stored_columns
from pipelines.feed import Feed
from pipelines.settings import Settings
from pipelines.suite import broken_by, read_suite
from pipelines.warehouse import Warehouse

SCHEMA = {
    "row_id": pl.Int64,
    "feed": pl.String,
    "rows_read": pl.Int64,
    "rows_loaded": pl.Int64,
    "rows_loaded_last": pl.Int64,
    "share_held_back": pl.Float64,
    "most_held_back": pl.Float64,
    "days_since_last_file": pl.Int64,
    "late_after_days": pl.Int64,
    "columns_are_declared": pl.Boolean,
}


def judge_tables(
    warehouse: Warehouse, feeds: Iterable[Feed], settings: Settings, as_at: date
) -> dict[str, dict[str, int]]:
    """Makes `dispositions.feed_state`; gives for each feed, by the check's name, 1 where it breaks a check of tables.

    Columns of the table: the rows read, loaded, and loaded when figures were last published; the share held back and
    the largest a file may have (0..1); days since the last file and the days it may take; whether columns are declared.
    """
    rows = [_state(warehouse, feed, settings, as_at) | {"row_id": place} for place, feed in enumerate(feeds, 1)]
    warehouse.replace_table("dispositions.feed_state", pl.DataFrame(rows, schema=SCHEMA))
    return {feed.name: _broken(warehouse, feed) for feed in feeds}


def _broken(warehouse: Warehouse, feed: Feed) -> dict[str, int]:
    query = "select count(*) from dispositions.feed_state where feed = ? and "
    return {
        check.name: int(warehouse.value(f"{query}({broken_by(check)})", [feed.name]))
        for check in read_suite(feed)
        if not check.holds_rows_back
    }


def _state(warehouse: Warehouse, feed: Feed, settings: Settings, as_at: date) -> dict[str, object]:
    read, held_back, loaded = warehouse.rows(
        """select cast(coalesce(sum(rows_count), 0) as bigint),
            cast(coalesce(sum(rows_count) filter (where disposition = 'quarantined'), 0) as bigint),
            cast(coalesce(sum(rows_count) filter (where disposition = 'loaded'), 0) as bigint)
        from dispositions.file_count where feed = ?""",
        [feed.name],
    )[0]
    last_file_on = warehouse.value(
        "select cast(max(first_seen_at) as date) from ledger.file where feed = ? and outcome = 'loaded'", [feed.name]
    )
    last = "select arg_max(rows_loaded, run_id) from ledger.published_rows where feed = ?"
    return {
        "feed": feed.name,
        "rows_read": read,
        "rows_loaded": loaded,
        "rows_loaded_last": warehouse.value(last, [feed.name]),
        "share_held_back": held_back / read if read else None,
        "most_held_back": settings.refuse_above(feed.name),
        "days_since_last_file": (as_at - last_file_on).days if last_file_on else None,
        "late_after_days": settings.late_after(feed.name),
        "columns_are_declared": _columns_are_declared(warehouse, feed),
    }


def _columns_are_declared(warehouse: Warehouse, feed: Feed) -> bool:
    """Whether what counts has every column that is kept of the feed, each of its type."""
    there = dict(warehouse.rows(f"select column_name, lower(column_type) from (describe validated.{feed.name})"))
    return stored_columns(feed).items() <= there.items()
