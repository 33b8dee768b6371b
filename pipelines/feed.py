"""What a feed is: the columns of a kind of file people send us, its key and where it is found."""

import importlib
import pkgutil
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

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
    """One column of a feed. `choices` are the values a CHOICE column may hold, spelt as they are stored."""

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()

    @property
    def given(self) -> str:
        """The stored column that is NULL only where the cell was empty."""
        return f"{self.name}_reads" if self.kind.is_parsed else self.name


@dataclass(frozen=True)
class Feed:
    """A kind of file. `position` is its place in the order of loading, `dated_by` the column of its newest record."""

    name: str
    position: int
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    dated_by: str | None = None

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)

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


def identifier(name: str, *, required: bool = False) -> Column:
    """An identifier of a thing, never of a person."""
    return Column(name, Kind.IDENTIFIER, required)


def text(name: str, *, required: bool = False) -> Column:
    """Words that name no person."""
    return Column(name, Kind.TEXT, required)


def note(name: str, *, required: bool = False) -> Column:
    """Free words, held back where they name a person."""
    return Column(name, Kind.NOTE, required)


def person(name: str, *, required: bool = False) -> Column:
    """A register number or e-mail address."""
    return Column(name, Kind.PERSON, required)


def candidate(name: str, *, required: bool = False) -> Column:
    """A person on the way to involvement."""
    return Column(name, Kind.CANDIDATE, required)


def sealed(name: str) -> Column:
    """Words compared for equality only."""
    return Column(name, Kind.SEALED)


def choice(name: str, *choices: str, required: bool = False) -> Column:
    """One of a list, ignoring case and outer spaces."""
    return Column(name, Kind.CHOICE, required, choices)


def date(name: str, *, required: bool = False) -> Column:
    """A day."""
    return Column(name, Kind.DATE, required)


def time(name: str, *, required: bool = False) -> Column:
    """A moment; without an offset it is Europe/London."""
    return Column(name, Kind.TIME, required)


def number(name: str, *, required: bool = False) -> Column:
    """A whole number."""
    return Column(name, Kind.NUMBER, required)
