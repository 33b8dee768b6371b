"""What became of each run, one JSON line for each, beside the warehouse: readable while a run is at work.

No name, value or text of a file stands in it: files are told by feed and digest, gates by name.
"""

import json
import os
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipelines.errors import WrongUseError, was_stopped
from pipelines.journal import DIGITS_OF_A_FILE, write_line
from pipelines.lock_holder import holder
from pipelines.run_lines import RUNS, Line, read_lines
from pipelines.scheduling.timetable import next_end_by
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.run import Report

LOOKED_AT = 200
Outcome = Literal["published", "held_back", "failed", "cut_off"]


@dataclass(frozen=True)
class Record:
    """One run that is over. Moments are ISO 8601 in UTC; `refused` holds feed and the beginning of a file's digest.

    `next_by` is when the next run should have ended: what reads this need not know the schedule.
    """

    outcome: Outcome
    started_at: str
    ended_at: str
    next_by: str
    run_id: str = ""
    as_at: str = ""
    exit_code: int = 1
    error: str = ""
    new_files: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    gates: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other."""
        return f"{self.started_at}:{self.run_id}"


def add(data: Path, record: Record) -> None:
    """Adds a run to the history; a line that was cut off in the middle stays alone."""
    path = data / RUNS
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read() != b"\n":
                file.write(b"\n")
        file.write((json.dumps(asdict(record)) + "\n").encode())


def enter(settings: Settings, report: "Report", began: datetime, error: BaseException | None = None) -> None:
    """Adds what became of a run, which `error` ended if there is one; who stops a run has not made it fail.

    A run that was refused as wrong use (another key, say) was none, and touches nothing.
    """
    if isinstance(error, WrongUseError):
        return
    now = datetime.now(UTC)
    record = Record(
        outcome="cut_off"
        if was_stopped(error)
        else "failed"
        if error
        else "held_back"
        if report.gates
        else "published",
        started_at=moment(began),
        ended_at=moment(now),
        next_by=next_by(settings, now),
        run_id=report.run_id,
        as_at=report.as_at.isoformat(),
        exit_code=1 if error else report.exit_code,
        error=type(error).__name__ if error else "",
        new_files=len(report.new),
        refused=tuple((entry.feed, entry.sha256[:DIGITS_OF_A_FILE]) for entry in report.failures),
        gates=tuple(sentence.rpartition("(")[2].rstrip(")") for sentence in report.gates),
    )
    add(settings.data, record)
    unread = read_lines(settings.data, LOOKED_AT)[1]
    if unread:
        write_line(settings, report.run_id, "history_lines_left_out", lines=unread)


def enter_failure(settings: Settings, began: datetime, error: str) -> None:
    """Adds a run that came to nothing before it could say so itself; `error` is a word for what ended it."""
    now = datetime.now(UTC)
    add(settings.data, Record("failed", moment(began), moment(now), next_by(settings, now), error=error))


def enter_cut_off(data: Path, since: str) -> None:
    """Adds work on the data folder that began at `since` and never came to its end, unless that was told already.

    When it was cut off is not known: the record ends when it was last known to be alive, so that it covers no other.
    """
    if not _is_told(data, since):
        add(data, Record("cut_off", since, since, since))


def enter_killed(settings: Settings) -> None:
    """Adds a run whose process is gone though it never let go of the lock, before the next run finds it."""
    left = holder(settings.data)
    if left and left.is_gone and not _is_told(settings.data, left.since):
        by = next_by(settings, datetime.fromisoformat(left.since))
        add(settings.data, Record("failed", left.since, left.since, by, error="was_killed"))


def _is_told(data: Path, since: str) -> bool:
    return any(record.started_at == since or record.started_at <= since < record.ended_at for record in read(data))


def read(data: Path, last: int = LOOKED_AT) -> list[Record]:
    """The `last` runs, the earliest first; a line that is no record is left out, and the log says so."""
    return [_record(line) for line in read_lines(data, last)[0]]


def moment(at: datetime) -> str:
    """A moment as it stands in the history."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def next_by(settings: Settings, now: datetime) -> str:
    """When the run after one that ends `now` should have ended."""
    return moment(next_end_by(settings, now))


def _record(line: Line) -> Record:
    """A record of the line, less what a newer version may have added."""
    told = {field.name: line[field.name] for field in fields(Record) if field.name in line}
    told["refused"] = tuple((feed, file) for feed, file in told["refused"])
    told["gates"] = tuple(told["gates"])
    return Record(**told)
