"""Deliveries in bulk for the tests of what a run says: so many meetings a month with, without, or not recorded."""

from collections.abc import Sequence
from datetime import date

from tests.pipelines.bench import Bench, Row, attended, meeting

Month = tuple[int, int, int]
LAST_MONTH = date(2026, 6, 1)  # the latest complete one on bench.AS_AT


def month_before(months: int) -> str:
    """The month so many months before the latest complete one, as 2026-06."""
    count = LAST_MONTH.year * 12 + LAST_MONTH.month - 1 - months
    return f"{count // 12}-{count % 12 + 1:02}"


def deliver_people(bench: Bench) -> None:
    """Three service users and a member of staff."""
    people: list[Row] = [{"person": f"U{n}", "person_role": "service_user"} for n in range(3)]
    bench.deliver("people", *people, {"person": "S1", "person_role": "staff"})


def deliver_meetings(bench: Bench, months: Sequence[Month], team: str = "T1") -> None:
    """For each month, the last one last: meetings with a service user, without, and not recorded, of one team."""
    meetings, rows = [], []
    for place, (present, absent, unknown) in enumerate(months):
        when = month_before(len(months) - 1 - place)
        for number in range(present + absent + unknown):
            name = f"{team}/{when}/{number}"
            meetings.append(meeting(name, team_id=team, held_at=f"{when}-{number % 28 + 1:02}"))
            if number < present + absent:
                rows.append(attended(name, f"U{number % 3}" if number < present else "S1"))
    bench.deliver("meetings", *meetings, name=f"{team}.csv")
    bench.deliver("attendance", *rows, name=f"{team}.csv")
