"""Forgets a person: every row that holds a key of theirs goes, and tombstones keep it from coming back.

An address and a register number of one person are one person, as the register says. Candidates are people of their
own. The tombstones are marks of the keys and cannot be turned back into them.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl

from pipelines import ledger
from pipelines.dispositions import ALIASES
from pipelines.errors import InvolveError, WrongUseError
from pipelines.feed import Feed, Kind, discover
from pipelines.ledger_copy import LEDGER
from pipelines.lock import locked
from pipelines.pseudonyms import Pseudonyms
from pipelines.publish import HELD_BACK, PUBLISHED, snapshots
from pipelines.road import prepare
from pipelines.run import WAREHOUSE
from pipelines.settings import Settings
from pipelines.tombstones import buried, bury, columns_of_people, raise_tombstones
from pipelines.warehouse import Warehouse, rewrite

LONGEST_IDENTIFIER = 320
Role = Literal["person", "candidate"]


class UnusableIdentifierError(WrongUseError):
    """What was given names nobody or not one; the message says what to give and never repeats it."""


class UnknownPersonError(InvolveError):
    """Nobody is known under what was given; nothing was changed."""


@dataclass(frozen=True)
class Forgotten:
    """What went: rows by feed, the `files` they came from, and the `snapshots` that still count them."""

    rows: dict[str, int]
    files: tuple[str, ...]
    snapshots: tuple[str, ...]


def role_of(text: str | None) -> Role | None:
    """What somebody typed as a role. Raises UnusableIdentifierError."""
    roles: dict[str | None, Role | None] = {None: None, "person": "person", "candidate": "candidate"}
    if text not in roles:
        raise UnusableIdentifierError(f"'{text}' is no role: --as person or --as candidate.")
    return roles[text]


def forget(settings: Settings, given: str, role: Role | None = None) -> Forgotten:
    """Forgets the one person or candidate that the text `given` names; the next run counts without them.

    Raises UnusableIdentifierError, UnknownPersonError, SettingsError, DataFolderError; then nothing was changed.
    """
    identifier = _one_identifier(given)
    pseudonyms, feeds = Pseudonyms(settings.secret()), discover()
    path = settings.data / WAREHOUSE
    if not path.exists():
        raise UnknownPersonError(f"Nothing was loaded into {settings.data} yet, so nobody is known in it.")
    with locked(settings.data):
        with Warehouse(path, memory_limit=settings.memory_limit, threads=settings.threads) as warehouse:
            ledger.check_key(warehouse, pseudonyms)
            remembered = ledger.read_remembered(warehouse, settings.data / LEDGER, pseudonyms)
            prepare(warehouse, feeds, pseudonyms)
            keys = _keys_of(warehouse, feeds, pseudonyms, identifier, role)
            sha256s, rows, files = _remove(warehouse, feeds, pseudonyms, keys)
            ledger.save_copy(warehouse, settings.data / LEDGER, remembered)
            warehouse.drop_derived()
        # What was deleted stands in the file's free blocks until the file is written anew.
        rewrite(path)
    return Forgotten(rows, files, _that_count(settings.data / PUBLISHED, sha256s))


def _one_identifier(given: str) -> str:
    lines = [line.strip() for line in given.splitlines() if line.strip()]
    if len(lines) != 1:
        what = "Nothing was given" if not lines else "More than one line was given"
        raise UnusableIdentifierError(f"{what}: one register number, e-mail address or candidate on standard input.")
    if len(lines[0]) > LONGEST_IDENTIFIER or not lines[0].isprintable():
        raise UnusableIdentifierError("What was given on standard input is no identifier of a person.")
    return lines[0]


def _keys_of(
    warehouse: Warehouse, feeds: tuple[Feed, ...], pseudonyms: Pseudonyms, identifier: str, role: Role | None
) -> set[str]:
    """Every key of the one person meant. Raises UnknownPersonError, UnusableIdentifierError."""
    kinds = {"person": Kind.PERSON, "candidate": Kind.CANDIDATE}
    found = {}
    for name, kind in kinds.items():
        keys = set(pseudonyms.of(kind, pl.Series([identifier])))
        if kind is Kind.PERSON:
            keys = _same_person(warehouse, keys)
        if role in (None, name) and _is_known(warehouse, feeds, pseudonyms, keys):
            found[name] = keys
    if not found:
        raise UnknownPersonError(
            "Nobody is known under the identifier on standard input, as it is spelt there; nothing was changed."
        )
    if len(found) > 1:
        raise UnusableIdentifierError(
            "The identifier on standard input is known as a person and as a candidate, who may be two people. "
            "Say which: --as person or --as candidate."
        )
    return next(iter(found.values()))


def _same_person(warehouse: Warehouse, keys: set[str]) -> set[str]:
    """`keys` with every other key of the same person; an address that two people share is neither's alone."""
    pairs = warehouse.rows(ALIASES)
    shared = {email for email, _, people in pairs if people > 1}
    if keys & shared:
        raise UnusableIdentifierError(
            "The address on standard input stands for more than one person of the register. Give the register number."
        )
    links = [(email, person) for email, person, _ in pairs if email not in shared]
    found: set[str] = set()
    while found != keys:
        found = keys
        keys = found | {key for link in links if found & set(link) for key in link}
    return keys


def _is_known(warehouse: Warehouse, feeds: tuple[Feed, ...], pseudonyms: Pseudonyms, keys: set[str]) -> bool:
    marks = {tombstone.mark for tombstone in buried(warehouse)}
    if any(pseudonyms.mark(key) in marks for key in keys):
        return True
    return any(
        warehouse.value(f"select 1 from raw.{feed.name} where {_holds(feed)} limit 1", _keys(feed, keys))
        for feed in feeds
    )


def _holds(feed: Feed) -> str:
    """SQL that is true for a row which holds one of the keys given for each column of people."""
    return " or ".join(f"list_contains(?::varchar[], {column})" for column in columns_of_people(feed)) or "false"


def _keys(feed: Feed, keys: set[str]) -> list[list[str]]:
    return [sorted(keys)] * len(columns_of_people(feed))


def _remove(
    warehouse: Warehouse, feeds: tuple[Feed, ...], pseudonyms: Pseudonyms, keys: set[str]
) -> tuple[set[str], dict[str, int], tuple[str, ...]]:
    """Removes rows and raises tombstones, all or nothing; gives digests of files, rows by feed and names of files."""
    rows: dict[str, int] = {}
    sha256s, files = set(), []
    with warehouse.transaction():
        for feed in feeds:
            held = f"from raw.{feed.name} where {_holds(feed)}"
            counted = warehouse.rows(f"select file_id, count(*) {held} group by file_id order by 1", _keys(feed, keys))
            warehouse.execute(f"delete {held}", _keys(feed, keys))
            for file_id, count in counted:
                name, sha256 = ledger.take_rows_off(warehouse, file_id, count)
                sha256s.add(sha256)
                files.append(f"{feed.name}/{name}")
                rows[feed.name] = rows.get(feed.name, 0) + count
        bury(warehouse, raise_tombstones(pseudonyms, keys))
    return sha256s, rows, tuple(files)


def _that_count(published: Path, sha256s: set[str]) -> tuple[str, ...]:
    """The snapshots made from any of these files."""
    found = []
    for home in (published, published / HELD_BACK):
        for run_id in snapshots(home):
            folder = home / run_id
            files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
            if any(file["sha256"] in sha256s for file in files):
                found.append(str(folder.relative_to(published)))
    return tuple(found)


def say_forgotten(done: Forgotten, data: Path) -> str:
    """What was removed, and what is left to do, in words."""
    if not done.rows:
        return "This person was forgotten before; nothing was left to remove."
    counted = ", ".join(f"{count:,} of {feed}" for feed, count in done.rows.items())
    lines = [
        f"Forgotten. Rows removed: {counted}. A tombstone keeps them out when a file is delivered again.",
        "Left to do:",
        "  Run involve run, so that figures are counted without this person.",
        "  Delivered files still name the person; ask those who sent them, or remove them:",
        *(f"    {name}" for name in done.files),
    ]
    if done.snapshots:
        lines += [
            "  Snapshots of earlier runs name nobody and still count the person. Once a new one is shown, remove those",
            "  you may not keep:",
            *(f"    {data / PUBLISHED / name}" for name in done.snapshots),
        ]
    return "\n".join([*lines, "  Backups made before now hold the person's rows as well."])
