"""Lineage: which columns of the tables it reads each column of a SELECT is made of. Parsed SQL in, data out.

A column that nothing is read for (a count of rows, a constant) comes from the rows of the tables that are read. Only
what its value is made of counts: what a WHERE or a join looks at is lineage of the table, not of its columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from sqlglot import exp

from pipelines.faults import closest, did_you_mean
from pipelines.values import values_in

# Where a name may also be one that the same SELECT gives.
AFTER_THE_COLUMNS = ("group", "having", "qualify", "order", "distinct")
# On the right of these joins stands what is looked up and not given on.
LOOKED_UP = ("SEMI", "ANTI")


@dataclass(frozen=True, order=True)
class Source:
    """A column of a table, or, with an empty `column`, the table's rows."""

    table: str
    column: str = ""


@dataclass(frozen=True)
class Origin:
    """What a column is made of. `passed`: the columns it is merely passed on from, none for NULL; None: it is made.

    `held` are those whose values stand in it, as they are or remade, and `counted` those that are counted for it.
    """

    sources: frozenset[Source]
    passed: frozenset[Source] | None = None
    held: frozenset[Source] = frozenset()
    counted: frozenset[Source] = frozenset()


@dataclass(frozen=True)
class Lineage:
    """The columns a query gives, in order, and the tables whose rows its rows are."""

    columns: Mapping[str, Origin]
    rows: frozenset[str]
    # Where each column stands in the SQL.
    nodes: Mapping[str, exp.Expr] = field(default_factory=dict, compare=False)


class LineageError(Exception):
    """A name in a query that stands for nothing; `node` is where, `meant` what it may have been meant to be."""

    def __init__(self, node: exp.Expr, why: str, meant: str) -> None:
        """`why` in words; `meant` as it should be written."""
        super().__init__(why)
        self.node = node
        self.meant = meant


Sources = Mapping[str, Lineage]


def table_lineage(name: str, columns: Sequence[str]) -> Lineage:
    """A table seen from outside: each of its columns is itself."""
    own = {column: frozenset({Source(name, column)}) for column in columns}
    return Lineage({column: Origin(source, source, source) for column, source in own.items()}, frozenset({name}))


def read_lineage(query: exp.Query, tables: Sources, around: tuple[Sources, ...] = ()) -> Lineage:
    """The lineage of a query over `tables`, by full name; `around` are what queries around it read, innermost first.

    Raises LineageError for a table or column that is not there, and for a column given twice.
    """
    for cte in query.ctes:
        tables = {**tables, cte.alias: _renamed(read_lineage(cte.this, tables, around), cte)}
    if isinstance(query, exp.Subquery):
        return read_lineage(query.this, tables, around)
    if isinstance(query, exp.SetOperation):
        left, right = (read_lineage(side, tables, around) for side in (query.left, query.right))
        return _one_under_the_other(query, left, right)
    if not isinstance(query, exp.Select):
        raise LineageError(query, "Only a SELECT gives columns.", "select")
    return _Select(query, tables, around).lineage()


class _Select:
    """One SELECT being read."""

    def __init__(self, select: exp.Select, tables: Sources, around: tuple[Sources, ...]) -> None:
        self.select, self.tables = select, tables
        self.read: dict[str, Lineage] = {}
        self.given_on: dict[str, Lineage] = {}
        self.seen = (self.read, *around)
        self.columns: dict[str, Origin] = {}
        self.nodes: dict[str, exp.Expr] = {}

    def lineage(self) -> Lineage:
        self._read_tables()
        self.rows = frozenset(table for source in self.read.values() for table in source.rows)
        for projection in self.select.expressions:
            for name, origin in self._columns_of(projection):
                if name in self.columns:
                    meant = f"{projection.unalias().sql('duckdb')} as {name}_again"
                    raise LineageError(projection, f"The column '{name}' is given twice.", meant)
                self.columns[name], self.nodes[name] = origin, projection
        self._look_up_the_rest()
        return Lineage(self.columns, self.rows, self.nodes)

    def _read_tables(self) -> None:
        joins = self.select.args.get("joins") or []
        first = self.select.args.get("from_")
        for part in [*([first] if first else []), *joins]:
            table, lineage = part.this, self._table(part.this)
            self.read[table.alias_or_name] = lineage
            if isinstance(part, exp.From) or part.kind not in LOOKED_UP:
                self.given_on[table.alias_or_name] = lineage

    def _table(self, table: exp.Expr) -> Lineage:
        if isinstance(table, exp.Subquery):
            return _renamed(read_lineage(table, self.tables, self.seen[1:]), table)
        if isinstance(table, exp.Values):
            return Lineage(dict.fromkeys(table.alias_column_names, Origin(frozenset())), frozenset())
        if not isinstance(table, exp.Table) or not isinstance(table.this, exp.Identifier):
            raise LineageError(table, f"{table.sql('duckdb')} is no table with known columns.", "staging.team")
        name = f"{table.db}.{table.name}" if table.db else table.name
        if name not in self.tables:
            meant = _closest(name, self.tables)
            raise LineageError(table, f"There is no table {name}.{_asked(name, self.tables)}", meant)
        return _renamed(self.tables[name], table)

    def _columns_of(self, projection: exp.Expr) -> Iterator[tuple[str, Origin]]:
        star = projection.this if isinstance(projection, exp.Column) else projection
        if not isinstance(star, exp.Star):
            yield projection.alias_or_name, self._origin(projection)
            return
        left_out = {column.name for column in star.args.get("except_") or []}
        replaced = {column.alias: column for column in star.args.get("replace") or []}
        wanted = projection.table if isinstance(projection, exp.Column) else ""
        joined_by_name: set[str] = set()
        for alias, lineage in self.given_on.items():
            for name, origin in lineage.columns.items():
                if (not wanted or alias == wanted) and name not in left_out | joined_by_name:
                    yield name, self._origin(replaced[name]) if name in replaced else origin
            joined_by_name |= self._using() if not wanted else set()

    def _using(self) -> set[str]:
        joins = self.select.args.get("joins") or []
        return {name.name for join in joins for name in join.args.get("using") or []}

    def _origin(self, expression: exp.Expr) -> Origin:
        sources: set[Source] = set()
        names_nothing = True
        for node in _within(expression):
            if isinstance(node, exp.Query):
                inner = read_lineage(node, self.tables, self.seen).columns.values()
                sources |= {source for origin in inner for source in origin.sources}
            elif isinstance(node, exp.Column):
                sources |= self._find(node, is_after=True).sources
            names_nothing &= not isinstance(node, exp.Query | exp.Column)
        counts_rows = names_nothing or expression.find(exp.Star) is not None
        rows = {Source(table) for table in self.rows} if counts_rows else set()
        return Origin(frozenset(sources | rows), self._passed(expression), *self._values(expression))

    def _values(self, expression: exp.Expr) -> tuple[frozenset[Source], frozenset[Source]]:
        """The columns whose values stand in an expression, and those that it counts."""
        found: list[Origin] = []
        counted: set[Source] = set()
        for node in values_in(expression):
            if isinstance(node, exp.Count):
                columns = [column for column in _within(node) if isinstance(column, exp.Column)]
                counted |= {source for column in columns for source in self._find(column, is_after=True).held}
            elif isinstance(node, exp.Query):
                found += read_lineage(node, self.tables, self.seen).columns.values()
            elif isinstance(node, exp.Column):
                found.append(self._find(node, is_after=True))
        counted |= {source for origin in found for source in origin.counted}
        return frozenset().union(*(origin.held for origin in found)), frozenset(counted)

    def _passed(self, expression: exp.Expr) -> frozenset[Source] | None:
        expression = expression.unalias()
        if isinstance(expression, exp.Null):
            return frozenset()
        if isinstance(expression, exp.Column):
            return self._find(expression, is_after=True).passed
        if isinstance(expression, exp.Cast | exp.Paren):
            return self._passed(expression.this)
        if isinstance(expression, exp.Coalesce):
            parts = [expression.this, *expression.expressions]
            passed = [self._passed(part) for part in parts if not isinstance(part, exp.Literal | exp.Boolean)]
            return _both(passed)
        return None

    def _find(self, column: exp.Column, *, is_after: bool) -> Origin:
        """What a name stands for: a column read here, one given before by this SELECT, one of a query around."""
        if column.table:
            return self._find_in(column)
        for scope in self.seen:
            for lineage in scope.values():
                if column.name in lineage.columns:
                    return lineage.columns[column.name]
            if scope is self.read and is_after and column.name in self.columns:
                return self.columns[column.name]
        known = [name for lineage in self.read.values() for name in lineage.columns]
        tables = " or ".join(sorted(self.rows)) or "what is read"
        why = f"There is no column '{column.name}' in {tables}.{_asked(column.name, known)}"
        raise LineageError(column, why, _closest(column.name, known))

    def _find_in(self, column: exp.Column) -> Origin:
        read = next((scope[column.table] for scope in self.seen if column.table in scope), None)
        if read is None:
            meant = f"{_closest(column.table, self.read)}.{column.name}"
            why = f"'{column.table}' is no table read here.{_asked(column.table, self.read)}"
            raise LineageError(column, why, meant)
        if column.name not in read.columns:
            meant = f"{column.table}.{_closest(column.name, read.columns)}"
            tables = " or ".join(sorted(read.rows)) or column.table
            why = f"There is no column '{column.name}' in {tables}.{_asked(column.name, read.columns)}"
            raise LineageError(column, why, meant)
        return read.columns[column.name]

    def _look_up_the_rest(self) -> None:
        """Finds every name outside the columns, so that one that stands for nothing is told here."""
        clauses = {name: self.select.args.get(name) for name in ("where", *AFTER_THE_COLUMNS)}
        parts = [(name in AFTER_THE_COLUMNS, part) for name, part in clauses.items() if part]
        parts += [(False, join.args["on"]) for join in self.select.args.get("joins") or [] if join.args.get("on")]
        for is_after, part in parts:
            for node in _within(part):
                if isinstance(node, exp.Query):
                    read_lineage(node, self.tables, self.seen)
                elif isinstance(node, exp.Column):
                    self._find(node, is_after=is_after)


def _within(expression: exp.Expr) -> Iterator[exp.Expr]:
    """The parts of an expression, without those of a query inside it."""
    return expression.walk(prune=lambda node: isinstance(node, exp.Query))


def _renamed(lineage: Lineage, table: exp.Expr) -> Lineage:
    """With the names that `as name (a, b)` gives to the columns."""
    names = table.alias_column_names
    if not names:
        return lineage
    return replace(lineage, columns=dict(zip(names, lineage.columns.values(), strict=False)))


def _one_under_the_other(query: exp.SetOperation, left: Lineage, right: Lineage) -> Lineage:
    if len(left.columns) != len(right.columns):
        why = f"The SELECTs one under the other give {len(left.columns)} and {len(right.columns)} columns."
        raise LineageError(query.right, why, ", ".join(left.columns))
    if not isinstance(query, exp.Union):
        return left
    pairs = zip(left.columns.items(), right.columns.values(), strict=True)
    columns = {name: _merged(above, below) for (name, above), below in pairs}
    return Lineage(columns, left.rows | right.rows, left.nodes)


def _merged(above: Origin, below: Origin) -> Origin:
    """A column of two SELECTs one under the other; NULL on one side adds nothing."""
    if above.passed == frozenset():
        return below
    if below.passed == frozenset():
        return above
    passed = _both([above.passed, below.passed])
    return Origin(above.sources | below.sources, passed, above.held | below.held, above.counted | below.counted)


def _both(passed: Sequence[frozenset[Source] | None]) -> frozenset[Source] | None:
    given = [sources for sources in passed if sources is not None]
    return frozenset().union(*given) if given and len(given) == len(passed) else None


def _asked(name: str, known: Mapping[str, object] | Sequence[str]) -> str:
    return did_you_mean(closest(name, known))


def _closest(name: str, known: Mapping[str, object] | Sequence[str]) -> str:
    near = get_close_matches(name, sorted(set(known)), 1, 0.4)
    return near[0] if near else next(iter(known), name)
