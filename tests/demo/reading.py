"""Reads the demo's files without the pipelines: rows as text, headings as the contract names them."""

import csv
import io
import re
from datetime import datetime
from pathlib import Path

import polars as pl

Row = dict[str, str]
FEEDS = (
    *("teams", "people", "projects", "meetings", "attendance", "ms_teams", "training"),
    *("moodle", "recruitment", "recruitment_status", "caseload", "annotations"),
)
SEPARATORS = {"people": ";", "recruitment_status": ";"}
# What the name of a file says of its rows, and what the headings of Moodle are here.
NAMED = {
    "moodle": ("course_code", re.compile(r"completion-(.*)\.csv")),
    "recruitment_status": ("snapshot_on", re.compile(r"_(.*)\.csv")),
}
OF_MOODLE = {"email_address": "person", "course_complete": "completed_on"}


def files(landing: Path) -> list[Path]:
    """Every file, in the order in which a run reads them."""
    return [
        path
        for feed in FEEDS
        for path in sorted((landing / feed).iterdir(), key=lambda path: path.name.encode())
        if path.is_file()
    ]


def rows_of(path: Path) -> list[Row]:
    """The rows of one file; cells beyond the headings stand under `too_many`."""
    if path.parent.name == "ms_teams":
        return rows_of_report(path)
    if path.suffix == ".xlsx":
        return _rows_of_frame(pl.read_excel(path, infer_schema_length=None))
    if path.suffix == ".parquet":
        return _rows_of_frame(pl.read_parquet(path))
    text = _decode(path.read_bytes())
    separator = "\t" if "\t" in text.splitlines()[0] else SEPARATORS.get(path.parent.name, ",")
    reader = csv.DictReader(io.StringIO(text), delimiter=separator, restkey="too_many", restval="")
    said = _said_by_name(path)
    return [said | {plain(name): cell for name, cell in row.items()} for row in reader]


def headings_of(path: Path) -> list[str]:
    """The headings as written; of a report, what is taken of it."""
    if path.parent.name == "ms_teams":
        return list(rows_of_report(path)[0])
    if path.suffix == ".xlsx":
        return pl.read_excel(path).columns
    if path.suffix == ".parquet":
        return pl.read_parquet(path).columns
    first = _decode(path.read_bytes()).splitlines()[0]
    return [*_said_by_name(path), *first.replace(";", ",").replace("\t", ",").split(",")]


def _said_by_name(path: Path) -> Row:
    if path.parent.name not in NAMED:
        return {}
    name, pattern = NAMED[path.parent.name]
    found = pattern.search(path.name)
    return {name: found[1]} if found else {}


def plain(heading: str) -> str:
    """A heading as the contract names the column."""
    plain = heading.lower().replace(" ", "_").replace("-", "_")
    return OF_MOODLE.get(plain, plain)


def rows_of_report(path: Path) -> list[Row]:
    """Who joined which meeting: its identifier, or its title and start."""
    text = _decode(path.read_bytes())
    lines = list(csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text else ","))
    named = {line[0]: line[1] for line in lines if len(line) == 2}
    if "Meeting Start Time" in named:
        people = lines[lines.index([]) + 2 :]
        meeting = _meeting(named["Meeting Title"], named["Meeting Start Time"])
        return [{"meeting": meeting, "person": row[4]} for row in people]
    if "Start time" in named:
        people = lines[lines.index(["2. Participants"]) + 2 : lines.index(["3. In-Meeting Activities"]) - 1]
        meeting = _meeting(named["Meeting title"], named["Start time"])
        return [{"meeting": meeting, "person": row[4]} for row in people]
    meeting_id = path.stem.split()[-1]
    return [{"meeting": meeting_id, "person": row[0]} for row in lines if row[1] == "Joined"]


def _meeting(title: str, start: str) -> str:
    form = "%m/%d/%y, %I:%M:%S %p" if start.endswith("M") else "%d/%m/%Y, %H:%M:%S"
    moment = datetime.strptime(start.replace("\N{NARROW NO-BREAK SPACE}", " "), form)
    return f"{title} @ {moment:%Y-%m-%dT%H:%M:%S}"


def _decode(content: bytes) -> str:
    return content.decode("utf-16") if content.startswith(b"\xff\xfe") else content.decode("utf-8-sig")


def _rows_of_frame(frame: pl.DataFrame) -> list[Row]:
    return [{plain(name): _text(cell) for name, cell in row.items()} for row in frame.iter_rows(named=True)]


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M")
    return "" if cell is None else str(cell)
