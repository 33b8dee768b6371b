"""What every table and column on the way from file to figure is: described once, where it is first made.

A column that is merely passed on keeps the description it has; lineage finds where that stands. Text in, data out.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.agreement import disagreements
from pipelines.anonymity import betrayals
from pipelines.faults import Faults, ViewError, closest, did_you_mean
from pipelines.feed import Feed
from pipelines.headers import OUTCOME_COLUMN, UNIT_COLUMNS, Header, line_of_column, line_of_key
from pipelines.lineage import Lineage, LineageError, Origin, Source, read_lineage, table_lineage
from pipelines.made_tables import MadeTable, bare_facts, house_tables, judged_tables, read_tables
from pipelines.views import View, full_name

EXAMPLE_OF_A_COLUMN = '{name} = "What it holds, in plain words, with its unit."'

EXAMPLE_OF_AN_EDITION = (
    "select\n    policy.edition,\n    place.place_id\nfrom marts.place as place\ncross join published.policy as policy"
)


@dataclass
class Documents:
    """Every table by its full name: the view or the made table it is, its lineage, and its columns' descriptions."""

    makers: dict[str, View | MadeTable] = field(default_factory=dict)
    lineages: dict[str, Lineage] = field(default_factory=dict)
    descriptions: dict[Source, str] = field(default_factory=dict)


def document(views: Iterable[View], feeds: Iterable[Feed]) -> Documents:
    """The documents of all tables; `views` in the order in which they are built. Raises ViewError, for all faults."""
    return _Writer(tuple(views), tuple(feeds)).write()


class _Writer:
    """Reads lineage table by table, then describes column by column."""

    def __init__(self, views: tuple[View, ...], feeds: tuple[Feed, ...]) -> None:
        self.views, self.feeds = views, feeds
        self.faults, self.documents = Faults(), Documents()
        self.known: dict[str, Lineage] = {}
        self.undescribed: dict[str, list[str]] = {}
        # What cannot be read, and of it those that merely read what cannot.
        self.failed: set[str] = set()
        self.skipped: set[str] = set()

    def write(self) -> Documents:
        for table in house_tables():
            self._make(table)
        facts = {view.name: view for view in self.views if view.layer == "facts"}
        for feed in self.feeds:
            self._feed(feed, facts.get(feed.name))
        for view in self.views:
            if view.layer != "facts":
                self._view(view)
        for fault in disagreements(self.views):
            self.faults.add(fault)
        for table in house_tables():
            self._must_read_what_is_there(table)
        self.faults.tell(_not_looked_at(self.skipped))
        self._give_lineage()
        self._describe_all()
        self.faults.tell()
        return self.documents

    def _describe_all(self) -> None:
        for name, lineage in self.documents.lineages.items():
            for column in lineage.columns:
                self._describe(Source(name, column))
            self._must_exist(self.documents.makers[name], lineage)
        for fault in betrayals(self.documents.makers, self.documents.lineages, self.feeds):
            self.faults.add(fault)
        for name, columns in self.undescribed.items():
            self.faults.add(_undescribed(self.documents.makers[name], columns, self.documents.lineages[name]))

    def _make(self, table: MadeTable) -> None:
        self.documents.makers[table.name] = table
        self.known[table.name] = table_lineage(table.name, table.column_names)

    def _feed(self, feed: Feed, facts: View | None) -> None:
        for table in read_tables(feed):
            self._make(table)
        if facts:
            self._view(facts)
        else:
            self._make(bare_facts(feed))
        given = self.known.get(f"facts.{feed.name}")
        for table in judged_tables(feed, given.columns if given else ()):
            self._make(table)

    def _view(self, view: View) -> None:
        name = view.full_name
        if view.reads & self.failed:
            self.failed.add(name)
            self.skipped.add(name)
            return
        with self.faults.gathered():
            if isinstance(self.documents.makers.get(name), MadeTable):
                why = f"{name} is made by the house itself ({self.documents.makers[name].path})."
                raise ViewError(view.path, 1, why, f"mv {view.path} {view.path.with_stem(view.name + '_of_ours')}")
            self._must_read_tables(view)
            try:
                lineage = read_lineage(view.tree, self.known)
            except LineageError as error:
                self.failed.add(name)
                raise _as_fault(view, error) from error
            self.documents.makers[name], self.documents.lineages[name] = view, lineage
            self.known[name] = table_lineage(name, tuple(lineage.columns))

    def _must_read_tables(self, view: View) -> None:
        """What a view reads is made by somebody; also what is only made later can have been meant."""
        every = {*self.known, *(other.full_name for other in self.views)} - {view.full_name}
        for table in view.tables:
            name = full_name(table)
            if name not in every | self.failed:
                self.failed.add(view.full_name)
                like = closest(name, every)
                why = f"There is no table {name}.{did_you_mean(like)}"
                raise ViewError(view.path, view.line_of(table), why, f"from {like or 'published.indicator_value'}")

    def _must_read_what_is_there(self, table: MadeTable) -> None:
        """What the house makes a table of is there: one that is called otherwise, or has gone, is told by its file."""
        for name in [name for name in table.reads if name not in self.known and name not in self.failed]:
            self.faults.add(_not_there(table, name, self.views))

    def _give_lineage(self) -> None:
        """The lineage of what is made without a view, now that every table is known."""
        views = self.documents.lineages
        made = {
            name: _made_lineage(maker, self.known)
            for name, maker in self.documents.makers.items()
            if isinstance(maker, MadeTable)
        }
        self.documents.lineages = made | views

    def _describe(self, column: Source) -> str:
        """What a column holds; "" where nobody says it, which is told once, where it is first made."""
        described = self.documents.descriptions
        if column not in described:
            maker, origin = (
                self.documents.makers[column.table],
                self.documents.lineages[column.table].columns[column.column],
            )
            own = _own(maker).get(column.column)
            inherited = {self._describe(source) for source in origin.passed or ()} if not own else {own}
            if len(inherited) != 1:
                self.undescribed.setdefault(column.table, []).append(column.column)
            described[column] = inherited.pop() if len(inherited) == 1 else ""
        return described[column]

    def _must_exist(self, maker: View | MadeTable, lineage: Lineage) -> None:
        """What a header names is given by the SELECT."""
        if not isinstance(maker, View) or not isinstance(maker.header, Header):
            return
        for name in maker.header.columns.keys() - lineage.columns.keys():
            like = closest(name, lineage.columns)
            meant = like or next(iter(lineage.columns))
            why = f"The header describes a column '{name}' that the SELECT does not give.{did_you_mean(like)}"
            line = line_of_column(name, maker.toml, maker.toml_line)
            self.faults.add(ViewError(maker.path, line, why, "[columns]\n" + EXAMPLE_OF_A_COLUMN.format(name=meant)))
        for name in [name for name in maker.header.key if name not in lineage.columns]:
            like = closest(name, lineage.columns)
            meant = like or next(iter(lineage.columns))
            why = f"The header's key names a column '{name}' that the SELECT does not give.{did_you_mean(like)}"
            line = line_of_key("key", maker.toml, maker.toml_line)
            key = json.dumps([meant if part == name else part for part in maker.header.key])
            self.faults.add(ViewError(maker.path, line, why, f"key = {key}"))
        for name in [name for name in maker.header.key_may_lack if name not in maker.header.key]:
            like = closest(name, maker.header.key)
            why = f"The header's key_may_lack names '{name}', which is no part of the key.{did_you_mean(like)}"
            line = line_of_key("key_may_lack", maker.toml, maker.toml_line)
            self.faults.add(ViewError(maker.path, line, why, f'key_may_lack = ["{like or maker.header.key[0]}"]'))
        if maker.layer == "published" and maker.header.editions and "edition" not in lineage.columns:
            why = "A view that goes into editions gives the column 'edition', which says into which."
            self.faults.add(ViewError(maker.path, maker.line, why, EXAMPLE_OF_AN_EDITION))


def _own(maker: View | MadeTable) -> Mapping[str, str]:
    """The descriptions that stand with the table itself."""
    if isinstance(maker, MadeTable):
        return maker.columns
    if isinstance(maker.header, Header):
        return maker.header.columns
    return UNIT_COLUMNS | ({maker.header.outcome: OUTCOME_COLUMN} if maker.header.outcome else {})


def _undescribed(maker: View | MadeTable, columns: list[str], lineage: Lineage) -> ViewError:
    """What is said of a table some of whose columns nobody describes, with the lines that its header lacks."""
    places = [
        maker.line_of(lineage.nodes[name]) for name in columns if name in lineage.nodes and isinstance(maker, View)
    ]
    several = [name for name in columns if lineage.columns[name].passed]
    why = f"Nobody says what these columns hold: {', '.join(columns)}. What is made here is described here"
    why += f"; {', '.join(several)} may come from columns that hold different things." if several else "."
    example = "\n".join(["[columns]", *(EXAMPLE_OF_A_COLUMN.format(name=name) for name in columns)])
    return ViewError(maker.path, min(places, default=1), why, example)


def _not_there(table: MadeTable, name: str, views: Iterable[View]) -> ViewError:
    """What is said where the house makes a table of one that no file makes: how to bring that back."""
    layer, bare = name.split(".")
    read = frozenset().union(*(view.reads for view in views))
    unread = {view.name: view.path for view in views if view.layer == layer and view.full_name not in read}
    renamed = closest(bare, unread)
    path = Path("sql") / layer / f"{bare}.sql"
    why = f"The house makes {table.name} of {name}, which is not there: no file {path} makes it."
    example = f"mv {unread[renamed]} {path}" if renamed else f"git restore {path}"
    return ViewError(table.path, table.line_of_reads, why, example)


def _not_looked_at(skipped: Collection[str]) -> str:
    """What is said of views that read one which is wrong."""
    if not skipped:
        return ""
    who = "1 view that reads it was" if len(skipped) == 1 else f"{len(skipped)} views that read it were"
    return f"{who} not looked at."


def _as_fault(view: View, error: LineageError) -> ViewError:
    """A name that stands for nothing, with the line as it was probably meant."""
    line = view.line_of(error.node)
    written = view.body.splitlines()[line - view.line].strip()
    wrong = error.node.sql("duckdb")
    example = written.replace(wrong, error.meant) if wrong in written else error.meant
    return ViewError(view.path, line, str(error), example)


def _made_lineage(table: MadeTable, known: Mapping[str, Lineage]) -> Lineage:
    rows = frozenset(Source(name) for name in table.reads)
    columns = {}
    for name, sources in table.passes.items():
        # The first table read that has it is where it comes from; the others are matched by it.
        there = [source for source in sources if source.column in known[source.table].columns][:1]
        columns[name] = Origin(frozenset([*there, *table.settled_by.get(name, ())]), frozenset(there), frozenset(there))
    columns |= dict.fromkeys(table.columns, Origin(rows))
    return Lineage(columns, frozenset(table.reads))
