"""Whose values an expression of SQL gives on, as they are or remade; counts and comparisons tell none."""

from collections.abc import Iterator

from sqlglot import exp

# A number, a place in an order or a yes says nothing of which value it was.
TELLS_NO_VALUE = (
    exp.Predicate,
    exp.Connector,
    exp.Not,
    exp.Contains,
    exp.RegexpLike,
    exp.Count,
    exp.CountIf,
    exp.Length,
    exp.RowNumber,
    exp.Rank,
    exp.DenseRank,
)
# Of these the first part is the value; the others choose it, or only in which order or whether it comes.
FIRST_PART_ALONE = (exp.Window, exp.Filter, exp.Order, exp.Ordered, exp.Nullif, exp.ArgMax, exp.ArgMin)


def values_in(expression: exp.Expr) -> Iterator[exp.Expr]:
    """The columns and queries whose values stand in `expression`, and the counts in it."""
    if isinstance(expression, exp.Column | exp.Query | exp.Count):
        yield expression
    elif isinstance(expression, TELLS_NO_VALUE):
        return
    else:
        for part in _parts(expression):
            yield from values_in(part)


def _parts(expression: exp.Expr) -> Iterator[exp.Expr]:
    if isinstance(expression, FIRST_PART_ALONE):
        yield expression.this
    elif isinstance(expression, exp.Case):
        yield from (branch.args["true"] for branch in expression.args["ifs"])
        if default := expression.args.get("default"):
            yield default
    elif isinstance(expression, exp.If):
        yield from (expression.args[name] for name in ("true", "false") if expression.args.get(name))
    else:
        yield from expression.iter_expressions()
