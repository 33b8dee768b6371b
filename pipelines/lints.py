"""The house rules of SQL, beyond being readable: what a layer may read, what runs on every engine, what is declared.

Text in, text out. Each fault is a ViewError with file, line, the rule and a right example.
"""

from collections.abc import Iterable

from sqlglot import exp

from pipelines.faults import ViewError
from pipelines.headers import Header
from pipelines.views import NAME, View

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
EXAMPLES = {
    "reads": "select\n    team_id\nfrom marts.place",
    "grant": '/*\ndescription = "Meetings by team."\nkey         = ["team_id"]\ngrants      = ["marts"]\n*/',
    "key": '/*\ndescription = "One row for each team."\nkey         = ["team_id"]\n*/',
    "division": "cast(numerator as double) / nullif(denominator, 0)",
    "unit": "date_diff('day', opened_on, closed_on)",
    "name": "select\n    count(*) as meetings_held\nfrom marts.meeting",
    "portable": "select\n    median(days) as days\nfrom marts.waiting",
}


def lint(views: Iterable[View]) -> None:
    """Holds each view to the house rules. Raises ViewError for the first that breaks one."""
    for view in views:
        # The house itself writes the units of all indicators under one another.
        if view.full_name != "marts.indicator_unit":
            _constructs(view)
            _layers(view)
            _key(view)
            _names(view)


def _layers(view: View) -> None:
    granted = set(view.header.grants) if isinstance(view.header, Header) else set()
    if granted and view.layer != "views":
        raise ViewError(view.path, 1, "Only a view under sql/views has 'grants'.", EXAMPLES["key"])
    allowed = ALLOWED_READS[view.layer] | granted
    for name in sorted(view.reads):
        if name not in allowed and name.split(".")[0] not in allowed:
            line = _line(
                view, next(table for table in view.tree.find_all(exp.Table) if table.name == name.split(".")[-1])
            )
            why = f"A view of the layer {view.layer} may read {', '.join(sorted(allowed))}; it reads {name}."
            raise ViewError(view.path, line, why, EXAMPLES["grant" if view.layer == "views" else "reads"])


def _key(view: View) -> None:
    if view.layer in KEYED and isinstance(view.header, Header) and not view.header.key:
        raise ViewError(view.path, 1, "The header lacks 'key': the columns that tell its rows apart.", EXAMPLES["key"])


def _names(view: View) -> None:
    for column in view.tree.selects:
        if not _is_every_column(column) and not NAME.match(column.alias_or_name):
            given = f"'{column.alias_or_name}' is not a name in lower snake case."
            raise ViewError(view.path, _line(view, column), given, EXAMPLES["name"])


def _constructs(view: View) -> None:
    for node in view.tree.walk():
        kind = type(node).__name__
        if kind not in PORTABLE:
            word = node.name if isinstance(node, exp.Anonymous) else kind
            why = f"{word} is not on the list of what every engine computes alike (PORTABLE in pipelines/lints.py)."
            raise ViewError(view.path, _line(view, node), why, EXAMPLES["portable"])
        if isinstance(node, exp.Div | exp.IntDiv | exp.Mod) and not _is_never_zero(node.expression):
            why = "A division by what may be zero: write it with nullif."
            raise ViewError(view.path, _line(view, node), why, EXAMPLES["division"])
        unit = node.args.get("unit") or (node.this if kind == "Extract" else exp.Var(this="DAY"))
        if kind in UNITS and unit.name.upper() not in UNITS[kind]:
            why = f"{unit.name.lower()} is counted differently by different engines."
            raise ViewError(view.path, _line(view, node), why, EXAMPLES["unit"])


def _is_every_column(column: exp.Expr) -> bool:
    return isinstance(column, exp.Star) or (isinstance(column, exp.Column) and isinstance(column.this, exp.Star))


def _is_never_zero(divisor: exp.Expr) -> bool:
    divisor = divisor.unnest()
    if isinstance(divisor, exp.Mul):
        return _is_never_zero(divisor.this) and _is_never_zero(divisor.expression)
    return isinstance(divisor, exp.Nullif) or (isinstance(divisor, exp.Literal) and float(divisor.name) != 0)


def _line(view: View, node: exp.Expr) -> int:
    lines = [part.meta["line"] for part in node.walk() if "line" in part.meta]
    if not lines and node.parent:
        return _line(view, node.parent)
    return view.line + min(lines, default=1) - 1
