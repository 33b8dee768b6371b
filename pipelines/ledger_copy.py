"""The ledger beside the warehouse, `ledger.jsonl`: with the landing folder enough to build everything anew.

Its lines are the id of the key (never the key), every file in the order of arrival with what became of it, and the
tombstones of those who were forgotten. It travels with backups.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipelines.errors import InvolveError
from pipelines.landing import Delivery

LEDGER = "ledger.jsonl"
VERSION = 1


class LedgerError(InvolveError):
    """The ledger cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Arrival:
    """A file that once arrived. `outcome` is empty where an earlier version did not write it down."""

    feed: str
    file_name: str
    sha256: str
    first_seen_at: str
    outcome: str = ""
    message: str = ""
    rows_in: int = 0

    @property
    def identity(self) -> tuple[str, str, str]:
        """What tells this file from every other."""
        return self.feed, self.file_name, self.sha256


@dataclass(frozen=True)
class Tombstone:
    """Stands for a key that was forgotten: `mark` tells it when it comes again and cannot be turned back into it."""

    mark: str
    forgotten_at: str


@dataclass(frozen=True)
class LedgerCopy:
    """What `ledger.jsonl` says; empty where there is none."""

    key_id: str | None = None
    arrivals: tuple[Arrival, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()


def in_order(deliveries: Iterable[Delivery], arrivals: Iterable[Arrival]) -> tuple[Delivery, ...]:
    """The deliveries in the order in which they once arrived, those that are new after them in the order given."""
    position = {arrival.identity: place for place, arrival in enumerate(arrivals)}

    def place(delivery: Delivery) -> int:
        try:
            return position.get((delivery.feed, delivery.name, delivery.sha256()), len(position))
        except OSError:
            return len(position)  # told when it is loaded

    return tuple(sorted(deliveries, key=place)) if position else tuple(deliveries)


def read_copy(path: Path) -> LedgerCopy:
    """The ledger's copy at `path`. Raises LedgerError where it is damaged."""
    if not path.exists():
        return LedgerCopy()
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        _must_be_known(path, lines)
        return LedgerCopy(
            next((str(line["key_id"]) for line in lines if "key_id" in line), None),
            tuple(_arrival(line) for line in lines if "mark" not in line and "key_id" not in line),
            tuple(Tombstone(str(line["mark"]), str(line["forgotten_at"])) for line in lines if "mark" in line),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError(
            f"{path.name} is damaged, and the warehouse that knew the same is gone. Restore one of the two, or move "
            f"{path.name} aside: then files are taken in the order of their names, and those who were forgotten "
            "have to be forgotten again."
        ) from error


def _must_be_known(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    # A ledger that was written before versions were is of the first.
    if any(int(line.get("version", VERSION)) > VERSION for line in lines):
        raise LedgerError(f"{path.name} was written by a newer version of involve. Use that version.")


def write_copy(path: Path, copy: LedgerCopy) -> None:
    """Puts `copy` at `path`, at one moment."""
    rows: Iterable[Mapping[str, object]] = [
        {"key_id": copy.key_id, "version": VERSION},
        *map(asdict, copy.arrivals),
        *map(asdict, copy.tombstones),
    ]
    new = path.with_suffix(".new")
    new.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    new.replace(path)


def _arrival(line: Mapping[str, Any]) -> Arrival:
    named = {name: str(line[name]) for name in ("feed", "file_name", "sha256", "first_seen_at")}
    return Arrival(
        **named, outcome=line.get("outcome", ""), message=line.get("message", ""), rows_in=line.get("rows_in", 0)
    )
