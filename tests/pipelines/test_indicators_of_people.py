"""The indicators of people and of learning on a few rows each, counted by hand."""

from datetime import date

from tests.pipelines.bench import Bench, Row, attended, meeting

USERS: list[Row] = [
    {"person": "U1", "person_role": "service_user", "team_id": "T1"},
    {"person": "U2", "person_role": "former_service_user", "team_id": "T2"},
    {"person": "U3", "person_role": "service_user", "team_id": ""},
]
STAFF: Row = {"person": "S1", "person_role": "staff", "team_id": "T1", "email": ""}
COACH: Row = {"person": "Q1", "person_role": "qi_coach", "team_id": "T2"}


def deliver_visits(bench: Bench, *visits: tuple[str, str, str]) -> None:
    """A meeting for each (person, team, day), and that person at it."""
    bench.deliver("people", *USERS, STAFF, COACH)
    names = [f"{person}-{team}-{day}" for person, team, day in visits]
    bench.deliver(
        "meetings",
        *(
            meeting(name, team_id=team, held_at=f"{day} 10:00")
            for name, (_, team, day) in zip(names, visits, strict=True)
        ),
    )
    bench.deliver("attendance", *(attended(name, person) for name, (person, _, _) in zip(names, visits, strict=True)))


def learnt(person: str, enrolled_on: str, completed_on: str = "", **more: str) -> Row:
    row: Row = {"person": person, "course_code": "QI", "enrolled_on": enrolled_on, "completed_on": completed_on}
    return row | more


def test_coming_back_to_another_team_is_coming_back_and_a_person_counts_once_for_the_trust(bench: Bench) -> None:
    bench.as_at = date(2026, 7, 10)
    deliver_visits(
        bench,
        ("U1", "T1", "2025-12-01"),
        ("U1", "T2", "2025-12-20"),
        ("U1", "T2", "2026-03-31"),
        ("U2", "T2", "2025-12-05"),
    )
    bench.build()
    assert bench.cells("came_back_next_quarter") == {("trust", "2025-12"): (1, 2), ("trust", "2026-03"): (0, 1)}
    assert bench.cells("came_back_next_quarter", "care_setting") == {
        ("inpatient", "2025-12"): (1, 1),
        ("community", "2025-12"): (1, 2),
        ("community", "2026-03"): (0, 1),
    }


def test_a_quarter_left_out_is_not_coming_back_next_quarter(bench: Bench) -> None:
    deliver_visits(bench, ("U1", "T1", "2025-09-30"), ("U1", "T1", "2026-01-01"))
    bench.build()
    assert bench.cells("came_back_next_quarter") == {("trust", "2025-09"): (0, 1), ("trust", "2026-03"): (0, 1)}


def test_a_year_on_is_between_270_and_455_days_after_the_first_meeting(bench: Bench) -> None:
    deliver_visits(
        bench,
        ("U1", "T1", "2025-01-01"),
        ("U1", "T1", "2025-09-28"),  # day 270
        ("U2", "T2", "2025-01-01"),
        ("U2", "T2", "2025-09-27"),  # day 269
        ("U2", "T2", "2026-04-02"),  # day 456
        ("U3", "T1", "2025-01-31"),
        ("U3", "T2", "2026-05-01"),  # day 455
    )
    bench.build()
    assert bench.cells("still_involved_a_year_on") == {("trust", "2025-01"): (2, 3)}


def test_learning_leads_to_a_meeting_on_day_90_and_not_on_day_91_or_before(bench: Bench) -> None:
    deliver_visits(
        bench,
        ("U1", "T1", "2026-05-30"),  # day 90 after 1 March
        ("U2", "T1", "2026-05-31"),  # day 91
        ("U2", "T1", "2026-02-28"),
    )
    bench.deliver(
        "training",
        learnt("U1", "2026-01-01", "2026-03-01"),
        learnt("U2", "2026-01-01", "2026-03-01"),
        learnt("U3", "2026-01-01"),  # not completed
        learnt("S1", "2026-01-01", "2026-03-01"),  # staff
    )
    bench.build()
    assert bench.cells("learning_that_led_to_a_meeting") == {("trust", "2026-03"): (1, 2)}
    assert bench.cells("learning_that_led_to_a_meeting", "service_area") == {
        ("A1", "2026-03"): (1, 1),
        ("A2", "2026-03"): (0, 1),
    }


def test_a_session_is_learning_together_with_a_service_user_and_staff_who_took_part(bench: Bench) -> None:
    deliver_visits(bench, ("U1", "T1", "2026-05-30"))
    may, june, later = {"session_on": "2026-05-02"}, {"session_on": "2026-06-02"}, {"session_on": "2026-07-11"}
    bench.deliver(
        "training",
        learnt("U1", "2026-04-01", session_id="A", outcome="completed", **may),
        learnt("S1", "2026-04-01", session_id="A", outcome="in_progress", **may),
        learnt("U2", "2026-04-01", session_id="B", outcome="completed", **may),
        learnt("Q1", "2026-04-01", session_id="B", outcome="did_not_attend", **may),
        learnt("U3", "2026-04-02", session_id="C", **june),
        learnt("Q1", "2026-04-02", session_id="C", **june),
        learnt("U1", "2026-04-03", session_id="D", **later),  # has not been held
        learnt("S1", "2026-04-03"),  # in no session
    )
    bench.build()
    assert bench.cells("learning_together") == {("trust", "2026-05"): (1, 2), ("trust", "2026-06"): (1, 1)}
