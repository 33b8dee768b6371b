"""Those who were forgotten do not come back: rows that hold a key of theirs are left out when a file is read."""

from collections.abc import Collection
from datetime import UTC, datetime

import polars as pl

from pipelines.feed import Feed, Kind
from pipelines.ledger_copy import Tombstone
from pipelines.pseudonyms import Pseudonyms
from pipelines.warehouse import Warehouse

TABLE = "create table if not exists ledger.forgotten (mark varchar primary key, forgotten_at varchar not null)"


def bury(warehouse: Warehouse, tombstones: Collection[Tombstone]) -> None:
    """Enters tombstones; those that stand already stay as they are."""
    for tombstone in tombstones:
        warehouse.execute(
            "insert or ignore into ledger.forgotten values (?, ?)", [tombstone.mark, tombstone.forgotten_at]
        )


def raise_tombstones(pseudonyms: Pseudonyms, keys: Collection[str]) -> tuple[Tombstone, ...]:
    """A tombstone for each of the keys, of today."""
    today = datetime.now(UTC).date().isoformat()
    return tuple(Tombstone(pseudonyms.mark(key), today) for key in sorted(keys))


def buried(warehouse: Warehouse) -> tuple[Tombstone, ...]:
    """Every tombstone, in order."""
    rows = warehouse.rows("select mark, forgotten_at from ledger.forgotten order by mark")
    return tuple(Tombstone(*row) for row in rows)


def columns_of_people(feed: Feed) -> list[str]:
    """The columns of `feed` that hold a key of a person or a candidate."""
    return [column.name for column in feed.columns if column.kind in (Kind.PERSON, Kind.CANDIDATE)]


def leave_out(feed: Feed, rows: pl.DataFrame, pseudonyms: Pseudonyms, marks: frozenset[str]) -> pl.DataFrame:
    """`rows` less those that hold a key whose mark is among `marks`."""
    columns = columns_of_people(feed)
    if not marks or not columns:
        return rows
    keys = {key for column in columns for key in rows[column].drop_nulls().unique()}
    forgotten = [key for key in keys if pseudonyms.mark(key) in marks]
    # A missing key is nobody's: without fill_null its row would be left out.
    return rows.filter(~pl.any_horizontal(pl.col(columns).is_in(forgotten).fill_null(value=False)))
