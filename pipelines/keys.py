"""Holds what headers say of keys against the rows: each table's key tells its rows apart, and none lacks a part of it.

Looked at in each run are the tables that are stored: marts and what is published. What is read through would be
computed anew for it; the tests look there.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pipelines.headers import Header
from pipelines.views import View
from pipelines.warehouse import Warehouse

CHECK = "keys_tell_rows_apart"
SENTENCE = "The key of each table of figures tells its rows apart."


@dataclass(frozen=True)
class BrokenKey:
    """A view and its declared key, of which so many `values` stand in several rows or lack a part."""

    view: View
    key: tuple[str, ...]
    values: int

    def __str__(self) -> str:
        """What is wrong, where, and what to do, in words; no value is quoted."""
        return (
            f"{self.view.path}: the key ({', '.join(self.key)}) does not tell the rows of {self.view.full_name} apart: "
            f"{self.values:,} of its values stand in several rows or lack a part. Mend the SELECT, or the key"
        )


def broken_keys(
    warehouse: Warehouse, views: Iterable[View], layers: Collection[str], *, is_read_through: bool = False
) -> Iterator[BrokenKey]:
    """The views of `layers` whose key does not hold; with `is_read_through` also those that are not stored."""
    for view in views:
        header = view.header
        if view.layer in layers and isinstance(header, Header) and header.key and (view.is_stored or is_read_through):
            # A key is one of an edition: readers never have both.
            key = ("edition", *header.key) if header.editions and "edition" not in header.key else header.key
            lacking = "".join(f" or {name} is null" for name in key if name not in header.key_may_lack)
            names = ", ".join(key)
            query = f"select {names} from {view.full_name} group by {names} having count(*) > 1{lacking}"
            values = int(warehouse.value(f"select count(*) from ({query}) as broken"))
            if values:
                yield BrokenKey(view, key, values)
