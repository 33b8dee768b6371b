"""Snapshots of the volunteer system at the start of each of the last months: where every volunteer stands."""

from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.demo.deliveries import Delivery
from pipelines.demo.faults import Fault, with_faults
from pipelines.demo.files import csv_bytes
from pipelines.demo.period import Period, months_before

SNAPSHOTS = 4
VOLUNTEERS = 30
# What a status may be a month later, the likeliest first.
NEXT = {
    "Applicant": ("In Process", "Applicant", "Archived - Rejected"),
    "In Process": ("Accepted", "In Process", "Archived - Didn't Start"),
    "Accepted": ("Accepted", "Inactive - Short Term", "Archived - Moved"),
    "Inactive - Short Term": ("Accepted", "Inactive - Long Term", "Archived - Resigned"),
}
CHANCES = (0.6, 0.25, 0.15)
FAULT = Fault("not_in_list", 0.5, {"candidate": "V9901", "status": "On hold"})


def deliver_snapshots(period: Period, teams: pl.DataFrame) -> list[Delivery]:
    """A file a month, semicolons between the cells; the last holds a status nobody knows."""
    random = period.random("snapshots")
    team_ids = random.choice(teams["team_id"].to_numpy(), VOLUNTEERS)
    status = ["Applicant"] * VOLUNTEERS
    joined_on = months_before(period.as_at, SNAPSHOTS + 1)
    changed_on = [joined_on] * VOLUNTEERS
    files = []
    for month in range(SNAPSHOTS, 0, -1):
        day = months_before(period.as_at, month - 1)
        files.append(_deliver(day, team_ids, status, changed_on, joined_on, [FAULT] if month == 1 else []))
        following = [_next(random, now) for now in status]
        changes = [day + timedelta(days=int(days)) for days in random.integers(1, 27, VOLUNTEERS)]
        moved = [now != then for now, then in zip(status, following, strict=True)]
        changed_on = [new if has else old for has, new, old in zip(moved, changes, changed_on, strict=True)]
        status = following
    return files


def _next(random: np.random.Generator, status: str) -> str:
    choices = NEXT.get(status)
    return choices[int(random.choice(len(CHANCES), p=CHANCES))] if choices else status


def _deliver(
    day: date,
    team_ids: NDArray[np.str_],
    status: list[str],
    changed_on: list[date],
    joined_on: date,
    faults: list[Fault],
) -> Delivery:
    rows = pl.DataFrame(
        {
            "candidate": [f"V{number:04d}" for number in range(1, len(status) + 1)],
            "status": status,
            "date_of_last_status_change": [f"{changed:%d/%m/%Y}" for changed in changed_on],
            "team_id": team_ids,
            "date_joined": [f"{joined_on:%d/%m/%Y}"] * len(status),
        }
    )
    spoilt = with_faults(rows, faults)
    content = csv_bytes(spoilt.drop("fault"), separator=";")
    return Delivery("recruitment_status", f"volunteers_{day}.csv", content, spoilt["fault"].to_list(), day)
