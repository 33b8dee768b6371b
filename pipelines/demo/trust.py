"""Writes the landing folder of a believable fictional trust."""

import os
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from pipelines.demo.attendance import build_attendance
from pipelines.demo.caseload import deliver_caseload
from pipelines.demo.deliveries import (
    Delivery,
    deliver_attendance,
    deliver_meetings,
    deliver_notes,
    deliver_people,
    deliver_projects,
    deliver_recruitment,
    deliver_teams,
    deliver_training,
)
from pipelines.demo.faults import DUPLICATE
from pipelines.demo.meetings import build_meetings
from pipelines.demo.minutes import with_minutes
from pipelines.demo.moodle import deliver_moodle
from pipelines.demo.notes import build_notes
from pipelines.demo.people import build_people
from pipelines.demo.period import Period
from pipelines.demo.places import build_teams
from pipelines.demo.projects import build_projects
from pipelines.demo.recruitment import build_recruitment
from pipelines.demo.snapshots import deliver_snapshots
from pipelines.demo.teams_reports import deliver_teams_reports
from pipelines.demo.training import build_training

TRUST_NAME = "Ashdown Vale NHS Foundation Trust"
SEED = 20261103
AS_AT = date(2026, 11, 3)


@dataclass(frozen=True)
class ExpectedFile:
    """What a first run over the folder must make of one file, as in `published.load_file`."""

    rows_in: int
    rows_loaded: int
    rows_quarantined: int
    rows_duplicate: int
    rows_superseded: int
    outcome: str


@dataclass(frozen=True)
class Trust:
    """What was written: how much of everything (good rows, each once), and what a first run must find.

    `expected_outcomes` by path within the landing folder, `expected_faults` by feed and rule.
    """

    trust_name: str
    as_at: date
    teams: int
    service_areas: int
    people: int
    projects: int
    meetings: int
    attendances: int
    enrolments: int
    candidates: int
    expected_outcomes: dict[str, ExpectedFile]
    expected_faults: dict[str, dict[str, int]]


def write_trust(
    landing: Path,
    *,
    seed: int = SEED,
    teams: int = 40,
    service_areas: int = 6,
    years: int = 4,
    as_at: date = AS_AT,
) -> Trust:
    """Write the feeds of a fictional trust into `landing/<feed>/`; the same arguments give the same bytes.

    The files cover `years` whole years before the month of `as_at`, and that month up to `as_at`.
    Raises ValueError for what makes no trust: fewer than 2 service areas or more than areas.py knows, fewer than 4
    teams or than service areas, more than 99, no year.
    """
    if years < 1:
        raise ValueError(f"A trust's files cover at least one year, not {years}.")
    period = Period(seed, years, as_at)
    places = build_teams(period, teams, service_areas)
    people = build_people(period, places)
    projects = build_projects(period, places)
    meetings = with_minutes(period, build_meetings(period, places, projects))
    attendance = build_attendance(period, meetings, people)
    training = build_training(period, people)
    events = build_recruitment(period, places)
    deliveries = [
        deliver_teams(period, places),
        deliver_people(period, people),
        deliver_projects(period, projects),
        *deliver_meetings(period, meetings),
        *deliver_attendance(period, attendance, meetings),
        *deliver_teams_reports(period, meetings, attendance, people),
        deliver_training(period, training),
        *deliver_moodle(period, people),
        deliver_recruitment(period, events),
        *deliver_snapshots(period, places),
        deliver_caseload(period, places),
        deliver_notes(period, build_notes(period, places)),
    ]
    for delivery in deliveries:
        _write(landing, delivery)
    return Trust(
        trust_name=TRUST_NAME,
        as_at=as_at,
        teams=teams,
        service_areas=service_areas,
        people=people.height,
        projects=projects.height,
        meetings=meetings.height,
        attendances=attendance.height,
        enrolments=training.height,
        candidates=events["candidate"].n_unique(),
        expected_outcomes={delivery.path: _expect(delivery) for delivery in deliveries},
        expected_faults=_count_faults(deliveries),
    )


def _write(landing: Path, delivery: Delivery) -> None:
    path = landing / delivery.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(delivery.content)
    # A file looks as old as it would be at a trust that sends it every month or quarter.
    sent_at = datetime.combine(delivery.sent_on, time(7), tzinfo=UTC).timestamp()
    os.utime(path, (sent_at, sent_at))


def _expect(delivery: Delivery) -> ExpectedFile:
    rows_in = len(delivery.faults)
    if delivery.outcome not in ("loaded", "waiting"):
        return ExpectedFile(rows_in, 0, 0, 0, 0, delivery.outcome)
    duplicate = delivery.faults.count(DUPLICATE)
    quarantined = rows_in - delivery.faults.count(None) - duplicate
    superseded = delivery.rows_superseded
    loaded = rows_in - quarantined - duplicate - superseded
    return ExpectedFile(rows_in, loaded, quarantined, duplicate, superseded, delivery.outcome)


def _count_faults(deliveries: list[Delivery]) -> dict[str, dict[str, int]]:
    feeds: dict[str, Counter[str]] = {delivery.feed: Counter() for delivery in deliveries}
    for delivery in deliveries:
        feeds[delivery.feed].update(rule for rule in delivery.faults if rule not in (None, DUPLICATE))
    return {feed: dict(sorted(rules.items())) for feed, rules in feeds.items()}
