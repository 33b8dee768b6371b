"""The pattern of the founding study, read from the files as anyone would."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date

import pytest

from pipelines.demo import Trust
from tests.demo.reading import Row
from tests.demo.recount import World, day

SERVICE_USERS = {"service_user", "former_service_user"}


def _day(cell: str) -> date:
    found = day(cell)
    assert found is not None, cell
    return found


@pytest.fixture(scope="session")
def roles(world: World) -> dict[str, str]:
    people = world.good["people"].values()
    return {name: row["person_role"] for row in people for name in (row["person"], row["email"]) if name}


@pytest.fixture(scope="session")
def meetings(world: World, roles: dict[str, str]) -> list[Row]:
    """Held meetings, with setting, area, month and state (present, absent, not recorded)."""
    there: dict[str, list[str]] = defaultdict(list)
    for row in world.good["attendance"].values():
        if row["attendance"] == "attended":
            there[row["meeting_id"]].append(row["person_role"] or roles.get(row["person"], ""))
    held = [row for row in world.good["meetings"].values() if row["status"] == "held"]
    teams = {row["team_id"]: row for row in world.good["teams"].values()}
    return [
        row
        | {name: teams[row["team_id"]][name] for name in ("care_setting", "service_area_id")}
        | {"state": _state(there[row["meeting_id"]]), "month": f"{_day(row['held_at']):%Y-%m}"}
        for row in held
    ]


def _state(roles: list[str]) -> str:
    if SERVICE_USERS & set(roles):
        return "present"
    return "absent" if roles and all(roles) else "not recorded"


def _presence(meetings: Iterable[Row], chosen: Callable[[Row], bool] = lambda _: True) -> float:
    states = Counter(row["state"] for row in meetings if chosen(row))
    return states["present"] / (states["present"] + states["absent"])


def test_service_users_are_seldom_in_the_room_on_wards(meetings: list[Row]) -> None:
    assert 0.24 < _presence(meetings, lambda row: row["care_setting"] == "inpatient") < 0.31
    assert 0.41 < _presence(meetings, lambda row: row["care_setting"] == "community") < 0.49


def test_community_brain_injury_is_best(meetings: list[Row]) -> None:
    areas = {row["service_area_id"] for row in meetings}
    got = {area: _presence(row for row in meetings if row["service_area_id"] == area) for area in areas}
    assert max(got, key=lambda area: got[area]) == "CBI"
    assert got["CBI"] > 0.5


def _months_above_the_mean(meetings: list[Row]) -> list[bool]:
    months = sorted({row["month"] for row in meetings} - {"2026-11"})
    mean = _presence(row for row in meetings if row["month"] != "2026-11")
    return [_presence(row for row in meetings if row["month"] == month) > mean for month in months]


def test_evening_meetings_show_as_a_shift_in_the_community(meetings: list[Row]) -> None:
    community = _months_above_the_mean([row for row in meetings if row["care_setting"] == "community"])
    assert len(community) == 48
    assert community[-8:] == [True] * 8
    assert community[:38].count(True) < 13


def test_the_shift_comes_from_one_area_that_meets_in_the_evening(meetings: list[Row]) -> None:
    one = [row for row in meetings if row["service_area_id"] == "CMH"]
    before, after = [[row for row in one if (row["month"] >= "2026-03") == late] for late in (False, True)]
    assert _presence(after) - _presence(before) > 0.2
    evening = [row for row in one if "18:00" in row["held_at"]]
    assert min(row["month"] for row in evening) == "2026-03"


def test_wards_show_no_shift(meetings: list[Row]) -> None:
    sides = _months_above_the_mean([row for row in meetings if row["care_setting"] == "inpatient"])
    runs = [
        len(run)
        for run in "".join("+" if side else "-" for side in sides).replace("+-", "+ -").replace("-+", "- +").split()
    ]
    assert max(runs) < 7


def test_home_meetings_and_chosen_places_have_higher_presence(meetings: list[Row]) -> None:
    everywhere = _presence(meetings)
    assert _presence(meetings, lambda row: row["meeting_type"] == "home_microsystem") > everywhere + 0.1
    assert _presence(meetings, lambda row: row["venue_type"] == "service_user_chosen") > everywhere + 0.1


def test_some_meetings_are_not_recorded(meetings: list[Row]) -> None:
    states = Counter(row["state"] for row in meetings)
    assert 0.04 < states["not recorded"] / states.total() < 0.14


def test_one_team_falls_quiet(meetings: list[Row], world: World) -> None:
    last = defaultdict(list)
    for row in meetings:
        last[row["team_id"]].append(_day(row["held_at"]))
    quiet = [team for team, days in last.items() if max(days) < date(2026, 8, 1)]
    assert quiet == ["T40"]
    assert len(last) == len(world.good["teams"])


def test_teams_meet_less_in_august_and_at_christmas(meetings: list[Row]) -> None:
    by_month = Counter(row["month"] for row in meetings)
    ordinary = by_month["2025-10"]
    assert by_month["2025-08"] < 0.8 * ordinary
    christmas = [row for row in meetings if date(2025, 12, 22) <= _day(row["held_at"]) <= date(2026, 1, 2)]
    assert len(christmas) < 0.3 * ordinary / 2


def test_meetings_are_cancelled_online_and_hybrid_too(world: World) -> None:
    rows = world.good["meetings"].values()
    assert 0.03 < sum(row["status"] == "cancelled" for row in rows) / len(rows) < 0.12
    modes = Counter(row["mode"] for row in rows)
    assert min(modes[mode] for mode in ("in_person", "online", "hybrid")) > 50


def test_carers_and_peer_workers_are_in_the_room(world: World, roles: dict[str, str]) -> None:
    attended = [row for row in world.good["attendance"].values() if row["attendance"] == "attended"]
    there = Counter(roles.get(row["person"], row["person_role"]) for row in attended)
    assert min(there[role] for role in ("carer", "peer_worker", "qi_coach", "staff", "service_user")) > 100


def test_staff_place_meetings_higher_than_service_users_do(world: World) -> None:
    levels = defaultdict(list)
    for row in world.good["meetings"].values():
        if row["level_declared_by"] and int(row["agenda_items_by_service_users"] or 0) > 0:
            levels[row["level_declared_by"]].append(int(row["involvement_level"]))
    staff, service_users = (sum(levels[by]) / len(levels[by]) for by in ("staff", "service_user"))
    assert staff > service_users + 0.5


def _ends(world: World, setting: str) -> Counter[str]:
    teams = {row["team_id"] for row in world.good["teams"].values() if row["care_setting"] == setting}
    events = [row for row in world.good["recruitment"].values() if row["team_id"] in teams]
    return Counter(row["reason_code"] or row["stage"] for row in events)


def test_clinical_complexity_stops_recruitment_on_wards(world: World) -> None:
    wards, community = _ends(world, "inpatient"), _ends(world, "community")
    assert wards["D06"] > wards["D05"] > 5
    assert wards["D06"] + wards["D05"] > 0.6 * sum(wards[f"D{number:02d}"] for number in range(1, 9))
    assert wards["D06"] / wards["interest"] > 4 * community["D06"] / community["interest"]
    assert wards["active"] / wards["interest"] < 0.5 * community["active"] / community["interest"]


def test_clinicians_and_teams_decide_about_the_person(world: World) -> None:
    decided = {(row["reason_code"], row["actor"]) for row in world.good["recruitment"].values() if row["reason_code"]}
    assert {("D06", "clinician"), ("D05", "team")} <= decided
    assert {actor for code, actor in decided if code in ("D05", "D06")} == {"clinician", "team"}


def test_people_are_waiting(world: World, trust: Trust) -> None:
    stages = defaultdict(set)
    for row in world.good["recruitment"].values():
        stages[row["candidate"]].add(row["stage"])
    waiting = [each for each in stages.values() if not each & {"active", "declined", "withdrew"}]
    assert 0.1 < len(waiting) / trust.candidates < 0.45


def test_training_is_completed_within_90_days_and_later(world: World, roles: dict[str, str]) -> None:
    rows = [row for row in world.good["training"].values() if roles.get(row["person"]) in SERVICE_USERS]
    days = [(_day(row["completed_on"]) - _day(row["enrolled_on"])).days for row in rows if row["completed_on"]]
    assert len(rows) > 100
    assert sum(day <= 90 for day in days) > sum(day > 90 for day in days) > 5
    assert len(days) < len(rows)


def test_people_and_candidates_carry_demographics(world: World) -> None:
    for feed in ("people", "recruitment"):
        for name in ("age_band", "gender", "ethnic_category"):
            assert len({row[name] for row in world.good[feed].values()} - {""}) >= 4
