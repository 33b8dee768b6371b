"""The seven indicators on a few rows each, counted by hand."""

from datetime import date

import pytest

from tests.pipelines.bench import TEAMS, Bench, Row, attended, event, meeting

MAY = "2026-05"
USER: Row = {"person": "U1", "person_role": "service_user", "team_id": "T1"}
STAFF: Row = {"person": "S1", "person_role": "staff", "team_id": "T1"}


def enrolment(person: str, enrolled_on: str, completed_on: str = "") -> Row:
    return {"person": person, "course_code": "QI", "enrolled_on": enrolled_on, "completed_on": completed_on}


@pytest.mark.parametrize(
    ("people", "presence"),
    [
        ([attended("M1", "U1")], "present"),
        ([attended("M1", "U1"), attended("M1", "X")], "present"),  # one role unknown, a service user there
        ([attended("M1", "S1")], "absent"),
        ([attended("M1", "S1"), attended("M1", "X")], "not_recorded"),  # X may be a service user
        ([attended("M1", "X")], "not_recorded"),
        ([attended("M1", "U1") | {"attendance": "apologies"}], "not_recorded"),  # nobody is said to have come
        ([attended("M1", "S1"), attended("M1", "U1") | {"attendance": "did_not_attend"}], "absent"),
        ([attended("M1", "S1", person_role="former_service_user")], "present"),  # the row's own role wins
        ([attended("M1", "U1", person_role="carer")], "absent"),  # carers are counted apart
        ([], "not_recorded"),
    ],
)
def test_a_held_meeting_is_present_absent_or_not_recorded(bench: Bench, people: list[Row], presence: str) -> None:
    bench.deliver("people", USER, STAFF)
    bench.deliver("meetings", meeting("M1"))
    if people:
        bench.deliver("attendance", *people)
    bench.build()
    assert bench.warehouse.value("select presence from marts.meeting") == presence


def test_presence_counts_known_meetings_and_the_rest_is_not_recorded(bench: Bench) -> None:
    bench.deliver("people", USER, STAFF)
    bench.deliver("meetings", *(meeting(f"M{number}") for number in range(1, 5)), meeting("M5", status="cancelled"))
    bench.deliver("attendance", attended("M1", "U1"), attended("M2", "S1"), attended("M3", "S1"))
    bench.build()
    assert bench.cells("meetings_with_service_user") == {("trust", MAY): (1, 3)}
    assert bench.cells("meetings_not_recorded") == {("trust", MAY): (1, 4)}


def test_a_meeting_counts_for_its_team_area_setting_and_the_trust(bench: Bench) -> None:
    bench.deliver("people", USER, STAFF)
    bench.deliver("meetings", meeting("M1"), meeting("M2", team_id="T2"))
    bench.deliver("attendance", attended("M1", "U1"), attended("M2", "S1"))
    bench.build()
    cells = {
        level: bench.cells("meetings_with_service_user", level) for level in ("care_setting", "service_area", "team")
    }
    assert cells == {
        "care_setting": {("inpatient", MAY): (1, 1), ("community", MAY): (0, 1)},
        "service_area": {("A1", MAY): (1, 1), ("A2", MAY): (0, 1)},
        "team": {("T1", MAY): (1, 1), ("T2", MAY): (0, 1)},
    }


def test_share_of_seats_counts_those_whose_role_is_known(bench: Bench) -> None:
    bench.deliver("people", USER, STAFF)
    bench.deliver("meetings", meeting("M1"))
    bench.deliver("attendance", attended("M1", "U1"), attended("M1", "S1"), attended("M1", "X"))
    bench.build()
    assert bench.cells("share_of_seats") == {("trust", MAY): (1, 2)}


def test_agenda_items_count_where_both_numbers_are_recorded(bench: Bench) -> None:
    bench.deliver(
        "meetings",
        meeting("M1", agenda_items=5, agenda_items_by_service_users=2),
        meeting("M2", agenda_items=7),
        meeting("M3", agenda_items=3, agenda_items_by_service_users=0),
        meeting("M4", agenda_items=9, agenda_items_by_service_users=9, status="cancelled"),
    )
    bench.build()
    assert bench.cells("agenda_items_by_service_users") == {("trust", MAY): (2, 8)}


def test_training_counts_completion_on_day_90_and_not_on_day_91(bench: Bench) -> None:
    bench.deliver("people", USER, STAFF, USER | {"person": "U2", "team_id": ""}, USER | {"person": "U3"})
    bench.deliver(
        "training",
        enrolment("U1", "2026-03-01", "2026-05-30"),  # day 90
        enrolment("U2", "2026-03-01", "2026-05-31"),  # day 91; no team: counts for the trust only
        enrolment("U3", "2026-03-31"),
        enrolment("S1", "2026-03-01", "2026-03-01"),  # staff
    )
    bench.build()
    assert bench.cells("training_completed_in_90_days") == {("trust", "2026-03"): (1, 3)}
    assert bench.cells("training_completed_in_90_days", "team") == {("T1", "2026-03"): (1, 2)}


@pytest.mark.parametrize(("as_at", "is_complete"), [(date(2026, 6, 29), True), (date(2026, 6, 28), False)])
def test_a_month_is_complete_when_its_window_has_ended(bench: Bench, as_at: date, is_complete: bool) -> None:
    bench.as_at = as_at  # 31 March and 90 days is 29 June
    bench.deliver("people", USER)
    bench.deliver("training", enrolment("U1", "2026-03-01"))
    bench.build()
    assert bool(bench.cells("training_completed_in_90_days")) is is_complete


def test_interest_counts_from_the_first_and_towards_any_opportunity(bench: Bench) -> None:
    bench.deliver(
        "recruitment",
        event("C1", "interest", "2025-10-01"),
        event("C1", "interest", "2025-11-01", team_id="T2", opportunity_id="O2"),
        event("C1", "active", "2026-03-30", team_id="T2", opportunity_id="O2"),  # day 180
        event("C2", "interest", "2025-10-01"),
        event("C2", "active", "2026-03-31"),  # day 181
        event("C3", "active", "2025-10-05"),  # no interest
    )
    bench.build()
    assert bench.cells("interest_to_active_in_180_days", "team") == {("T1", "2025-10"): (1, 2)}


def test_turned_away_counts_the_first_outcome_by_our_reasons(bench: Bench) -> None:
    bench.deliver(
        "recruitment",
        event("C1", "declined", "2026-05-01", actor="team", reason_code="D05"),
        event("C1", "active", "2026-05-20"),  # a later outcome
        event("C2", "withdrew", "2026-05-02", actor="person", reason_code="D10"),
        event("C3", "declined", "2026-05-03", actor="clinician", reason_code="d08"),
        event("C3", "active", "2026-05-03"),  # on one day active comes first
        event("C4", "interest", "2026-05-03"),  # no outcome
    )
    bench.build()
    assert bench.cells("turned_away_by_us") == {("trust", MAY): (1, 3)}


def test_a_team_that_changed_its_area_is_counted_where_it_is_now(bench: Bench) -> None:
    bench.deliver("people", USER)
    bench.deliver("meetings", meeting("M1"))
    bench.deliver("attendance", attended("M1", "U1"))
    bench.deliver("teams", TEAMS[1] | {"team_id": "T1"}, name="moved.csv")
    bench.build()
    assert bench.cells("meetings_with_service_user", "service_area") == {("A2", MAY): (1, 1)}


def test_a_meeting_just_before_midnight_in_summer_falls_in_its_own_month(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1", held_at="2026-05-31T23:30:00Z"))  # half past midnight on 1 June in London
    bench.build()
    assert bench.cells("meetings_not_recorded") == {("trust", "2026-06"): (1, 1)}
