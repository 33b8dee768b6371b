"""Which column of a feed each heading of a file means."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import InvolveError
from pipelines.feed import FEEDS_ROOT, Feed
from pipelines.reading.table import UnreadableFileError

MOST_NAMED = 20
LONGEST_NAME = 60
# What may be a person's e-mail address or number is not repeated, wherever it stands.
PERSONAL = re.compile(r"@|\d{5}")


class ColumnMapError(InvolveError):
    """A committed column map cannot be used; the message names the file and what is wrong."""


@dataclass(frozen=True)
class ColumnMap:
    """A trust's own headings for a feed: local heading to column name, and whether it writes month before day."""

    headings: Mapping[str, str]
    month_first: bool = False


@dataclass(frozen=True)
class Matched:
    """`places` gives the place in the file of each column found; `ignored` are headings no column takes."""

    places: Mapping[str, int]
    ignored: tuple[str, ...]


def read_column_map(feed: Feed, root: Path = FEEDS_ROOT) -> ColumnMap:
    """The committed `<feed>.columns.toml`, or an empty map where there is none. Raises ColumnMapError.

    It holds `dates = "month_first"` where a trust writes so, and a table `[headings]` of local heading = "column".
    """
    path = root / f"{feed.name}.columns.toml"
    if not path.exists():
        return ColumnMap({})
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ColumnMapError(f"{path.name} is no TOML: {error}.") from error
    headings = values.pop("headings", {})
    dates = values.pop("dates", "day_first")
    unknown = sorted(set(map(str, headings.values())) - {column.name for column in feed.columns})
    if unknown:
        raise ColumnMapError(f"{path.name} maps headings to {', '.join(unknown)}, which {feed.name} does not have.")
    if values or dates not in ("day_first", "month_first"):
        raise ColumnMapError(f'{path.name} may hold [headings] and dates = "month_first" or "day_first", no more.')
    return ColumnMap(headings, dates == "month_first")


def match(feed: Feed, headings: tuple[str, ...], column_map: ColumnMap) -> Matched:
    """Where each column of `feed` stands in a file with these `headings`. Raises UnreadableFileError."""
    places: dict[str, int] = {}
    ignored = []
    for place, name in enumerate(_meanings(feed, headings, column_map)):
        if name is None:
            ignored.append(headings[place])
        elif name in places:
            raise UnreadableFileError(f"two of its headings mean the column {name}", "keep one of them")
        else:
            places[name] = place
    wanted = [column.name for column in feed.columns if column.required or column.heading_required]
    missing = [_also_called(name, column_map) for name in wanted if name not in places]
    if missing:
        is_are = "column is" if len(missing) == 1 else "columns are"
        raise UnreadableFileError(
            f"the required {is_are} missing: {', '.join(missing)}",
            f"add what is missing, or map the local heading in pipelines/feeds/{feed.name}.columns.toml",
        )
    return Matched(places, tuple(heading for heading in ignored if heading.strip()))


def _also_called(name: str, column_map: ColumnMap) -> str:
    local = [heading for heading, meaning in column_map.headings.items() if meaning == name]
    return f"{name} (here called {' or '.join(local)})" if local else name


def known_and_others(feed: Feed, headings: tuple[str, ...], column_map: ColumnMap) -> str:
    """The headings found, in words. Only known ones are quoted: a file without headings begins with a person."""
    meanings = _meanings(feed, headings, column_map)
    known = [_on_one_line(heading) for heading, name in zip(headings, meanings, strict=True) if name]
    others = sum(1 for heading, name in zip(headings, meanings, strict=True) if not name and heading.strip())
    words = f"known headings found: {', '.join(known)}" if known else "no known heading found"
    return words + (f", and {others} other{'s' * (others != 1)}" if others else "")


def named(headings: tuple[str, ...]) -> str:
    """Headings of ignored columns, in words: on one line, not without end, and nothing that may be a person."""
    names = [_on_one_line(heading) for heading in headings if not PERSONAL.search(heading)][:MOST_NAMED]
    others = len(headings) - len(names)
    return ", ".join(names + [f"{others} other{'s' * (others != 1)}"] * bool(others))


def _meanings(feed: Feed, headings: tuple[str, ...], column_map: ColumnMap) -> list[str | None]:
    meanings = {_plain(column.name): column.name for column in feed.columns}
    meanings |= {_plain(local): name for local, name in column_map.headings.items()}
    return [meanings.get(_plain(heading)) for heading in headings]


def _plain(heading: str) -> str:
    return re.sub(r"[\s_-]", "", heading).casefold()


def _on_one_line(heading: str) -> str:
    words = " ".join(heading.split())
    return words if len(words) <= LONGEST_NAME else words[:LONGEST_NAME] + "…"
