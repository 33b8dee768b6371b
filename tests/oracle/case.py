"""Reads a folder of reference cases: manifest.json and, for each case, input, expected table and expected summary."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Table = dict[str, list[str]]


class FolderError(Exception):
    """A folder that is no set of reference cases; the message says what is missing or wrong."""


@dataclass(frozen=True)
class Case:
    """One case: cells are text as printed, empty where missing. expected is None where the reference itself stops."""

    id: str
    kind: str
    params: dict[str, Any]
    tags: frozenset[str]
    input: Table
    expected: Table | None
    summary: dict[str, Any]
    vectors: list[dict[str, Any]]


@dataclass(frozen=True)
class Answer:
    """What our functions say to a case, in the words of the reference: columns by name, and a summary."""

    columns: dict[str, list[Any]]
    summary: dict[str, Any]


def numbers(cells: list[str]) -> list[float | None]:
    """Cells as numbers; an empty one, NA and NaN are None."""
    return [None if cell in ("", "NA", "NaN") else float(cell) for cell in cells]


def read_cases(folder: Path, kind: str | None = None) -> Iterator[Case]:
    """The cases of a folder, of one kind or all. Raises FolderError."""
    manifest = _load(folder / "manifest.json")
    entries = manifest.get("cases") if isinstance(manifest, dict) else None
    if not isinstance(entries, list):
        raise FolderError(f"{folder / 'manifest.json'} has no list of cases.")
    chosen = [entry for entry in entries if kind in (None, _named(entry, "kind"))]
    if not chosen:
        known = ", ".join(sorted({_named(entry, "kind") for entry in entries})) or "none"
        raise FolderError(
            f"{folder} has no case of kind {kind}; it has: {known}." if kind else f"{folder} has no case."
        )
    for entry in chosen:
        yield _read_case(folder, entry)


def _read_case(folder: Path, entry: dict[str, Any]) -> Case:
    given, expected, summary = (entry.get(part) for part in ("input", "expected", "expected_summary"))
    is_json = _named(entry, "input").endswith(".json")
    return Case(
        id=_named(entry, "id"),
        kind=_named(entry, "kind"),
        params=entry.get("params") or {},
        tags=frozenset(entry.get("tags") or ()),
        input={} if is_json else _read_table(folder / str(given)),
        expected=None if is_json or not expected else _read_table(folder / expected),
        summary=_load(folder / summary) if summary else {},
        vectors=_load(folder / str(given)) if is_json else [],
    )


def _named(entry: Any, name: str) -> str:
    if not isinstance(entry, dict) or not isinstance(entry.get(name), str):
        raise FolderError(f"A case of the manifest has no {name}.")
    return str(entry[name])


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FolderError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise FolderError(f"{path} is not JSON: {error}.") from error


def _read_table(path: Path) -> Table:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
    except OSError as error:
        raise FolderError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise FolderError(f"{path} is not a table in UTF-8 with a header.") from error
    if any(len(row) != len(header) for row in rows):
        raise FolderError(f"{path} has a row that is longer or shorter than its header.")
    return {name: [row[place] for row in rows] for place, name in enumerate(header)}
