"""Honest faults: rows spoilt in one way each, so that the data quality page has something to say.

A frame with faults has a last column `fault`: empty for a good row, else the one rule (contracts, section 1.2) the
row breaks, or `duplicate` for an identical copy. The files are written without that column; what a run must find in
them is counted from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from pipelines.demo.period import Period

DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Fault:
    """A copy of the row at `at` (0..1 of the way down the file), with other `cells`, that breaks `rule`."""

    rule: str
    at: float
    cells: Mapping[str, str | int | None] = field(default_factory=dict)


def with_faults(rows: pl.DataFrame, faults: list[Fault]) -> pl.DataFrame:
    """`rows` and behind each row its spoilt copies; adds `fault`. A cell may be of any type its column can hold."""
    numbered = rows.with_columns(pl.lit(None, pl.String).alias("fault")).with_row_index("row_no")
    copies = [_copy(numbered, fault) for fault in faults]
    return pl.concat([numbered, *copies]).sort("row_no", maintain_order=True).drop("row_no")


def _copy(rows: pl.DataFrame, fault: Fault) -> pl.DataFrame:
    cells: dict[str, str | int | None] = {"fault": fault.rule, **fault.cells}
    return rows[int(fault.at * (rows.height - 1))].with_columns(
        pl.lit(cell, rows.schema[name]).alias(name) for name, cell in cells.items()
    )


PEOPLE = [
    Fault("not_in_list", 0.2, {"person": "AV99001", "email": None, "person_role": "volunteer"}),
    Fault("bad_date", 0.5, {"person": "AV99002", "email": None, "joined_on": "2025-02-30"}),
    Fault("missing_key", 0.8, {"person": None, "email": None}),
]
PROJECTS = [Fault("not_in_list", 0.6, {"project_id": "QI-990", "declared_involvement": "co-produced"})]
FIRST_REGISTER = [
    Fault(DUPLICATE, 0.15),
    Fault("out_of_range", 0.3, {"meeting_id": "M90001", "duration_minutes": 900}),
    Fault("out_of_range", 0.55, {"meeting_id": "M90002", "involvement_level": 9}),
    Fault(
        "part_exceeds_whole",
        0.7,
        {"meeting_id": "M90003", "agenda_items": 4, "agenda_items_by_service_users": 6},
    ),
]
ATTENDANCE = [
    Fault("unknown_reference", 0.42, {"meeting_id": "M99990", "person": "VISITOR-9001"}),
    Fault("unknown_reference", 0.42, {"meeting_id": "M99990", "person": "VISITOR-9002"}),
    Fault("not_in_list", 0.5, {"person": "VISITOR-9003", "attendance": "yes"}),
    Fault("missing_value", 0.55, {"person": "VISITOR-9004", "attendance": None}),
    Fault("missing_key", 0.6, {"person": None}),
    Fault(DUPLICATE, 0.65),
    Fault(DUPLICATE, 0.75),
]
# A title with a comma and no quotes around it: one cell more than there are headers.
UNQUOTED_TITLE = "Introduction to quality improvement, evening course"


def second_register_faults(period: Period) -> list[Fault]:
    """Faults of the export with the names of the contract."""
    next_year = _day_first(period.as_at + timedelta(days=365))
    return [
        Fault("bad_date", 0.1, {"meeting_id": "M90004", "held_at": "31/06/2026 10:00"}),
        Fault("not_in_list", 0.2, {"meeting_id": "M90005", "status": "postponed"}),
        Fault("unknown_reference", 0.35, {"meeting_id": "M90006", "team_id": "T100"}),
        Fault("in_the_future", 0.5, {"meeting_id": "M90007", "held_at": f"{next_year} 10:00", "status": "held"}),
        Fault("before_2000", 0.6, {"meeting_id": "M90008", "held_at": "12/05/1926 10:00"}),
        Fault("missing_key", 0.7, {"meeting_id": None}),
        Fault("contradiction", 0.8, {"meeting_id": "M90009", "duration_minutes": "60"}),
        Fault("contradiction", 0.8, {"meeting_id": "M90009", "duration_minutes": "90"}),
    ]


def attendance_faults(cancelled_meeting: str) -> list[Fault]:
    """Somebody ticked as present at a meeting that was cancelled, and the rest."""
    visitor = {"meeting_id": cancelled_meeting, "person": "VISITOR-9005", "attendance": "attended"}
    return [Fault("meeting_cancelled", 0.5, visitor), *ATTENDANCE]


def training_faults(period: Period) -> list[Fault]:
    """A completion nine days before the enrolment, and the rest."""
    enrolled_on = period.as_at - timedelta(days=240)
    swapped = {
        "person": "AV99003",
        "enrolled_on": _day_first(enrolled_on),
        "completed_on": _day_first(enrolled_on - timedelta(days=9)),
        "outcome": "completed",
    }
    return [
        Fault("completed_before_enrolled", 0.3, swapped),
        Fault("bad_date", 0.45, {"person": "AV99004", "enrolled_on": "31/09/2025", "completed_on": None}),
        Fault("missing_key", 0.6, {"person": "AV99005", "course_code": None}),
        Fault("ragged_row", 0.7, {"person": "AV99006", "course_title": UNQUOTED_TITLE}),
    ]


def recruitment_faults(period: Period) -> list[Fault]:
    """Among others a candidate of the file who was `active` before the first day of interest."""
    too_early = _day_first(period.start - timedelta(days=10))
    no_reason = {"actor": "person", "reason_code": None}
    return [
        Fault(
            "missing_reason", 0.1, {"candidate": "C99001", "stage": "declined", "actor": "team", "reason_code": None}
        ),
        Fault("missing_reason", 0.3, {"candidate": "C99002", "stage": "withdrew", "actor": None, "reason_code": "D10"}),
        Fault("not_in_list", 0.5, {"candidate": "C99003", "stage": "hired"}),
        Fault("bad_date", 0.6, {"candidate": "C99004", "stage": "interest", "event_on": "not known", **no_reason}),
        Fault("before_interest", 0.7, {"stage": "active", "event_on": too_early, **no_reason}),
        Fault("unknown_reference", 0.9, {"candidate": "C99006", "stage": "interest", "team_id": "T100", **no_reason}),
    ]


def _day_first(day: date) -> str:
    return f"{day:%d/%m/%Y}"
