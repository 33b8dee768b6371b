"""Small trusts of people and meetings, drawn at random and carried from staging over every view and all statistics."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from pipelines.analysis import analyse
from pipelines.building import begin, build, build_all
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from tests.pipelines.bench import Bench
from tests.pipelines.disclosure.trusts import SHAPE

AS_AT = date(2026, 12, 31)
# The last eight quarters of which people could be followed for 180 days, and the half year after them.
FIRST_INTEREST, DAYS = date(2024, 7, 1), 730
ROUTES, GENDERS, ETHNIC = ("clinician", "advert", None), ("female", "male", None), ("A", "M", None)
REASON_CODES = ("D01", "D05", "D07", "D10", "D11", "D13", "D14", "D99")
Row = dict[str, object]
Rows = list[Row]
Staged = Mapping[str, Rows]
Frames = dict[str, pl.DataFrame]


@contextmanager
def open_road(folder: Path) -> Iterator[Bench]:
    """An empty trust, built once, so that every table is there to be filled."""
    with Warehouse(Path(":memory:"), memory_limit="1GB", threads=1) as warehouse:
        bench = Bench(folder / "landing", warehouse, as_at=AS_AT)
        bench.deliver("teams", {"team_id": "T", "team_name": "T", "service_area_id": "A", "service_area": "A",
                                "care_setting": "inpatient"})  # fmt: skip
        bench.build()
        yield bench


def carry(bench: Bench, staged: Staged) -> None:
    """Builds everything from these rows of staging, the tables not named being empty."""
    for view in bench.views:
        if view.layer == "staging":
            types = dict(bench.warehouse.rows(f"select column_name, column_type from (describe {view.full_name})"))
            columns = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in types.items())
            with bench.warehouse.lending("lent_rows", _as_text(staged.get(view.name, []), types)):
                bench.warehouse.make(view.full_name, f"select {columns} from lent_rows", is_stored=True)
    road = bench.road
    begin(bench.warehouse, road.run, Settings(), bench.views)
    views = tuple(view for view in bench.views if view.layer != "staging")
    build_all(bench.warehouse, views, (), road.run, Settings(), [])


def _as_text(rows: Rows, columns: Iterable[str]) -> pl.DataFrame:
    values = {name: [row.get(name) for row in rows] for name in columns}
    return pl.DataFrame(
        {name: [None if value is None else str(value) for value in column] for name, column in values.items()},
        schema=dict.fromkeys(values, pl.String),
    )


def republish(bench: Bench) -> None:
    """Publishes the cells as they stand in the warehouse once more."""
    build(bench.warehouse, bench.views, ("published",))
    analyse(bench.warehouse, bench.as_at, Settings())


def random_staging(number: int) -> Staged:
    """A small trust: one or two settings, few candidates and service users, some of whose team nobody knows."""
    random = np.random.default_rng(number)
    size = float(random.choice([2.0, 5.0, 12.0]))
    teams: Rows = [
        {"team_id": team, "team_name": team, "service_area_id": area, "service_area": area, "care_setting": setting}
        for setting in list(SHAPE)[: random.integers(1, 3)]
        for area in list(SHAPE[setting])[: random.integers(1, 4)]
        for team in SHAPE[setting][area][: random.integers(1, 4)]
    ]
    staged: dict[str, Rows] = {"team": teams, "recruitment_event": [], "person": [], "enrolment": []}
    staged |= {"meeting": [], "attendance": []}
    for team in teams:
        name = str(team["team_id"])
        share = float(random.choice([0.3, 1.0, 4.0]))
        for candidate in range(random.poisson(size * share)):
            staged["recruitment_event"] += _candidate(random, name, f"{name}/{candidate}")
        people = [f"{name}:{n}" for n in range(random.poisson(3 * share))]
        staged["person"] += [_person(random, person, name) for person in people]
        for person in people:
            staged["enrolment"] += _enrolments(random, person)
        _meetings(random, staged, name, people)
    if number % 2:
        strangers = [f"nowhere:{n}" for n in range(random.poisson(3))]
        staged["person"] += [_person(random, person, None) for person in strangers]
        staged["enrolment"] += [row for person in strangers for row in _enrolments(random, person)]
    staged["caseload"] = _caseload(random, teams)
    staged["annotation"] = [_said(number, str(team["service_area_id"])) for number, team in enumerate(teams)]
    return staged


def _pick(random: np.random.Generator, choices: tuple[str | None, ...]) -> str | None:
    return choices[random.integers(len(choices))]


def _candidate(random: np.random.Generator, team: str, name: str) -> Rows:
    interest = FIRST_INTEREST + timedelta(days=int(DAYS * random.beta(3, 1)))
    known: Row = {"candidate_id": name, "team_id": team, "opportunity_id": "O"}
    told: Row = {
        "gender": _pick(random, GENDERS),
        "route": _pick(random, ROUTES),
        "ethnic_category": _pick(random, ETHNIC),
    }
    rows: Rows = [known | told | {"stage": "interest", "event_on": interest}]
    fate = random.random()
    later = min(interest + timedelta(days=int(random.gamma(2, 45))), AS_AT)
    if fate < 0.45:
        rows.append(known | {"stage": "active", "event_on": later})
    elif fate < 0.85:
        reason: Row = {"actor": "team", "reason_code": _pick(random, REASON_CODES)}
        rows.append(known | reason | {"stage": "declined", "event_on": later})
    return rows


def _person(random: np.random.Generator, name: str, team: str | None) -> Row:
    told: Row = {"gender": _pick(random, GENDERS), "ethnic_category": _pick(random, ETHNIC)}
    return told | {"person_id": name, "person_role": "service_user", "team_id": team, "joined_on": date(2024, 1, 1)}


def _enrolments(random: np.random.Generator, person: str) -> Rows:
    rows: Rows = []
    for course in range(random.integers(0, 3)):
        start = FIRST_INTEREST + timedelta(days=int(random.integers(DAYS)))
        done = start + timedelta(days=int(random.gamma(2, 40))) if random.random() < 0.7 else None
        row: Row = {"source": "training", "person_id": person, "course_code": f"C{course}"}
        rows.append(row | {"enrolled_on": start, "completed_on": done})
    return rows


def _meetings(random: np.random.Generator, staged: dict[str, Rows], team: str, people: list[str]) -> None:
    for number in range(8):
        held = date(2025, 1, 1) + timedelta(days=90 * number - int(random.integers(20)))
        name = f"{team}-{number}"
        staged["meeting"].append(
            {"meeting_id": name, "team_id": team, "status": "held", "meeting_type": "microsystem", "held_on": held,
             "held_at": held}
        )  # fmt: skip
        came = [person for person in people if random.random() < 0.4]
        for person in came:
            staged["attendance"].append({"meeting_id": name, "person_id": person, "attendance": "attended"})
        staff: Row = {"meeting_id": name, "person_id": f"staff {team}", "attendance": "attended", "given_role": "staff"}
        staged["attendance"].append(staff)


def _caseload(random: np.random.Generator, teams: Rows) -> Rows:
    groups = {"gender": ("female", "male"), "ethnic_group": ("White", "Black")}
    return [
        {"service_area_id": area, "as_at": date(2024, 1, 1), "dimension": dimension, "category": category,
         "people": int(random.integers(1, 300))}
        for area in dict.fromkeys(str(team["service_area_id"]) for team in teams)
        for dimension, categories in groups.items()
        for category in categories
    ]  # fmt: skip


def _said(number: int, area: str) -> Row:
    return {"annotation_id": f"N{number}", "level": "service_area", "place_id": area, "kind": "said",
            "text": "We are asked before, not after.", "on_date": date(2026, 6, 1)}  # fmt: skip


def teams(*names: str) -> Rows:
    """Teams whose name begins with their setting and area: Ia1 is the first team of the wards' first area."""
    settings = {"I": "inpatient", "C": "community"}
    return [
        {"team_id": name, "team_name": name, "service_area_id": name[:2], "service_area": name[:2],
         "care_setting": settings[name[0]]}
        for name in names
    ]  # fmt: skip


def interested(team: str, *groups: tuple[int | None, int], **told: str) -> Rows:
    """Candidates of a team, so many of each group, interested on one day and active so many days later, or never."""
    rows: Rows = []
    day = date(2026, 1, 1)
    for days, count in groups:
        for number in range(count):
            known: Row = {"candidate_id": f"{team}/{days}/{number}/{told}", "team_id": team, "opportunity_id": "O"}
            rows.append(known | told | {"stage": "interest", "event_on": day})
            if days is not None:
                rows.append(known | {"stage": "active", "event_on": day + timedelta(days=days)})
    return rows
