"""Views: the SQL files under sql/ and their order. Text in, text out: nothing here runs SQL."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from pipelines.faults import Faults, ViewError
from pipelines.headers import EXAMPLE_OF_A_VIEW, Header, IndicatorHeader, example_of, read_header

LAYERS = ("facts", "staging", "marts", "indicators", "published", "checks", "views")
# Views of these layers are stored; the others are read through.
STORED_LAYERS = ("facts", "marts", "indicators", "published")
HEADER = re.compile(r"\A\s*/\*(?P<toml>.*?)\*/", re.DOTALL)
EXAMPLE_OF_A_DAY = (
    "select\n    date_diff('day', team.opened_on, run.as_at) as days_open\n"
    "from staging.team as team\ncross join marts.run as run"
)
EXAMPLE_OF_A_PART = "with held as (\n    select meeting_id from marts.meeting\n)\nselect meeting_id from held"
CLOCKS = {
    "current_date",
    "current_datetime",
    "current_localtime",
    "current_localtimestamp",
    "current_time",
    "current_timestamp",
    "get_current_timestamp",
    "localtime",
    "localtimestamp",
    "now",
    "today",
    "transaction_timestamp",
}
# The view that nobody writes.
ALL_UNITS = "marts.indicator_unit"
NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True)
class View:
    """One SQL file: `layer` and `name` are its path, `body` its one SELECT, `line` where that begins."""

    path: Path
    layer: str
    name: str
    header: Header | IndicatorHeader
    body: str
    line: int
    toml: str = ""
    toml_line: int = 1

    @property
    def full_name(self) -> str:
        """Schema and name under which it is built."""
        return f"{self.layer}.{self.name}"

    @property
    def is_stored(self) -> bool:
        """Whether it is built as a table, not read through."""
        return self.layer in STORED_LAYERS and (isinstance(self.header, IndicatorHeader) or self.header.stored)

    @cached_property
    def tree(self) -> exp.Query:
        """Its SELECT, parsed once. Raises ViewError."""
        return _parse(self)

    @cached_property
    def tables(self) -> tuple[exp.Table, ...]:
        """Every place where its SELECT reads a table."""
        inner = {cte.alias_or_name for cte in self.tree.find_all(exp.CTE)}
        named = (table for table in self.tree.find_all(exp.Table) if isinstance(table.this, exp.Identifier))
        return tuple(table for table in named if table.db or table.name not in inner)

    @cached_property
    def reads(self) -> frozenset[str]:
        """Full names of everything its SELECT reads."""
        return frozenset(full_name(table) for table in self.tables)

    def line_of(self, node: exp.Expr) -> int:
        """Where a part of its SELECT stands in the file."""
        lines = [part.meta["line"] for part in node.walk() if "line" in part.meta]
        if not lines and node.parent:
            return self.line_of(node.parent)
        return self.line + min(lines, default=1) - 1


def full_name(table: exp.Table) -> str:
    """Schema and name of a table that is read."""
    return f"{table.db}.{table.name}" if table.db else table.name


def read_views(root: Path) -> tuple[View, ...]:
    """Every view under `root`, in the order in which they can be built. Raises ViewError, for every wrong file."""
    faults, views = Faults(), []
    paths = sorted(root.glob("**/*.sql"))
    if not paths:
        why = "There is no SQL file in this folder, and every figure is made by one."
        raise ViewError(Path(root.name), 1, why, "involve check --sql sql")
    for path in paths:
        with faults.gathered():
            views.append(read_view(path, root))
    faults.tell()
    indicators = [view for view in views if isinstance(view.header, IndicatorHeader)]
    return in_order([*views, all_units(indicators)] if indicators else views)


def all_units(indicators: Iterable[View]) -> View:
    """The view `marts.indicator_unit`, which nobody writes: the units of every indicator, one under the other."""
    selects = (
        f"select '{view.name}' as indicator_id, counted_on, team_id, unit_id, numerator, denominator, "
        f"{'person_id' if view.header.counts_people else 'cast(null as varchar) as person_id'}, "
        f"{view.header.outcome or 'cast(null as varchar)'} as outcome from {view.full_name}"
        for view in indicators
        if isinstance(view.header, IndicatorHeader)
    )
    header = Header(
        description="The units of every indicator: what is counted, when, for which team.",
        stored=False,
        columns={"indicator_id": "The indicator."},
    )
    return View(Path("sql/indicators"), "marts", "indicator_unit", header, "\nunion all\n".join(selects), 1)


def read_view(path: Path, root: Path) -> View:
    """The view in one file below `root`. Raises ViewError."""
    shown = path.relative_to(root.parent)
    layer = path.relative_to(root).parts[0]
    if layer not in LAYERS:
        why = f"A view lies in a folder of its layer: {', '.join(LAYERS)}."
        raise ViewError(shown, 1, why, f"{root.name}/marts/{path.name}")
    if not NAME.match(path.stem):
        why = f"'{path.stem}' is not a name in lower snake case."
        raise ViewError(shown, 1, why, str(shown.with_stem(snake_case(path.stem))))
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        why = f"The file cannot be read: {error.strerror}."
        raise ViewError(shown, 1, why, f"chmod u+r {shown}") from error
    except UnicodeDecodeError as error:
        raise ViewError(shown, 1, f"The file is not UTF-8 ({error.reason}).", example_of(layer)) from error
    found = HEADER.match(text)
    if not found:
        raise ViewError(shown, 1, "The file does not begin with a header comment.", example_of(layer))
    first_line = text[: found.start("toml")].count("\n") + 1
    header = read_header(shown, first_line, found["toml"], layer)
    body = text[found.end() :].strip()
    line = text[: text.index(body, found.end())].count("\n") + 1
    view = View(shown, layer, path.stem, header, body, line, found["toml"], first_line)
    # Read at once, so that a fault is told with its file.
    _ = view.tree
    return view


def snake_case(name: str) -> str:
    """A name as the house writes it: teamId -> team_id."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", "_", name).strip("_").lower()
    return apart if NAME.match(apart) else f"the_{apart}".rstrip("_")


def in_order(views: Iterable[View]) -> tuple[View, ...]:
    """The views, each after those it reads. Raises ViewError when they read each other in a ring."""
    by_name: dict[str, View] = {}
    for view in views:
        other = by_name.setdefault(view.full_name, view)
        if other is not view:
            mended = view.path.with_stem(f"{view.path.parent.name}_{view.name}")
            why = f"{view.full_name} stands also in {other.path}. Two files have two names."
            raise ViewError(view.path, 1, why, f"mv {view.path} {mended}")
    graph = {name: sorted(view.reads & by_name.keys()) for name, view in sorted(by_name.items())}
    try:
        return tuple(by_name[name] for name in TopologicalSorter(graph).static_order())
    except CycleError as error:
        ring = list(reversed(error.args[1]))[1:]
        first = ring.index(min(ring))
        raise _ring([by_name[name] for name in [*ring[first:], *ring[:first], ring[first]]]) from error


def _ring(views: list[View]) -> ViewError:
    """What is said of views of which each reads the next, the last being the first."""
    first, second = views[:2]
    line = first.line_of(next(table for table in first.tables if full_name(table) == second.full_name))
    why = f"The views read each other in a ring: {' reads '.join(view.full_name for view in views)}."
    outside = sorted(frozenset().union(*(view.reads for view in views)) - {view.full_name for view in views})
    table = outside[0] if outside else "staging.team"
    name = table.split(".")[-1]
    example = f"-- {first.path}: not from {second.full_name}, but from what it is made of\nfrom {table} as {name}"
    return ViewError(first.path, line, why, example)


def _parse(view: View) -> exp.Query:
    try:
        trees = sqlglot.parse(view.body, read="duckdb")
    except (ParseError, TokenError) as error:
        details = getattr(error, "errors", None) or [{}]
        line = view.line + details[0].get("line", 1) - 1
        why = f"The SQL cannot be read: {details[0].get('description', str(error))}."
        raise ViewError(view.path, line, why, EXAMPLE_OF_A_VIEW) from error
    except RecursionError as error:
        why = "The SQL is nested too deeply: give its parts names, in a WITH."
        raise ViewError(view.path, view.line, why, EXAMPLE_OF_A_PART) from error
    tree = trees[0] if trees else None
    if len(trees) != 1 or not isinstance(tree, exp.Query):
        raise _not_one_select(view, [tree for tree in trees if tree])
    _must_not_look_at_the_clock(view, tree)
    return tree


def _not_one_select(view: View, trees: list[exp.Expr]) -> ViewError:
    """What is said where a file holds no statement, one that is no SELECT, or several."""
    wrong = next((place for place, tree in enumerate(trees) if place or not isinstance(tree, exp.Query)), 0)
    why = "After the header stands exactly one SELECT and nothing else."
    if not trees:
        return ViewError(view.path, view.line, why, EXAMPLE_OF_A_VIEW)
    first = view.body.split(";")[0].strip()
    table = trees[0].find(exp.Table)
    example = first if isinstance(trees[0], exp.Query) else f"select *\nfrom {table or 'staging.team'}"
    line = view.line + min((node.meta["line"] for node in trees[wrong].walk() if "line" in node.meta), default=1) - 1
    if not isinstance(trees[wrong], exp.Query):
        why = f"{why} {type(trees[wrong]).__name__} changes data or settings; a view only reads."
    return ViewError(view.path, line, why, example)


def _must_not_look_at_the_clock(view: View, tree: exp.Query) -> None:
    for call in tree.find_all(exp.Func):
        name = (call.name if isinstance(call, exp.Anonymous) else call.sql_name()).lower()
        if name in CLOCKS:
            why = f"A view does not look at the clock ({name}): the day the figures stand at is the as_at of marts.run."
            found = re.search(rf"\b({'|'.join(CLOCKS)})\b", view.body, re.IGNORECASE)
            line = view.line + (view.body[: found.start()].count("\n") if found else 0)
            raise ViewError(view.path, line, why, EXAMPLE_OF_A_DAY)
