"""Headers of views: the first comment of each file under sql/, in TOML. Text in, data out."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError, model_validator

from pipelines.faults import ViewError, closest, did_you_mean

TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")
EXAMPLE_OF_A_VIEW = (
    '/*\ndescription = "One row for each team."\nkey         = ["team_id"]\n*/\nselect\n    team_id\nfrom staging.team'
)
EXAMPLES_OF_KEYS = {
    "description": 'description = "One row for each team."',
    "key": 'key = ["team_id"]',
    "key_may_lack": 'key_may_lack = ["enrolled_on"]',
    "editions": 'editions = ["internal", "board"]',
    "severity": 'severity = "warning"',
    "grants": 'grants = ["marts"]',
    "stored": "stored = false",
    "columns": '[columns]\nmeetings_held = "How many meetings were held."',
    "target": "target = 5",
    "diary": "diary = true",
    "window_days": "window_days = 90",
    "levels": 'levels = ["trust", "care_setting", "service_area"]',
    "overview": "overview = 1",
    "side_by_side": "side_by_side = 1",
    "breakdown": 'counts_people = true\nbreakdown = ["ethnic_group", "age_band", "gender", "route"]',
    "outcome": 'outcome = "reason"',
    "phrase": 'phrase = "a service user was in the room at {count}"',
    "phrase_change": 'phrase_change = "meetings now have a service user in the room"',
}
# What every indicator gives, described once for all of them.
UNIT_COLUMNS = {
    "counted_on": "The day the unit is counted on: it falls into the period that holds this day.",
    "team_id": "The team the unit is counted for; empty where it counts for the trust only.",
    "unit_id": "The thing counted, such as a meeting or a person; in each place and period it counts once.",
    "numerator": "The part that is asked for: 1 or 0 where units are counted, else how much of the denominator.",
    "denominator": "The whole: 1 where units are counted, else how much there is in all.",
    "person_id": "The person or candidate the unit belongs to, as a pseudonym; empty where it is not a person's.",
}
# What an indicator gives under the name that its header's `outcome` says.
OUTCOME_COLUMN = "How it ended, as a category in which readers are told of it."


# What is said in words is never left empty.
Words = Annotated[str, Field(pattern=r"\S")]
Finding = Literal["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10"]
EMPTY = ("string_pattern_mismatch", "too_short")


class Header(BaseModel):
    """What the first comment of a view says. `key` are the columns that tell its rows apart, `key_may_lack` those of
    them that may be empty. `grants` is what an analyst's own view may read beside what is published. `stored = false`
    reads through what would be a mere copy. `columns` says of each column that is made here, and not merely passed on,
    what it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    description: Words
    key: tuple[str, ...] = ()
    key_may_lack: tuple[str, ...] = ()
    editions: tuple[Literal["internal", "board"], ...] = ()
    severity: Literal["critical", "warning"] = "critical"
    grants: tuple[Literal["marts"], ...] = ()
    stored: StrictBool = True
    columns: dict[str, Words] = {}


ChartKind = Literal["xmr", "p_prime", "g", "run", "none"]
Level = Literal["trust", "care_setting", "service_area", "team"]
LEVELS: tuple[Level, ...] = ("trust", "care_setting", "service_area", "team")
Dimension = Literal["ethnic_group", "age_band", "gender", "route"]


class IndicatorHeader(BaseModel):
    """The definition of an indicator, read by pages, charts, the definitions page and the data dictionary alike.

    `chart` names the chart at trust and care setting, at service area, and at team; `levels` are those it is given for
    at all; `breakdown` names what is known of people that the house also counts them by, one at a time; `outcome` names
    one more: a column of the SELECT, how it ended, which decides who is in the numerator; `side_by_side` is its place
    where two places are put beside each other. `phrase` and `phrase_change` are how the briefing speaks of it: "a
    service user was in the room at {count}".
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Words
    short_title: Words
    definition: Words
    question: Words
    caution: Words
    theme: Words
    kind: Literal["percent", "count", "mean"]
    unit: Words
    better: Literal["higher", "lower", "neither"]
    grain: Literal["month", "quarter", "four_quarters"]
    chart: tuple[ChartKind, ChartKind, ChartKind]
    counts_people: StrictBool
    source: Words
    owner: Words
    reviewed_on: date
    beside: tuple[Words, ...] = Field(min_length=1)
    finding: tuple[Finding, ...] = Field(min_length=1)
    target: float | Literal[""] = ""
    diary: StrictBool = False
    window_days: StrictInt = Field(default=0, ge=0)
    levels: tuple[Level, ...] = LEVELS
    overview: StrictInt | Literal[""] = ""
    side_by_side: StrictInt | Literal[""] = ""
    breakdown: tuple[Dimension, ...] = ()
    outcome: Literal["reason", "stage", ""] = ""
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
beside        = ["meetings_not_recorded"]
finding       = ["F1"]
*/
select
    meeting.held_on as counted_on,
    meeting.team_id,
    meeting.meeting_id as unit_id,
    cast(meeting.presence = 'present' as integer) as numerator,
    1 as denominator
from marts.meeting as meeting"""


def read_header(path: Path, first_line: int, toml: str, layer: str) -> Header | IndicatorHeader:
    """The header of a file of `layer`; its text begins in `first_line` of the file. Raises ViewError."""
    kind = IndicatorHeader if layer == "indicators" else Header
    try:
        return kind.model_validate(_values(path, first_line, toml, example_of(layer)))
    except ValidationError as error:
        # A key that is misspelt is missing too: say how it is misspelt.
        faults = error.errors()
        fault = next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])
        place = [str(part) for part in fault["loc"]] or ["breakdown"]
        why, example = _words(place[0], fault["type"] if len(place) == 1 else "", fault["msg"], kind)
        raise ViewError(path, _line_of(place, toml, first_line), why, example) from error


def example_of(layer: str) -> str:
    """A right file of a layer."""
    return EXAMPLE_OF_AN_INDICATOR if layer == "indicators" else EXAMPLE_OF_A_VIEW


def line_of_key(name: str, toml: str, first_line: int) -> int:
    """Where a key stands in a header."""
    return _line_of([name], toml, first_line)


def line_of_column(column: str, toml: str, first_line: int) -> int:
    """Where a column is described in a header."""
    return _line_of(["columns", column], toml, first_line)


def _values(path: Path, first_line: int, toml: str, example: str) -> dict[str, object]:
    try:
        return tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        place = TOML_LINE.search(str(error))
        line = first_line + (int(place[1]) if place and place[1] else toml.count("\n")) - 1
        raise ViewError(path, line, f"The header is not TOML: {TOML_LINE.sub('', str(error))}.", example) from error


def _words(name: str, fault: str, message: str, kind: type[BaseModel]) -> tuple[str, str]:
    """The rule that is broken, and the line of the header as it should stand."""
    known = list(kind.model_fields)
    if fault == "extra_forbidden":
        meant = closest(name, known)
        keys = f"; its keys are {', '.join(known)}" if meant is None else ""
        return f"The header has no key '{name}'{keys}.{did_you_mean(meant)}", _example_of_key(
            meant or "description", kind
        )
    if fault == "missing":
        return f"The header lacks '{name}'.", _example_of_key(name, kind)
    if fault in EMPTY:
        return f"The header's '{name}' is empty.", _example_of_key(name, kind)
    return f"The header's '{name}' is wrong: {message}.", _example_of_key(name, kind)


def _example_of_key(name: str, kind: type[BaseModel]) -> str:
    found = re.search(rf"^{name}\s*=.*$", EXAMPLE_OF_AN_INDICATOR, re.MULTILINE) if kind is IndicatorHeader else None
    return found[0] if found else EXAMPLES_OF_KEYS[name]


def _line_of(place: list[str], toml: str, first_line: int) -> int:
    for name in reversed(place):
        found = re.search(rf"^\s*(\[{re.escape(name)}\]|{re.escape(name)}\s*=)", toml, re.MULTILINE)
        if found:
            return first_line + toml[: found.end()].count("\n")
    return first_line
