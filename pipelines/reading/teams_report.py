"""Attendance reports of Microsoft Teams, in three generations that are told apart by their shape.

The words of a report are localised, so nothing here knows a heading: what counts is how many cells a line has, which
of them hold a moment or an e-mail address, and in which order they come. Of a person one identifier is taken, of the
meeting its title and its start; when anybody joined, left or how long they stayed is not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from pipelines.reading.moments import is_moment, possible_moments
from pipelines.reading.report_records import Record, read_records
from pipelines.reading.table import IS_RAGGED, ROW_NUMBER, Table, UnreadableFileError

COLUMNS = ("person", "generation", "online_title", "started_at", "otherwise_started_at")
EVENT_LOG, JOINS, PARTICIPANTS = 1, 2, 3
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
# "(External)", "(Guest)", "[EXT]": what Teams hangs on a name.
SUFFIX = re.compile(r"(\s*(\([^()]*\)|\[[^\[\]]*\]))+$")
ADVICE = "download the attendance report from Teams again and deliver it as it is"
COUNTS_DIFFER = "The number of participants in the report's summary and the people in its rows differ."


@dataclass(frozen=True)
class Report:
    """A report taken apart. `rows` are joins (of generation 3, participants), `width` the number of headings."""

    generation: int
    width: int
    rows: Sequence[Record]
    title: str | None = None
    stated_people: int | None = None
    starts: Sequence[datetime] = ()


def read(path: Path) -> Table:
    """The report at `path` as one row a join: the columns `COLUMNS`. Raises UnreadableFileError, OSError."""
    records = read_records(path)
    report = _take_apart(records)
    people = _people(report)
    starts = [moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in report.starts]
    started_at, otherwise_started_at, *_ = [*starts, None, None]
    cells = (str(report.generation), report.title, started_at, otherwise_started_at)
    rows = [(None,) * len(COLUMNS) if row.is_ragged(report.width) else (people[row], *cells) for row in report.rows]
    frame = pl.DataFrame(rows, {f"c{place}": pl.String for place in range(len(COLUMNS))}, orient="row").with_columns(
        pl.Series(ROW_NUMBER, [row.row_number for row in report.rows], pl.Int64),
        pl.Series(IS_RAGGED, [row.is_ragged(report.width) for row in report.rows], pl.Boolean),
    )
    known = len({(person or "").casefold() for person in people.values()})
    differs = report.stated_people is not None and report.stated_people != known
    return Table(COLUMNS, iter([frame]), (COUNTS_DIFFER,) * differs)


def _take_apart(records: Sequence[Record]) -> Report:
    first = records[0]
    if len(first.cells) >= 3:
        return _event_log(records)
    if first.section == 1:
        return _participants(records)
    return _joins(records)


def _event_log(records: Sequence[Record]) -> Report:
    heading, events = _headed(records)
    if len(heading.cells) != 3 or not all(row.is_broken or is_moment(_third(row)) for row in events):
        raise _no_report()
    names = [row.cells[0] if row.cells else "" for row in events]
    actions = [row.cells[1] if len(row.cells) > 1 else "" for row in events]
    # Everybody's log begins with a join, in whatever words.
    joins = set(dict(zip(reversed(names), reversed(actions), strict=True)).values())
    rows = [row for row, action in zip(events, actions, strict=True) if row.is_broken or action in joins]
    return Report(EVENT_LOG, 3, rows)


def _joins(records: Sequence[Record]) -> Report:
    start = next((place for place, row in enumerate(records) if is_moment(row.value)), None)
    if start is None:
        raise _no_report()
    behind = records[start + 1 :]
    table = next((place for place, row in enumerate(behind) if len(row.cells) >= 3 and not is_moment(row.value)), None)
    if table is None:
        raise _no_report()
    heading, rows = _headed(behind[table:])
    before = [row.value for row in records[1:start]]
    starts = _starts(records[start].value, records)
    return Report(JOINS, len(heading.cells), rows, *_title_and_count(before[1::-1]), starts)


def _participants(records: Sequence[Record]) -> Report:
    second = next((place for place, row in enumerate(records) if row.section == 2), None)
    if second is None:
        raise _no_report()
    third = next((place for place, row in enumerate(records) if place > second and row.section == 3), len(records))
    summary = [row.value for row in records[1:second]]
    start = next((place for place, value in enumerate(summary) if is_moment(value)), None)
    if start is None:
        raise _no_report()
    heading, rows = _headed(records[second + 1 : third])
    starts = _starts(summary[start], records)
    return Report(PARTICIPANTS, len(heading.cells), rows, *_title_and_count(summary[: min(start, 2)]), starts)


def _title_and_count(in_order: Sequence[str]) -> tuple[str | None, int | None]:
    """The title, and how many people the summary says came; told apart by the number where their order is another."""
    title, count, *_ = [*in_order, "", ""]
    if title.isdecimal() and not count.isdecimal():
        title, count = count, title
    return title or None, int(count) if count.isdecimal() else None


def _starts(cell: str, records: Sequence[Record]) -> list[datetime]:
    starts = possible_moments(cell, (text for record in records for text in (*record.cells, record.value)))
    if not starts:
        raise UnreadableFileError("its start is no date and time that can be read", ADVICE)
    return starts


def _headed(records: Sequence[Record]) -> tuple[Record, Sequence[Record]]:
    """A table's row of headings and the rows below it."""
    if not records:
        raise _no_report()
    heading = records[0]
    if heading.is_broken or any(is_moment(cell) or ADDRESS.fullmatch(cell) for cell in heading.cells):
        raise UnreadableFileError("its table of participants has no row of headings", ADVICE)
    return heading, records[1:]


def _people(report: Report) -> dict[Record, str | None]:
    """Who each row is: the e-mail address, else the account's, else the name."""
    addresses = {row: [cell for cell in row.cells[1:] if ADDRESS.fullmatch(cell)] for row in report.rows}
    # Somebody's second device may give the account alone.
    email_of_account = {found[-1].casefold(): found[0] for found in addresses.values() if len(found) > 1}
    return {
        row: email_of_account.get(found[0].casefold(), found[0]) if found else _named(row)
        for row, found in addresses.items()
        if not row.is_ragged(report.width)
    }


def _named(row: Record) -> str | None:
    """Marked as a name, so that no register number or address can be the same."""
    name = SUFFIX.sub("", row.cells[0]) if row.cells else ""
    return f"name:{name}" if name else None


def _third(row: Record) -> str:
    return row.cells[2] if len(row.cells) > 2 else ""


def _no_report() -> UnreadableFileError:
    return UnreadableFileError("it does not have the shape of a Teams attendance report", ADVICE)
