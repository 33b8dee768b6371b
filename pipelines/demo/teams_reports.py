"""Reports of Microsoft Teams on the newest online and hybrid meetings, as its three generations write them."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from pipelines.demo.deliveries import Delivery
from pipelines.demo.faults import DUPLICATE
from pipelines.demo.period import Period

REPORTS = 24
OF_SECOND_GENERATION = 8
ACCOUNT_HEADINGS = ("Email", "Participant ID (UPN)", "Role")
THIRD_GENERATION = ("Name", "First Join", "Last Leave", "In-Meeting Duration", *ACCOUNT_HEADINGS)
SECOND_GENERATION = (
    *("Full Name", "Join Time", "Leave Time", "Duration", "Email", "Role"),
    "Participant ID (UPN)",
)
Lines = list[list[str]]


@dataclass(frozen=True)
class Online:
    """An online meeting as Teams saw it. `people` are shown names and addresses."""

    title: str
    start: datetime
    minutes: int
    people: list[tuple[str, str]]

    @property
    def end(self) -> datetime:
        """When the last left."""
        return self.start + timedelta(minutes=self.minutes)


def deliver_teams_reports(
    period: Period, meetings: pl.DataFrame, attendance: pl.DataFrame, people: pl.DataFrame
) -> list[Delivery]:
    """Reports that agree with the register, one of a meeting without a list, and one that comes too early."""
    held = meetings.filter((pl.col("status") == "held") & (pl.col("mode") != "in_person"))
    # Two meetings of one title on one day could not be told apart by their reports.
    is_alone = pl.struct("online_title", "held_on").is_unique()
    listed = held.filter(is_alone).filter(pl.col("room").is_in(["present", "absent"])).tail(REPORTS)
    seen = _seen(listed, attendance, people)
    online = [_online(place, row, seen[row["meeting_id"]]) for place, row in enumerate(listed.iter_rows(named=True))]
    reports = [_report(place, meeting) for place, meeting in enumerate(online) if meeting.people]
    without_list = held.filter(pl.col("room") == "no_list").head(1).iter_rows(named=True)
    logs = [_log(row, [_shown_name(name, "staff") for name in people["person"].head(4)]) for row in without_list]
    return [*reports, *logs, *(_early(period, meeting) for meeting in online[-1:] if meeting.people)]


def _seen(meetings: pl.DataFrame, attendance: pl.DataFrame, people: pl.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """By meeting, everyone who attended and has an address."""
    known = people.filter(pl.col("email").is_not_null()).select("person", "email", "person_role")
    by_either = pl.concat([known, known.with_columns(person="email")])
    attended = attendance.filter(pl.col("attendance") == "attended").select("meeting_id", "person")
    rows = attended.join(by_either, on="person").select("meeting_id", "email", "person_role").unique().sort(pl.all())
    seen: dict[str, list[tuple[str, str]]] = {meeting_id: [] for meeting_id in meetings["meeting_id"]}
    for meeting_id, email, role in rows.iter_rows():
        if meeting_id in seen:
            seen[meeting_id].append((_shown_name(email.split("@")[0].upper(), role), email))
    return seen


def _shown_name(number: str, role: str) -> str:
    # Nobody's name is made up; what matters is kept: a comma, and the suffix of people from outside.
    return f"Ashdown, {number}" if role in ("staff", "qi_coach") else f"{number} (External)"


def _online(place: int, row: dict[str, object], people: list[tuple[str, str]]) -> Online:
    held_at, minutes = row["held_at"], row["duration_minutes"]
    assert isinstance(held_at, datetime)
    early = timedelta(minutes=place * 7 % 23 - 8, seconds=place * 13 % 60)
    return Online(str(row["online_title"]), held_at - early, int(str(minutes)), people)


def _report(place: int, meeting: Online) -> Delivery:
    if place < OF_SECOND_GENERATION:
        # The first person's second join says nothing new.
        faults = [None, DUPLICATE, *[None] * (len(meeting.people) - 1)]
        return _delivery(meeting, _bytes(_second(meeting), is_utf8=place % 2 == 1), faults)
    content = _bytes(_third(meeting, _month_first if place % 2 else _day_first), is_utf8=False)
    return _delivery(meeting, content, [None] * len(meeting.people))


def _delivery(meeting: Online, content: bytes, faults: list[str | None]) -> Delivery:
    name = f"{meeting.title} - Attendance report {meeting.start:%d-%m-%y %H%M}.csv"
    return Delivery("ms_teams", name, content, faults, meeting.start.date() + timedelta(days=1))


def _log(row: dict[str, object], names: list[str]) -> Delivery:
    """The first generation: names, and the meeting's identifier in the file's name."""
    meeting = _online(0, row, [])
    stamps = [("Joined", meeting.start), ("Left", meeting.end)]
    events = [[name, action, _day_first(moment)] for name in names for action, moment in stamps]
    content = _bytes([["Full Name", "User Action", "Timestamp"], *events], is_utf8=False)
    name = f"meetingAttendanceList {row['meeting_id']}.csv"
    return Delivery("ms_teams", name, content, [None] * len(names), meeting.start.date() + timedelta(days=1))


def _early(period: Period, meeting: Online) -> Delivery:
    """A report on a meeting that the register does not know yet."""
    moved = Online(f"{meeting.title}: additional meeting", meeting.start, meeting.minutes, meeting.people)
    content = _bytes(_third(moved, _day_first), is_utf8=False)
    faults: list[str | None] = ["unknown_reference"] * len(moved.people)
    name = "additional meeting - Attendance report.csv"
    return Delivery("ms_teams", name, content, faults, period.as_at, outcome="waiting")


def _second(meeting: Online) -> Lines:
    """One row for each join; the first person comes back after half the time."""
    summary = [
        ["Meeting Summary"],
        ["Total Number of Participants", str(len(meeting.people))],
        ["Meeting Title", meeting.title],
        ["Meeting Start Time", _day_first(meeting.start)],
        ["Meeting End Time", _day_first(meeting.end)],
        ["Meeting Id", f"{meeting.start:%Y%m%d%H%M%S}"],
        [],
        list(SECOND_GENERATION),
    ]
    half = meeting.start + timedelta(minutes=meeting.minutes // 2)
    first = [(person, meeting.start, half) for person in meeting.people[:1]]
    again = [(person, half, meeting.end) for person in meeting.people[:1]]
    others = [(person, meeting.start, meeting.end) for person in meeting.people[1:]]
    return summary + [
        [name, _day_first(came), _day_first(left), _duration(left - came), email, "Presenter", email]
        for (name, email), came, left in first + again + others
    ]


def _third(meeting: Online, written: Callable[[datetime], str]) -> Lines:
    """Three sections; the summary also counts somebody who looked in for a moment and stands in no row."""
    span = [written(meeting.start), written(meeting.end), _duration(meeting.end - meeting.start)]
    roles = ["Organizer", *["Presenter"] * len(meeting.people)]
    people = list(zip(meeting.people, roles, strict=False))
    return [
        ["1. Summary"],
        ["Meeting title", meeting.title],
        ["Attended participants", str(len(meeting.people) + (meeting.start.day % 7 == 0))],
        ["Start time", span[0]],
        ["End time", span[1]],
        ["Meeting duration", span[2]],
        ["Average attendance time", span[2]],
        [],
        ["2. Participants"],
        list(THIRD_GENERATION),
        *([name, *span, email, email, role] for (name, email), role in people),
        [],
        ["3. In-Meeting Activities"],
        ["Name", "Join Time", "Leave Time", "Duration", "Email", "Role"],
        *([name, *span, email, role] for (name, email), role in people),
    ]


def _bytes(lines: Lines, *, is_utf8: bool) -> bytes:
    """Tabs in UTF-16 as Teams writes it, or commas in UTF-8 as a spreadsheet saves it again."""
    text = io.StringIO()
    csv.writer(text, delimiter="," if is_utf8 else "\t", lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8-sig") if is_utf8 else b"\xff\xfe" + text.getvalue().encode("utf-16-le")


def _day_first(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y, %H:%M:%S}"


def _month_first(moment: datetime) -> str:
    hour = (moment.hour - 1) % 12 + 1
    return f"{moment.month}/{moment.day}/{moment:%y}, {hour}:{moment:%M:%S}\N{NARROW NO-BREAK SPACE}{moment:%p}"


def _duration(span: timedelta) -> str:
    return f"{int(span.total_seconds()) // 60}m 0s"
