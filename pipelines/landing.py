"""The landing folder: which files lie there, for which feed, and with which bytes. Nothing here changes a file."""

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category

from pipelines.errors import InvolveError

# Control signs, and what breaks a line: a file's name must not write on the reader's screen.
UNPRINTABLE = ("Cc", "Zl", "Zp")
LEADS_OUT = "a link that leads out of the landing folder is not followed"


class LandingError(InvolveError):
    """There is nothing to load from; the message says why."""

    is_transient = True


@dataclass(frozen=True)
class Delivery:
    """A file somebody delivered for a feed, named as it was found."""

    feed: str
    path: Path

    @property
    def name(self) -> str:
        """The file's name as the ledger and messages give it, on one line and printable whatever its bytes."""
        name = self.path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        return "".join("\N{REPLACEMENT CHARACTER}" if category(sign) in UNPRINTABLE else sign for sign in name)

    def sha256(self) -> str:
        """Digest of the bytes, in hexadecimal. Raises OSError."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class Landing:
    """What lies in a landing folder: files by feed in the order of loading, and what no feed takes, in words.

    `unreadable` are feeds whose folder cannot be looked into, with the error.
    """

    deliveries: tuple[Delivery, ...]
    left_out: tuple[str, ...]
    unreadable: tuple[tuple[str, OSError], ...] = ()


def look(root: Path, feeds: Collection[str], known: Collection[str]) -> Landing:
    """What lies under `root`: deliveries for `feeds` (in their order, then name order by bytes).

    `known` are all feeds of this version; a folder outside of them is told, not skipped in silence.
    Raises LandingError when the folder cannot be read.
    """
    inside = Path(os.path.realpath(root))
    try:
        folders = {entry.name: entry for entry in _sorted(root)}
    except OSError as error:
        raise LandingError(f"The landing folder {root} cannot be read: {error.strerror}.") from error
    deliveries: list[Delivery] = []
    left_out: list[str] = []
    unreadable: list[tuple[str, OSError]] = []
    for feed in feeds:
        if feed in folders and folders[feed].is_dir():
            try:
                found, words = _look_into(feed, folders[feed], inside)
            except OSError as error:
                unreadable.append((feed, error))
                continue
            deliveries += found
            left_out += words
    left_out += [told for name, entry in folders.items() if (told := _no_feed(name, entry, known))]
    return Landing(tuple(deliveries), tuple(left_out), tuple(unreadable))


def _look_into(feed: str, folder: Path, inside: Path) -> tuple[list[Delivery], list[str]]:
    """The deliveries in a feed's folder, and what is left there, in words. Raises OSError."""
    if not _lies_in(inside, folder):
        return [], [f"{feed}/: {LEADS_OUT}"]
    deliveries = [Delivery(feed, path) for path in _sorted(folder)]
    reasons = [(delivery, _reason_to_leave(delivery.path, inside)) for delivery in deliveries]
    left = [f"{feed}/{delivery.name}: {reason}" for delivery, reason in reasons if reason]
    return [delivery for delivery, reason in reasons if reason is None], left


def _sorted(folder: Path) -> list[Path]:
    return sorted(folder.iterdir(), key=lambda path: path.name.encode("utf-8", "surrogateescape"))


def _reason_to_leave(path: Path, inside: Path) -> str | None:
    """None: it is a delivery. Empty: nothing worth a word. Else the reason in words."""
    if path.name.startswith((".", "~$")):
        return ""
    if not _lies_in(inside, path):
        return LEADS_OUT
    if path.is_dir():
        return "a folder inside a feed's folder is not read"
    return None if path.is_file() else "this is not a file"


def _no_feed(name: str, entry: Path, known: Collection[str]) -> str:
    shown = Delivery("", entry).name
    if name.startswith("."):
        return ""
    if not entry.is_dir():
        return f"{shown}: a file beside the feeds' folders belongs to no feed"
    if name in known:
        return ""
    try:
        count = sum(1 for path in entry.iterdir() if path.is_file())
    except OSError as error:
        return f"{shown}/: the folder cannot be read: {error.strerror}"
    return f"{shown}/: {count} file{'s' * (count != 1)} of a feed that this version does not load"


def _lies_in(inside: Path, path: Path) -> bool:
    # Not Path.resolve, which raises where links lead in a circle.
    return Path(os.path.realpath(path)).is_relative_to(inside)
