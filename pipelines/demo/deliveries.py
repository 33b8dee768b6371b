"""The files as they arrive: which rows stand in which file, in which format, and what a run must make of them."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from pipelines.demo import faults
from pipelines.demo.faults import with_faults
from pipelines.demo.files import csv_bytes, parquet_bytes, xlsx_bytes
from pipelines.demo.notes import FAULTS as FAULTY_NOTES
from pipelines.demo.period import Period
from pipelines.demo.training import LATE_LOG_DAYS

TEAM_COLUMNS = (
    "team_id",
    "team_name",
    "service_area_id",
    "service_area",
    "care_setting",
    "opened_on",
    "closed_on",
)
PEOPLE_COLUMNS = (
    "person",
    "person_role",
    "email",
    "team_id",
    "joined_on",
    "left_on",
    "age_band",
    "gender",
    "ethnic_category",
    "Preferred contact",
)
PROJECT_COLUMNS = ("project_id", "team_id", "title", "declared_involvement", "opened_on", "closed_on")
# The headings of the first register, as somebody typed them; the second was made with the names of the contract.
MEETING_HEADINGS = {
    "meeting_id": "Meeting ID",
    "team_id": "Team ID",
    "held_at": "Held at",
    "status": "Status",
    "meeting_type": "Meeting type",
    "project_id": "Project ID",
    "venue_type": "Venue type",
    "mode": "Mode",
    "duration_minutes": "Duration minutes",
    "agenda_items": "Agenda items",
    "agenda_items_by_service_users": "Agenda items by service users",
    "actions_agreed": "Actions agreed",
    "actions_by_service_users": "Actions by service-users",
    "involvement_level": "Involvement level",
    "level_declared_by": "Level declared by",
    "online_title": "Online title",
}
ATTENDANCE_COLUMNS = ("meeting_id", "person", "attendance", "person_role")
DAY_FIRST = "%d/%m/%Y"
DAY_AND_TIME = "%d/%m/%Y %H:%M"
CORRECTED_TO_CANCELLED = 2
CORRECTED_MINUTES = 75
CORRECTED_DURATIONS = 4


@dataclass(frozen=True)
class Delivery:
    """One file; `faults` has one value a row, as the column `fault` of faults.with_faults."""

    feed: str
    name: str
    content: bytes
    faults: list[str | None]
    sent_on: date
    outcome: str = "loaded"
    rows_superseded: int = 0

    @property
    def path(self) -> str:
        """The path within the landing folder."""
        return f"{self.feed}/{self.name}"


def deliver_teams(period: Period, teams: pl.DataFrame) -> Delivery:
    """teams.csv: comma separated, UTF-8."""
    rows = teams.select(TEAM_COLUMNS)
    return Delivery("teams", "teams.csv", csv_bytes(rows), _no_faults(rows), period.as_at)


def deliver_people(period: Period, people: pl.DataFrame) -> Delivery:
    """The register: semicolons, a byte order mark, and a column the contract does not know."""
    rows = with_faults(people.select(PEOPLE_COLUMNS).cast(pl.String), faults.PEOPLE)
    content = csv_bytes(rows.drop("fault"), separator=";", encoding="utf-8-sig")
    return Delivery("people", "involvement register.csv", content, _faults(rows), period.as_at)


def deliver_projects(period: Period, projects: pl.DataFrame) -> Delivery:
    """The projects in Parquet, with real dates."""
    rows = with_faults(projects.select(PROJECT_COLUMNS), faults.PROJECTS)
    return Delivery("projects", "qi_projects.parquet", parquet_bytes(rows.drop("fault")), _faults(rows), period.as_at)


def deliver_meetings(period: Period, meetings: pl.DataFrame) -> list[Delivery]:
    """A workbook, then the export of the system that followed it, then a few corrections to both."""
    corrected = _corrections(meetings)
    typed = meetings.select(*MEETING_HEADINGS)
    is_first = pl.col("held_at") < period.second_register_from
    first = with_faults(typed.filter(is_first), faults.FIRST_REGISTER)
    second = with_faults(_as_text(typed.filter(~is_first), DAY_AND_TIME), faults.second_register_faults(period))
    moved = period.second_register_from
    workbook = xlsx_bytes(first.drop("fault").rename(MEETING_HEADINGS), created_on=moved)
    export = csv_bytes(second.drop("fault"), separator="\t", encoding="utf-16")
    text = _as_text(corrected, "%Y-%m-%dT%H:%M")
    return [
        Delivery(
            "meetings",
            f"Meeting register to {moved - timedelta(days=1):%B %Y}.xlsx",
            workbook,
            _faults(first),
            moved,
            rows_superseded=corrected.filter(is_first).height,
        ),
        Delivery(
            "meetings",
            f"meeting_register_from_{moved:%Y-%m}.csv",
            export,
            _faults(second),
            period.as_at,
            rows_superseded=corrected.filter(~is_first).height,
        ),
        Delivery("meetings", "zz_corrections.csv", csv_bytes(text), _no_faults(text), period.as_at),
    ]


def deliver_attendance(period: Period, attendance: pl.DataFrame, meetings: pl.DataFrame) -> list[Delivery]:
    """One file a quarter; one of them again under another name; a sign-in sheet without a needed column."""
    cancelled = meetings.filter(pl.col("status") == "cancelled")["meeting_id"][0]
    rows = with_faults(attendance, faults.attendance_faults(cancelled))
    quarter = pl.format("{}-Q{}", pl.col("held_on").dt.year(), pl.col("held_on").dt.quarter()).alias("quarter")
    by_quarter = rows.with_columns(quarter).partition_by("quarter", as_dict=True, maintain_order=True)
    files = [_attendance_file(period, f"attendance {quarter}.csv", part) for (quarter,), part in by_quarter.items()]
    return [*files, _sent_again(files[-2]), _sign_in_sheet(period, meetings)]


def deliver_training(period: Period, training: pl.DataFrame) -> Delivery:
    """The training log: day/month/year, last sent some weeks ago."""
    rows = with_faults(_as_text(training, DAY_FIRST), faults.training_faults(period))
    title = faults.UNQUOTED_TITLE.encode()
    content = csv_bytes(rows.drop("fault")).replace(b'"' + title + b'"', title)
    sent_on = period.as_at - timedelta(days=LATE_LOG_DAYS)
    return Delivery("training", "QI training log.csv", content, _faults(rows), sent_on)


def deliver_recruitment(period: Period, events: pl.DataFrame) -> Delivery:
    """The events of recruitment: day/month/year."""
    rows = with_faults(_as_text(events, DAY_FIRST), faults.recruitment_faults(period))
    return Delivery("recruitment", "recruitment events.csv", csv_bytes(rows.drop("fault")), _faults(rows), period.as_at)


def deliver_notes(period: Period, notes: pl.DataFrame) -> Delivery:
    """The notes on the charts, as the improvement office keeps them."""
    rows = with_faults(notes, FAULTY_NOTES)
    return Delivery("annotations", "notes on charts.csv", csv_bytes(rows.drop("fault")), _faults(rows), period.as_at)


def _faults(rows: pl.DataFrame) -> list[str | None]:
    return rows["fault"].to_list()


def _no_faults(rows: pl.DataFrame) -> list[str | None]:
    return [None] * rows.height


def _as_text(rows: pl.DataFrame, form: str) -> pl.DataFrame:
    return rows.with_columns(pl.selectors.temporal().dt.strftime(form)).cast(pl.String)


def _corrections(meetings: pl.DataFrame) -> pl.DataFrame:
    """Meetings without a list turn out to have been cancelled; some took another time than planned."""
    columns = list(MEETING_HEADINGS)
    held = meetings.filter(pl.col("status") == "held")
    without_list = held.filter(pl.col("room") == "no_list").tail(CORRECTED_TO_CANCELLED)
    others = held.filter(pl.col("room") != "no_list")
    spread = others.gather_every(max(others.height // CORRECTED_DURATIONS, 1)).head(CORRECTED_DURATIONS)
    return pl.concat(
        [
            without_list.select(columns).with_columns(pl.lit("cancelled").alias("status")),
            spread.select(columns).with_columns(pl.lit(CORRECTED_MINUTES, pl.Int64).alias("duration_minutes")),
        ]
    )


def _attendance_file(period: Period, name: str, rows: pl.DataFrame) -> Delivery:
    content = csv_bytes(rows.select(ATTENDANCE_COLUMNS))
    sent_on = min(rows["held_on"][-1] + timedelta(days=10), period.as_at)
    return Delivery("attendance", name, content, _faults(rows), sent_on)


def _sent_again(file: Delivery) -> Delivery:
    return Delivery(
        file.feed,
        f"copy of {file.name}",
        file.content,
        [None] * len(file.faults),
        file.sent_on,
        outcome="already_loaded",
    )


def _sign_in_sheet(period: Period, meetings: pl.DataFrame) -> Delivery:
    rows = meetings.tail(6).select(
        "meeting_id", pl.lit("VISITOR-9010").alias("person"), pl.lit("09:55").alias("signed in")
    )
    return Delivery(
        "attendance", "ward sign-in sheet.csv", csv_bytes(rows), _no_faults(rows), period.as_at, outcome="refused"
    )
