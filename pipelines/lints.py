"""The house rules of SQL, beyond being readable: what a layer may read, what runs on every engine, what is declared.

Text in, text out. Each fault is a ViewError with file, line, the rule and a right example.
"""

from collections.abc import Collection, Iterable, Iterator

from sqlglot import exp

from pipelines.faults import Faults, ViewError, closest, did_you_mean
from pipelines.headers import (
    EXAMPLE_OF_A_VIEW,
    EXAMPLE_OF_AN_INDICATOR,
    UNIT_COLUMNS,
    Header,
    IndicatorHeader,
    line_of_key,
)
from pipelines.views import ALL_UNITS, NAME, View, full_name, snake_case

# What is published row by row and for which no mart has been made.
UNMADE = ("facts.ms_teams", "staging.annotation", "staging.meeting", "staging.team")
# Names of layers, or of single tables of one.
ALLOWED_READS = {
    "facts": {"resolved", "validated", "ledger.file", "marts.run", "marts.indicator_catalogue"},
    "staging": {"validated", "staging.recruitment_status"},
    "marts": {"staging", "marts"},
    "indicators": {"marts"},
    "published": {"published", "marts", "ledger", "dispositions", *UNMADE},
    "checks": {"marts", "staging", "ledger", "dispositions"},
    "views": {"published"},
}
# What these hold is made of what feeds deliver, without a file under sql/.
LAYERS_OF_FEEDS = ("raw", "resolved", "validated", "dispositions", "ledger")
KEYED = ("staging", "marts", "published", "views")
# Days, and seconds between moments of whole seconds, are counted alike by every engine; months and weeks are not.
UNITS = {"DateDiff": {"DAY", "SECOND"}, "Extract": {"YEAR", "QUARTER", "MONTH", "DAY"}}
# What was tried on two engines and gave the same rows; a construct is added here after it was tried.
# fmt: off
PORTABLE = frozenset(
    {
        "Abs", "Add", "Alias", "And", "AnyValue", "ArgMax", "ArgMin", "Array", "ArrayAgg", "Avg", "Between",
        "Boolean", "CTE", "Case", "Cast", "Ceil", "Coalesce", "Column", "Concat", "ConcatWs", "Contains",
        "Count", "CountIf", "DPipe", "DataType", "DateDiff", "DateTrunc", "DenseRank", "Distinct", "Div", "EQ",
        "Except", "Exists", "Explode", "Extract", "Filter", "FirstValue", "Floor", "From", "GT", "GTE",
        "Greatest", "Group", "GroupConcat", "Having", "Identifier", "If", "IgnoreNulls", "In", "IntDiv",
        "Intersect", "Is", "Join", "LT", "LTE", "Lag", "LastValue", "Lead", "Least", "Length", "Like", "Limit",
        "Literal", "LogicalAnd", "LogicalOr", "Lower", "Max", "Median", "Min", "Mod", "Mul", "NEQ", "Neg",
        "Not", "Null", "Nullif", "Or", "Order", "Ordered", "Paren", "Qualify", "Rank", "RegexpExtract",
        "RegexpLike", "RegexpReplace", "Rollup", "Round", "RowNumber", "Select", "Sqrt", "Star", "StrToTime",
        "Sub", "Subquery", "Substring", "Sum", "Table", "TableAlias", "TimeToStr", "TimestampTrunc", "Trim",
        "TryCast", "Tuple", "Union", "Upper", "Values", "Var", "Where", "Window", "WindowSpec", "With",
    }
)
# fmt: on
SIGNS = {"Div": "/", "IntDiv": "//", "Mod": "%"}
# At least one of these may be read by each layer.
OFTEN_READ = ("staging.team", "marts.meeting", "published.place", "validated.teams")
# What stands in the place of a construct that engines compute differently or one of them does not know.
INSTEAD = {
    "Columns": "select\n    meeting.meeting_id,\n    meeting.team_id\nfrom marts.meeting as meeting",
    "GenerateSeries": "from marts.calendar as calendar\nwhere calendar.grain = 'month' and calendar.window_days = 0",
    "ILike": "lower(team.team_name) like '%ward%'",
    "Interval": "date_diff('day', project.opened_on, run.as_at) <= 30",
    "Mode": "arg_max(venue, meetings_held) as venue",
    "NullSafeEQ": "coalesce(meeting.venue, '') = coalesce(before.venue, '')",
    "NullSafeNEQ": "coalesce(meeting.venue, '') <> coalesce(before.venue, '')",
    "PercentileCont": "median(days) as days",
    "PercentileDisc": "median(days) as days",
    "Pivot": "count_if(presence = 'present') as meetings_present,\ncount_if(presence = 'absent') as meetings_absent",
    "Quantile": "median(days) as days",
}
INSTEAD |= dict.fromkeys(("ExplodingGenerateSeries", "generate_series", "range"), INSTEAD["GenerateSeries"])
INSTEAD |= dict.fromkeys(("Delete", "Insert", "Into", "Update"), "select\n    team_id\nfrom staging.team")
EXAMPLE_OF_A_COUNT = "select\n    count_if(presence = 'present') as meetings_present\nfrom marts.meeting"
EXAMPLE_OF_A_GRANT = 'key    = ["team_id"]\ngrants = ["marts"]'


def lint(views: Iterable[View]) -> None:
    """Holds each view to the house rules. Raises ViewError, for every file and rule that is broken."""
    every, faults = tuple(views), Faults()
    for view in every:
        # The house itself writes the units of all indicators under one another.
        if view.full_name != ALL_UNITS:
            for rule in (_constructs, _layers, _editions, _key, _columns, _names):
                with faults.gathered():
                    rule(view, every)
    faults.tell()


def _layers(view: View, every: tuple[View, ...]) -> None:
    granted = set(view.header.grants) if isinstance(view.header, Header) else set()
    if granted and view.layer != "views":
        line = line_of_key("grants", view.toml, view.toml_line)
        raise ViewError(view.path, line, "Only a view under sql/views has 'grants'.", EXAMPLE_OF_A_VIEW)
    allowed = ALLOWED_READS[view.layer] | granted
    others = [other for other in every if other is not view]
    for table in view.tables:
        name = full_name(table)
        if not _is_allowed(name, allowed):
            like = _like(name, allowed, others)
            why = f"A view of the layer {view.layer} may read {', '.join(sorted(allowed))}; it reads {name}."
            why += did_you_mean(like)
            example = f"from {like or _instead_of(name, allowed, others)}"
            if view.layer == "views" and not like:
                example = EXAMPLE_OF_A_GRANT
            raise ViewError(view.path, view.line_of(table), why, example)


def _editions(view: View, _every: tuple[View, ...]) -> None:
    if view.layer != "published" and isinstance(view.header, Header) and view.header.editions:
        line = line_of_key("editions", view.toml, view.toml_line)
        why = "Only a view under sql/published has 'editions'; it reads what it publishes from others."
        raise ViewError(view.path, line, why, f"mv {view.path} sql/published/{view.path.name}")


def _is_allowed(name: str, allowed: Collection[str]) -> bool:
    return name in allowed or name.split(".")[0] in allowed


def _like(name: str, allowed: Collection[str], every: Collection[View]) -> str | None:
    """A table that may be read and is called like one that nobody makes."""
    readable = {view.full_name: view.full_name for view in every if _is_allowed(view.full_name, allowed)}
    if any(view.full_name == name for view in every) or name.split(".")[0] in LAYERS_OF_FEEDS:
        return None
    bare = {view.name: view.full_name for view in every if view.full_name in readable}
    found = closest(name, readable) or closest(name.split(".")[-1], bare)
    return (readable | bare)[found] if found else None


def _instead_of(name: str, allowed: Collection[str], every: Collection[View]) -> str:
    """A table that may be read and is made of the one that may not, or that it is made of, or that is called so."""
    made_of_it = [view.full_name for view in every if name in view.reads]
    behind_it = [read for view in every if view.full_name == name for read in sorted(view.reads)]
    called_so = [view.full_name for view in every if view.name == name.split(".")[-1]]
    likely = (*called_so, *made_of_it, *behind_it, *OFTEN_READ)
    return next(each for each in likely if _is_allowed(each, allowed))


def _key(view: View, _every: tuple[View, ...]) -> None:
    if view.layer in KEYED and isinstance(view.header, Header) and not view.header.key:
        first = next((column.alias_or_name for column in view.tree.selects), "team_id")
        why = "The header lacks 'key': the columns that tell its rows apart."
        raise ViewError(view.path, 1, why, f'key = ["{first if NAME.match(first) else "team_id"}"]')


def _columns(view: View, _every: tuple[View, ...]) -> None:
    """An indicator gives the columns of units and no others."""
    if isinstance(view.header, IndicatorHeader):
        want = [name for name in UNIT_COLUMNS if name != "person_id" or view.header.counts_people]
        want += [view.header.outcome] if view.header.outcome else []
        given = {column.alias_or_name: column for column in view.tree.selects}
        for name, column in given.items():
            if name == "person_id" and not view.header.counts_people:
                line = line_of_key("counts_people", view.toml, view.toml_line)
                why = (
                    f"The indicator gives person_id (line {view.line_of(column)}), so it counts people, whom "
                    "disclosure control protects; the header says that it does not."
                )
                raise ViewError(view.path, line, why, "counts_people = true")
            if name not in want:
                why = f"An indicator gives the columns {', '.join(want)} and no others; '{name}' is one more."
                raise ViewError(view.path, view.line_of(column), why, EXAMPLE_OF_AN_INDICATOR)
        if len(given) < len(want):
            lacking = ", ".join(name for name in want if name not in given)
            why = f"An indicator gives the columns {', '.join(want)}; it lacks {lacking}."
            raise ViewError(view.path, view.line, why, EXAMPLE_OF_AN_INDICATOR)


def _names(view: View, _every: tuple[View, ...]) -> None:
    for column in view.tree.selects:
        if not _is_every_column(column) and not column.alias_or_name.strip("*"):
            why = f"The column {_text(column)} has no name of its own."
            raise ViewError(view.path, view.line_of(column), why, f"{_text(column)} as its_name")
    for node, name in _given_names(view):
        if not NAME.match(name):
            why = f"'{name}' is not a name in lower snake case."
            raise ViewError(view.path, view.line_of(node), why, f"as {snake_case(name)}")
    for clause in view.tree.find_all(exp.With):
        names = [cte.alias for cte in clause.expressions]
        for place, name in enumerate(names):
            if name in names[:place]:
                why = f"Two parts of the WITH are called '{name}'."
                raise ViewError(view.path, view.line_of(clause.expressions[place]), why, f"{name}_again as (")


def _given_names(view: View) -> Iterator[tuple[exp.Expr, str]]:
    """Every name that is given in a view: of columns, of tables read, of parts of the WITH."""
    for node in view.tree.walk():
        if isinstance(node, exp.Alias):
            yield node, node.alias
        elif isinstance(node, exp.TableAlias):
            yield from ((node, part.name) for part in (node.this, *node.columns) if part)
    for column in view.tree.selects:
        if isinstance(column, exp.Column) and not _is_every_column(column):
            yield column, column.name


def _constructs(view: View, _every: tuple[View, ...]) -> None:
    for node in view.tree.walk():
        kind = type(node).__name__
        if kind not in PORTABLE:
            word = node.name if isinstance(node, exp.Anonymous) else kind
            why = f"{word} is not on the list of what every engine computes alike (PORTABLE in pipelines/lints.py)."
            raise ViewError(view.path, view.line_of(node), why, _without(word))
        if isinstance(node, exp.Div | exp.IntDiv | exp.Mod) and not _is_never_zero(node.expression):
            why = "A division by what may be zero: write it with nullif."
            example = f"{_text(node.this)} {SIGNS[kind]} nullif({_text(node.expression.unnest())}, 0)"
            raise ViewError(view.path, view.line_of(node), why, example)
        unit = node.args.get("unit") or (node.this if kind == "Extract" else exp.Var(this="DAY"))
        if kind in UNITS and unit.name.upper() not in UNITS[kind]:
            why = f"{unit.name.lower()} is counted differently by different engines."
            raise ViewError(view.path, view.line_of(node), why, _in_days(node))


def _without(word: str) -> str:
    """How to do without a construct that is not on the list."""
    return INSTEAD.get(word, f"-- without {word}, for example\n{EXAMPLE_OF_A_COUNT}")


def _text(node: exp.Expr) -> str:
    return node.sql("duckdb", normalize_functions="lower")


def _in_days(node: exp.Expr) -> str:
    """A difference, or a part of a day, that every engine counts alike."""
    if isinstance(node, exp.DateDiff):
        return f"date_diff('day', {_text(node.expression)}, {_text(node.this)})"
    return f"extract(day from {_text(node.expression)})"


def _is_every_column(column: exp.Expr) -> bool:
    return isinstance(column, exp.Star) or (isinstance(column, exp.Column) and isinstance(column.this, exp.Star))


def _is_never_zero(divisor: exp.Expr) -> bool:
    divisor = divisor.unnest()
    if isinstance(divisor, exp.Mul):
        return _is_never_zero(divisor.this) and _is_never_zero(divisor.expression)
    if isinstance(divisor, exp.Literal):
        return not divisor.is_string and float(divisor.name) != 0
    return isinstance(divisor, exp.Nullif)
