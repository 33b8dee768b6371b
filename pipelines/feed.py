"""What a feed is: the columns of a kind of file people send us, its key and where it is found."""

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.reading import Table

FEEDS_ROOT = Path(__file__).parent / "feeds"


class Kind(Enum):
    """How the cells of a column are read and what may be stored of them."""

    IDENTIFIER = "identifier"  # of a team, meeting or project: compared with case, leading zeros kept
    TEXT = "text"
    PERSON = "person"  # never stored: a keyed pseudonym stands for it
    CANDIDATE = "candidate"  # likewise, and never joined to people
    NOTE = "note"  # free words; kept only where nothing in them looks like a way to find a person
    SEALED = "sealed"  # words that may name somebody: only a keyed hash is stored
    CHOICE = "choice"
    DATE = "date"
    TIME = "time"  # a moment, stored in UTC
    NUMBER = "number"  # a whole number

    @property
    def is_parsed(self) -> bool:
        """Whether a cell can fail to be what its column holds."""
        return self in (Kind.NOTE, Kind.CHOICE, Kind.DATE, Kind.TIME, Kind.NUMBER)

    @property
    def is_secret(self) -> bool:
        """Whether only a keyed pseudonym of the cell may be stored."""
        return self in (Kind.PERSON, Kind.CANDIDATE, Kind.SEALED)


@dataclass(frozen=True)
class Column:
    """One column of a feed. `choices` are the values a CHOICE column may hold, spelt as they are stored.

    A last choice that ends in * stands for whatever begins like it. With `heading_required` a file must have the
    column, though its cells may be empty. `holds` says what it holds, in plain words and with its unit.
    """

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    heading_required: bool = False
    holds: str = ""

    @property
    def given(self) -> str:
        """The stored column that is NULL only where the cell was empty."""
        return f"{self.name}_reads" if self.kind.is_parsed else self.name


@dataclass(frozen=True)
class Feed:
    """A kind of file. `position` is its place in the order of loading, `dated_by` the column of its newest record.

    `key` names columns, or what the feed's facts add to them. `reader` takes a file of another shape than headings and
    rows, or whose name says something, into a table headed by the feed's columns. `name_pattern`: what its first group
    finds in a file's name is content as the rows are. `has_more_columns`: its files hold columns that nobody wants, by
    their nature and without a warning.
    """

    name: str
    position: int
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    dated_by: str | None = None
    reader: "Callable[[Path], Table] | None" = None
    name_pattern: re.Pattern[str] | None = None
    has_more_columns: bool = False

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)

    def said_by_name(self, file_name: str) -> str | None:
        """What a file's name says of its rows; None where it says nothing."""
        found = self.name_pattern.search(file_name) if self.name_pattern else None
        return found[1] if found else None

    @property
    def read_key(self) -> tuple[Column, ...]:
        """The columns of the key that are read from the file; the others are facts."""
        return tuple(column for column in self.columns if column.name in self.key)

    @property
    def persons(self) -> tuple[str, ...]:
        """Names of the columns that hold people of the register or staff."""
        return tuple(column.name for column in self.columns if column.kind is Kind.PERSON)


@cache
def discover() -> tuple[Feed, ...]:
    """Every feed, found by walking pipelines/feeds, in the order in which they are loaded."""
    names = [module.name for module in pkgutil.iter_modules([str(FEEDS_ROOT)])]
    feeds = [importlib.import_module(f"pipelines.feeds.{name}").FEED for name in names]
    return tuple(sorted(feeds, key=lambda feed: feed.position))


def identifier(name: str, *, required: bool = False, holds: str = "") -> Column:
    """An identifier of a thing, never of a person."""
    return Column(name, Kind.IDENTIFIER, required, holds=holds)


def text(name: str, *, required: bool = False, holds: str = "") -> Column:
    """Words that name no person."""
    return Column(name, Kind.TEXT, required, holds=holds)


def note(name: str, *, required: bool = False, holds: str = "") -> Column:
    """Free words, held back where they name a person."""
    return Column(name, Kind.NOTE, required, holds=holds)


def person(name: str, *, required: bool = False, holds: str = "") -> Column:
    """A register number or e-mail address."""
    return Column(name, Kind.PERSON, required, holds=holds)


def candidate(name: str, *, required: bool = False, holds: str = "") -> Column:
    """A person on the way to involvement."""
    return Column(name, Kind.CANDIDATE, required, holds=holds)


def sealed(name: str, *, holds: str = "") -> Column:
    """Words compared for equality only."""
    return Column(name, Kind.SEALED, holds=holds)


def choice(name: str, *choices: str, required: bool = False, holds: str = "") -> Column:
    """One of a list, ignoring case and outer spaces."""
    return Column(name, Kind.CHOICE, required, choices, holds=holds)


def date(name: str, *, required: bool = False, holds: str = "") -> Column:
    """A day."""
    return Column(name, Kind.DATE, required, holds=holds)


def time(name: str, *, required: bool = False, holds: str = "") -> Column:
    """A moment; without an offset it is Europe/London."""
    return Column(name, Kind.TIME, required, holds=holds)


def number(name: str, *, required: bool = False, holds: str = "") -> Column:
    """A whole number."""
    return Column(name, Kind.NUMBER, required, holds=holds)
