"""Views: the SQL files under sql/, their headers and their order. Text in, text out: nothing here runs SQL."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Literal, Self

import sqlglot
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError, model_validator
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from pipelines.errors import InvolveError

LAYERS = ("facts", "staging", "marts", "indicators", "published", "checks", "views")
# Views of these layers are stored; the others are read through.
STORED_LAYERS = ("facts", "marts", "indicators", "published")
HEADER = re.compile(r"\A\s*/\*(?P<toml>.*?)\*/", re.DOTALL)
TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")
EXAMPLE_OF_A_VIEW = (
    '/*\ndescription = "One row for each team."\nkey         = ["team_id"]\n*/\nselect\n    team_id\nfrom staging.team'
)
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
NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


class ViewError(InvolveError):
    """A file under sql/ cannot be used; the message names file and line, says why and shows a right example."""

    def __init__(self, path: Path, line: int, why: str, example: str = EXAMPLE_OF_A_VIEW) -> None:
        """`path` as it should be printed, `line` counted from 1."""
        super().__init__(f"{path}:{line}: {why}\nFor example:\n{example}")


class Header(BaseModel):
    """What the first comment of a view says. `key` are the columns that tell its rows apart, `grants` what an
    analyst's own view may read beside what is published. `stored = false` reads through what would be a mere copy."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    description: str
    key: tuple[str, ...] = ()
    editions: tuple[Literal["internal", "board"], ...] = ()
    severity: Literal["critical", "warning"] = "critical"
    grants: tuple[Literal["marts"], ...] = ()
    stored: StrictBool = True


ChartKind = Literal["xmr", "p_prime", "g", "run", "none"]
Level = Literal["trust", "care_setting", "service_area", "team"]
LEVELS: tuple[Level, ...] = ("trust", "care_setting", "service_area", "team")
Dimension = Literal["ethnic_group", "age_band", "gender", "route"]


class IndicatorHeader(BaseModel):
    """The definition of an indicator, read by pages, charts, the definitions page and the data dictionary alike.

    `chart` names the chart at trust and care setting, at service area, and at team; `levels` are those it is given for
    at all; `breakdown` names what is known of people that the house also counts them by, one at a time; `outcome` names
    one more: a column of the SELECT, how it ended, which decides who is in the numerator. `phrase` and `phrase_change`
    are how the briefing speaks of it: "a service user was in the room at {count}".
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    short_title: str
    definition: str
    question: str
    caution: str
    theme: str
    kind: Literal["percent", "count", "mean"]
    unit: str
    better: Literal["higher", "lower", "neither"]
    grain: Literal["month", "quarter", "four_quarters"]
    chart: tuple[ChartKind, ChartKind, ChartKind]
    counts_people: StrictBool
    source: str
    owner: str
    reviewed_on: date
    target: float | Literal[""] = ""
    diary: StrictBool = False
    window_days: StrictInt = Field(default=0, ge=0)
    levels: tuple[Level, ...] = LEVELS
    overview: StrictInt | Literal[""] = ""
    beside: tuple[str, ...] = ()
    finding: tuple[str, ...] = ()
    breakdown: tuple[Dimension, ...] = ()
    outcome: Literal["reason", ""] = ""
    phrase: str = ""
    phrase_change: str = ""

    @model_validator(mode="after")
    def _is_of_people_where_broken_down(self) -> Self:
        if (self.breakdown or self.outcome) and not self.counts_people:
            raise ValueError("only an indicator with counts_people = true has a breakdown")
        return self


EXAMPLE_OF_AN_INDICATOR = """/*
title         = "Meetings with a service user in the room"
short_title   = "A service user in the room"
definition    = "Of the meetings held, those where at least one service user was present."
question      = "Are service users there when services are improved?"
caution       = "Presence is not influence."
theme         = "meetings"
kind          = "percent"
unit          = "meetings"
better        = "higher"
grain         = "month"
chart         = ["p_prime", "run", "none"]
counts_people = false
source        = "meetings"
owner         = "Involvement office"
reviewed_on   = 2026-11-22
*/
select
    meeting.held_on as counted_on,
    meeting.team_id,
    meeting.meeting_id as unit_id,
    cast(meeting.presence = 'present' as integer) as numerator,
    1 as denominator
from marts.meeting as meeting"""


@dataclass(frozen=True)
class View:
    """One SQL file: `layer` and `name` are its path, `body` its one SELECT, `line` where that begins."""

    path: Path
    layer: str
    name: str
    header: Header | IndicatorHeader
    body: str
    line: int

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
    def reads(self) -> frozenset[str]:
        """Full names of everything its SELECT reads."""
        tree = self.tree
        inner = {cte.alias_or_name for cte in tree.find_all(exp.CTE)}
        tables = (table for table in tree.find_all(exp.Table) if table.db or table.name not in inner)
        return frozenset(f"{table.db}.{table.name}" if table.db else table.name for table in tables)


def read_views(root: Path) -> tuple[View, ...]:
    """Every view under `root`, in the order in which they can be built. Raises ViewError."""
    paths = sorted(root.glob("**/*.sql"))
    views = [read_view(path, root) for path in paths]
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
    header = Header(description="The units of every indicator: what is counted, when, for which team.", stored=False)
    return View(Path("sql/indicators"), "marts", "indicator_unit", header, "\nunion all\n".join(selects), 1)


def read_view(path: Path, root: Path) -> View:
    """The view in one file below `root`. Raises ViewError."""
    shown = path.relative_to(root.parent)
    layer = path.relative_to(root).parts[0]
    if layer not in LAYERS:
        raise ViewError(shown, 1, f"A view lies in a folder of its layer: {', '.join(LAYERS)}.")
    example = EXAMPLE_OF_AN_INDICATOR if layer == "indicators" else EXAMPLE_OF_A_VIEW
    if not NAME.match(path.stem):
        raise ViewError(shown, 1, f"'{path.stem}' is not a name in lower snake case.", example)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ViewError(shown, 1, f"The file is not UTF-8 ({error.reason}).", example) from error
    found = HEADER.match(text)
    if not found:
        raise ViewError(shown, 1, "The file does not begin with a header comment.", example)
    first_line = text[: found.start("toml")].count("\n") + 1
    header = _header(shown, first_line, found["toml"], layer, example)
    body = text[found.end() :].strip()
    line = text[: text.index(body, found.end())].count("\n") + 1
    view = View(shown, layer, path.stem, header, body, line)
    # Read at once, so that a fault is told with its file.
    _ = view.tree
    return view


def in_order(views: Iterable[View]) -> tuple[View, ...]:
    """The views, each after those it reads. Raises ViewError when they read each other in a ring."""
    by_name: dict[str, View] = {}
    for view in views:
        if view.full_name in by_name:
            raise ViewError(view.path, 1, f"{view.full_name} stands also in {by_name[view.full_name].path}.")
        by_name[view.full_name] = view
    graph = {name: sorted(view.reads & by_name.keys()) for name, view in sorted(by_name.items())}
    try:
        return tuple(by_name[name] for name in TopologicalSorter(graph).static_order())
    except CycleError as error:
        ring = " reads ".join(reversed(error.args[1]))
        raise ViewError(by_name[error.args[1][0]].path, 1, f"The views read each other in a ring: {ring}.") from error


def _header(path: Path, first_line: int, toml: str, layer: str, example: str) -> Header | IndicatorHeader:
    try:
        values = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        place = TOML_LINE.search(str(error))
        line = first_line + (int(place[1]) if place and place[1] else toml.count("\n")) - 1
        raise ViewError(path, line, f"The header is not TOML: {TOML_LINE.sub('', str(error))}.", example) from error
    kind = IndicatorHeader if layer == "indicators" else Header
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        fault = error.errors()[0]
        name = str(fault["loc"][0]) if fault["loc"] else "breakdown"
        why = _words(name, fault["type"] if len(fault["loc"]) == 1 else "", fault["msg"])
        raise ViewError(path, _line_of(name, toml, first_line), why, example) from error


def _words(name: str, fault: str, message: str) -> str:
    if fault == "extra_forbidden":
        return f"The header has no key '{name}'."
    if fault == "missing":
        return f"The header lacks '{name}'."
    return f"The header's '{name}' is wrong: {message}."


def _line_of(name: str, toml: str, first_line: int) -> int:
    found = re.search(rf"^\s*{re.escape(name)}\s*=", toml, re.MULTILINE)
    return first_line + (toml[: found.end()].count("\n") if found else 0)


def _parse(view: View) -> exp.Query:
    try:
        trees = sqlglot.parse(view.body, read="duckdb")
    except (ParseError, TokenError) as error:
        details = getattr(error, "errors", None) or [{}]
        line = view.line + details[0].get("line", 1) - 1
        why = f"The SQL cannot be read: {details[0].get('description', str(error))}."
        raise ViewError(view.path, line, why) from error
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise ViewError(view.path, view.line, "After the header stands exactly one SELECT and nothing else.")
    called = {
        (call.name if isinstance(call, exp.Anonymous) else call.sql_name()).lower()
        for call in trees[0].find_all(exp.Func)
    }
    if called & CLOCKS:
        why = "A view does not look at the clock: the day the figures stand at is the as_at of marts.run."
        raise ViewError(view.path, view.line, why)
    return trees[0]
