"""A feed's checks as data: those its columns imply and those of its `<feed>.suite.toml`, and the SQL they mean.

Great Expectations gives verdicts and counts; the rows themselves are disposed of by the SQL compiled here from the
same checks, because the lists of rows it returns are cut short.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import sqlglot
from sqlglot import exp

from pipelines.cells import stored_columns
from pipelines.errors import InvolveError
from pipelines.feed import FEEDS_ROOT, Column, Feed, Kind

# all: every raw row; sound: rows that could be taken apart; good: rows that break no rule of their own;
# settled: rows that break no rule but contradiction; table: the one row that tells of the feed as a whole.
Over = Literal["all", "sound", "good", "settled", "table"]
Severity = Literal["critical", "warning"]
NOT_NULL = "expect_column_values_to_not_be_null"
IN_SET = "expect_column_values_to_be_in_set"
BETWEEN = "expect_column_values_to_be_between"
A_GREATER_THAN_B = "expect_column_pair_values_a_to_be_greater_than_b"
UNEXPECTED_ROWS = "unexpected_rows_expectation"
EVERY_TABLE = Path(__file__).with_name("every_table.toml")
BAD_CELL_RULES = {
    Kind.DATE: "bad_date",
    Kind.TIME: "bad_date",
    Kind.NUMBER: "bad_number",
    Kind.CHOICE: "not_in_list",
    Kind.NOTE: "identifier_in_text",
}


class SuiteError(InvolveError):
    """A suite cannot be used; the message names the feed, the check and what is wrong."""


@dataclass(frozen=True)
class Check:
    """One expectation: `rule` is the id rows are held back for, `sentence` says what holds when all is well."""

    rule: str
    expectation: str
    sentence: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    over: Over = "sound"
    severity: Severity = "warning"

    @property
    def name(self) -> str:
        """Rule and columns: unlike any other check of the feed."""
        columns = [str(self.arguments[key]) for key in ("column", "column_A", "column_B") if key in self.arguments]
        return ":".join([self.rule, *columns])

    @property
    def holds_rows_back(self) -> bool:
        """Whether it judges rows one by one; the others judge a table."""
        return self.over != "table"


@cache
def read_suite(feed: Feed) -> tuple[Check, ...]:
    """Every check of `feed`. Raises SuiteError."""
    path = FEEDS_ROOT / f"{feed.name}.suite.toml"
    own = [_written(path, entry) for entry in _entries(path)]
    said = {check.rule for check in own if not check.holds_rows_back}
    of_tables = [check for check in (_written(EVERY_TABLE, e) for e in _entries(EVERY_TABLE)) if check.rule not in said]
    checks = (*_implied(feed), *own, *of_tables, _contradiction(feed))
    for check in checks:
        if check.over in ("all", "sound", "table"):
            broken_by(check)
    return checks


def _entries(path: Path) -> list[dict[str, Any]]:
    """The checks written in the file at `path`. Raises SuiteError."""
    try:
        entries: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["check"]
    except FileNotFoundError as error:
        raise SuiteError(
            f"The suite {path.name} is not beside the feed. Where there is no check: check = []"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SuiteError(f"{path.name} is not TOML: {error}.") from error
    except KeyError as error:
        raise SuiteError(f"{path.name} has no [[check]]. Where there is no check: check = []") from error
    return entries


def broken_by(check: Check) -> str:
    """SQL that is true for a row which breaks `check`, as Great Expectations counts it. Raises SuiteError."""
    a = check.arguments
    if check.expectation == NOT_NULL:
        return f"{a['column']} is null"
    if check.expectation == IN_SET:
        return f"{a['column']} not in ({', '.join(_literal(value) for value in a['value_set'])})"
    if check.expectation == BETWEEN:
        bounds = [("<", a.get("min_value")), (">", a.get("max_value"))]
        return " or ".join(f"{a['column']} {sign} {_literal(bound)}" for sign, bound in bounds if bound is not None)
    if check.expectation == A_GREATER_THAN_B:
        return f"{a['column_A']} {'<' if a.get('or_equal') else '<='} {a['column_B']}"
    if check.expectation == UNEXPECTED_ROWS and "where" in a:
        return str(a["where"])
    raise SuiteError(f"The check {check.name} uses '{check.expectation}', for which no SQL is known.")


def file_alone_condition(feed: Feed, suite: Iterable[Check]) -> str:
    """SQL that is true for a raw row of `feed` which breaks a rule that its file alone decides."""
    stored = stored_columns(feed).keys() | {"is_ragged"}
    decided = [broken_by(check) for check in suite if check.over == "sound" and columns_of(check) <= stored]
    return f"is_ragged or (not is_ragged and ({' or '.join(f'coalesce({c}, false)' for c in decided)}))"


def columns_of(check: Check) -> set[str]:
    """The columns a check of single rows looks at."""
    tree = sqlglot.parse_one(broken_by(check), read="duckdb", into=exp.Condition)
    return {column.name for column in tree.find_all(exp.Column)}


def _implied(feed: Feed) -> list[Check]:
    checks = [_where("ragged_row", "is_ragged", "A row has no more cells than there are headings.", over="all")]
    for column in feed.columns:
        checks += _implied_by(feed, column)
    return checks


def _implied_by(feed: Feed, column: Column) -> list[Check]:
    checks = []
    if column.required:
        rule = "missing_key" if column.name in feed.key else "missing_value"
        checks.append(Check(rule, NOT_NULL, f"{column.name} is given.", {"column": column.given}))
    if column.kind.is_parsed:
        sentence = _sentence_of_a_cell(column)
        arguments = {"column": column.given, "value_set": [True]}
        checks.append(Check(BAD_CELL_RULES[column.kind], IN_SET, sentence, arguments))
    return checks


def _sentence_of_a_cell(column: Column) -> str:
    if column.kind is Kind.NOTE:
        return f"{column.name} holds nothing like an e-mail address, a telephone or an NHS number."
    if column.choices:
        return f"{column.name} is one of {', '.join(column.choices)}."
    return f"{column.name} can be read as a {column.kind.value}."


def _where(rule: str, where: str, sentence: str, *, over: Over) -> Check:
    return Check(rule, UNEXPECTED_ROWS, sentence, {"where": where}, over)


def _contradiction(feed: Feed) -> Check:
    key = ", ".join(feed.key)
    same_key = " and ".join(f"entry.{name} = contested.{name}" for name in feed.key)
    content = ", ".join(stored_columns(feed))
    # Compared are the rows whose key occurs more than once: they are few, and comparing all is dear.
    query = f"""
        with repeated as (
            select entry.*
            from {{batch}} as entry
            semi join judged.{feed.name}_twice as twice on entry.row_id = twice.row_id
        )
        select entry.row_id
        from repeated as entry
        inner join (
            select file_id, {key}
            from (select distinct file_id, {content} from repeated)
            group by file_id, {key}
            having count(*) > 1
        ) as contested on entry.file_id = contested.file_id and {same_key}"""
    sentence = "Rows of one key in one file say the same."
    return Check("contradiction", UNEXPECTED_ROWS, sentence, {"query": query}, over="settled")


def _written(path: Path, entry: dict[str, Any]) -> Check:
    try:
        known = {name: entry.pop(name) for name in ("rule", "expectation", "sentence")}
    except KeyError as error:
        raise SuiteError(f"A check in {path.name} lacks {error}.") from error
    for name, allowed in (("over", get_args(Over)), ("severity", get_args(Severity))):
        if name in entry:
            known[name] = entry.pop(name)
            if known[name] not in allowed:
                raise SuiteError(f"{path.name}, {known['rule']}: {name} is one of {', '.join(allowed)}.")
    return Check(**known, arguments=entry)


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"
