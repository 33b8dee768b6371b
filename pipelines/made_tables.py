"""Tables that no file under sql/ makes: those of the feeds, and those the house makes (pipelines/made/<table>.toml).

Each is described like a view: what one row is, its key, its columns, and what it is made of.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.cells import day_of, stored_columns
from pipelines.faults import ViewError
from pipelines.feed import FEEDS_ROOT, Feed, Kind
from pipelines.headers import line_of_key
from pipelines.lineage import Source

MADE_ROOT = Path(__file__).parent / "made"
OF_EVERY_ROW = {
    "row_id": "The row, numbered in the order of loading.",
    "file_id": "The file the row came in.",
    "row_number": "The row's number in its file.",
    "is_ragged": "Whether the row has more cells than headings, or a broken quote.",
    "unreadable": "A keyed digest of the cells that cannot be read; empty where all can.",
}
OF_EVERY_DISPOSITION = {
    "row_id": OF_EVERY_ROW["row_id"],
    "file_id": OF_EVERY_ROW["file_id"],
    "disposition": "What became of the row: loaded, quarantined, duplicate or superseded.",
    "rules": "The rules the row breaks; empty where it breaks none.",
}
# Where an e-mail address stands for a person of the register.
REGISTER = (Source("raw.people", "person"), Source("raw.people", "email"))
EXAMPLE = 'description = "One row: the run."\nkey         = ["run_id"]\n\n[columns]\nrun_id = "The run."'


class _Header(BaseModel):
    """`reads` are the tables it is made of, `passes` the columns it merely passes on, `columns` the others. What is
    computed from published values says the `types` of its columns, so that it can stand empty in a rehearsal.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    description: str
    key: tuple[str, ...]
    reads: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    columns: dict[str, str] = {}
    types: dict[str, str] = {}


@dataclass(frozen=True)
class MadeTable:
    """A table that no view makes. `passes` names, for each column merely passed on, the columns it may come from."""

    name: str
    path: Path
    made_by: str
    description: str
    key: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    passes: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    # Further columns that decide a value which is passed on.
    settled_by: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    line_of_reads: int = 1

    @property
    def column_names(self) -> tuple[str, ...]:
        """Every column."""
        return *self.passes, *self.columns


def house_tables(root: Path = MADE_ROOT) -> tuple[MadeTable, ...]:
    """The tables the house makes. Raises ViewError where a file of them is wrong."""
    return tuple(_house_table(path) for path in sorted(root.glob("*.toml")))


@cache
def analysed() -> tuple[str, ...]:
    """The tables, in the schema `published`, that are computed from published values (see `analysis.analyse`)."""
    return tuple(table.name.removeprefix("published.") for table in house_tables() if table.types)


def read_tables(feed: Feed) -> tuple[MadeTable, MadeTable]:
    """The tables of a feed as it is read: raw, and with people resolved."""
    columns = _raw_columns(feed)
    raw = MadeTable(f"raw.{feed.name}", _path(feed), "feed", f"{feed.title}: every row ever read.", columns=columns)
    settled = {name: REGISTER for name in feed.persons if name in feed.key}
    words = f"{feed.title}: every row ever read, with e-mail addresses that the register knows as that person."
    return raw, _passing(feed, "resolved", "raw", columns, words, settled)


def bare_facts(feed: Feed) -> MadeTable:
    """The facts of a feed without a view of them."""
    words = f"{feed.title}: every row ever read; its rules need to know nothing more."
    return _passing(feed, "facts", "resolved", _raw_columns(feed), words)


def judged_tables(feed: Feed, facts: Iterable[str]) -> tuple[MadeTable, MadeTable]:
    """The tables of a feed once every row is judged; `facts` are the columns of its facts."""
    validated = _passing(feed, "validated", "facts", facts, f"{feed.title}: the rows that count.")
    words, reads = f"{feed.title}: what became of every row.", (f"facts.{feed.name}",)
    fate = MadeTable(
        f"dispositions.{feed.name}", _path(feed), "house", words, ("row_id",), reads, columns=OF_EVERY_DISPOSITION
    )
    return validated, fate


def _path(feed: Feed) -> Path:
    return FEEDS_ROOT.relative_to(FEEDS_ROOT.parents[1]) / f"{feed.name}.py"


def _house_table(path: Path) -> MadeTable:
    shown = path.relative_to(path.parents[2])
    try:
        text = path.read_text(encoding="utf-8")
        header = _Header.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ViewError(
            shown, 1, f"It does not describe a table: {str(error).splitlines()[-1].strip()}", EXAMPLE
        ) from error
    passes = {name: tuple(Source(table, name) for table in header.reads) for name in header.passes}
    return MadeTable(
        path.stem,
        shown,
        "house",
        header.description,
        header.key,
        header.reads,
        passes,
        header.columns,
        types=header.types,
        line_of_reads=line_of_key("reads", text, 1),
    )


def _passing(
    feed: Feed,
    schema: str,
    source: str,
    columns: Iterable[str],
    description: str,
    settled: Mapping[str, tuple[Source, ...]] | None = None,
) -> MadeTable:
    """A table of a feed that passes on every column of another."""
    name, read = f"{schema}.{feed.name}", f"{source}.{feed.name}"
    passes = {column: (Source(read, column),) for column in columns}
    return MadeTable(name, _path(feed), "house", description, ("row_id",), (read,), passes, settled_by=settled or {})


def _raw_columns(feed: Feed) -> dict[str, str]:
    described = dict(OF_EVERY_ROW)
    for column in feed.columns:
        described[column.name] = column.holds
        if column.kind is Kind.TIME:
            described[day_of(column)] = f"The day, in London, of {column.name}."
        if column.kind.is_parsed:
            described[column.given] = f"Whether {column.name} could be read; empty where the cell was empty."
    return {name: described[name] for name in (*OF_EVERY_ROW, *stored_columns(feed))}
