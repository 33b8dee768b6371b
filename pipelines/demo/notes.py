"""The notes on the charts: what was tried, what happened, and what service users said about it."""

from datetime import date, timedelta

import polars as pl

from pipelines.demo.faults import Fault
from pipelines.demo.period import Period, months_before

COLUMNS = (
    *("annotation_id", "level", "place_id", "on_date", "kind", "text"),
    *("indicator_id", "owner", "due_on", "approved_by", "reason"),
)
PRESENCE = "meetings_with_service_user"
IN_THE_EVENING = {"owner": "Service managers of the area"}
EVENTS = (  # months before the figures' day
    (45, "The board agreed the involvement plan"),
    (33, "Payment for involvement agreed for every project"),
    (22, "Learning day: what service users changed this year"),
    (16, "Staff who chair meetings began to be trained together with service users"),
    (10, "Learning day: what service users changed this year"),
)
FAULTS = [
    Fault("identifier_in_text", 0.2, {"annotation_id": "N91", "text": "Buddy scheme: ring 07700 900123 to join"}),
    Fault("unknown_reference", 0.6, {"annotation_id": "N93", "level": "service_area", "place_id": "ZZZ"}),
]


def build_notes(period: Period, teams: pl.DataFrame) -> pl.DataFrame:
    """One row a note: the columns of the feed as text, in order of day."""
    community = teams.filter(pl.col("care_setting") == "community")
    evenings_at = community.filter(pl.col("area_no") == 2) if 2 in community["area_no"] else community
    area = evenings_at["service_area_id"][0]
    ward = teams.filter(pl.col("care_setting") == "inpatient")["team_id"][0]
    rows = [
        _note(
            period.evenings_from, "service_area", area, "change_idea", "Meetings moved to the evening", **IN_THE_EVENING
        ),
        _note(period.second_register_from, "trust", "trust", "event", "The meeting register moved to another system"),
        _note(
            period.second_register_from,
            *("trust", "trust", "rebase", "Limits begin anew with the new register"),
            indicator_id="meetings_not_recorded",
            approved_by="Director of nursing",
            reason="Another way of recording, here to stay",
        ),
        _note(
            months_before(period.as_at, 2),
            *("service_area", area, "said", "We can come now that meetings are after work and school."),
            indicator_id=PRESENCE,
            approved_by="Involvement office",
        ),
        _note(
            months_before(period.as_at, 4),
            *("trust", "trust", "said", "We would like to hear what became of our suggestions."),
            approved_by="Involvement office",
        ),
        _note(
            months_before(period.as_at, 3),
            *("care_setting", "inpatient", "change_idea", "Buddies: somebody who was on a ward comes along"),
            owner="QI office",
            due_on=f"{period.as_at + timedelta(days=60):%d/%m/%Y}",
        ),
        _note(
            months_before(period.as_at, 1),
            *("team", ward, "change_idea", "Ask for agenda items at the community meeting on the ward"),
            owner="Ward manager",
            due_on=f"{period.as_at + timedelta(days=21):%d/%m/%Y}",
        ),
    ]
    rows += [
        _note(months_before(period.as_at, months), "trust", "trust", "event", text)
        for months, text in EVENTS
        if months < 12 * period.years
    ]
    by_day = sorted(rows, key=lambda note: note[0])
    cells = [(f"N{number:02d}", *cells) for number, (_, cells) in enumerate(by_day, start=1)]
    return pl.DataFrame(cells, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def _note(on: date, level: str, place_id: str, kind: str, text: str, **more: str) -> tuple[date, list[str | None]]:
    """Its day, and its cells but the id."""
    rest = ("indicator_id", "owner", "due_on", "approved_by", "reason")
    return on, [level, place_id, f"{on:%d/%m/%Y}", kind, text, *(more.get(name) for name in rest)]
