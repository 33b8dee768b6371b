"""A truth of our own: a few files of every feed, whose ends and figures were counted by hand, before and after a
second delivery. It proves without any samples what test_truth proves on many.
"""

import pytest

from tests.pipelines.bench import Bench, Row, attended, event, meeting

DECIDED: Row = {"actor": "team", "reason_code": "D05"}
PEOPLE: list[Row] = [
    {"person": "R1", "person_role": "service_user", "email": "one@trust.example", "team_id": "T1"},
    {"person": "R2", "person_role": "staff", "email": "two@trust.example", "team_id": "T1"},
    {"person": "R3", "person_role": "former_service_user", "email": "", "team_id": "T9"},
]
NEW_TEAM: Row = {
    "team_id": "T9",
    "team_name": "New team",
    "service_area_id": "A2",
    "service_area": "Area two",
    "care_setting": "community",
}


def training(person: str, completed_on: str) -> Row:
    return {"person": person, "course_code": "QI", "enrolled_on": "2026-01-05", "completed_on": completed_on}


@pytest.fixture
def delivered(bench: Bench) -> Bench:
    """The first delivery, built: in May 2026 team T1 met three times and cancelled once; T9 is not known yet."""
    bench.deliver("people", *PEOPLE)
    bench.deliver(
        "meetings",
        meeting("M1", agenda_items=4, agenda_items_by_service_users=1),
        meeting("M2", agenda_items=6, agenda_items_by_service_users=0),
        meeting("M3"),
        meeting("M4", status="cancelled"),
        meeting("M5", team_id="T9"),
        meeting("M6", duration_minutes=601),
    )
    bench.deliver(
        "attendance",
        attended("M1", "one@trust.example"),
        attended("M1", "R1"),
        attended("M1", "R2"),
        attended("M2", "R2"),
        attended("M4", "R2"),
        attended("M5", "R3"),
    )
    bench.deliver("training", training("R1", "2026-04-05"), training("R3", "2026-04-06"), training("R2", "2026-01-05"))
    bench.deliver(
        "recruitment",
        event("C1", "interest", "2025-12-01"),
        event("C1", "active", "2026-05-30"),
        event("C2", "interest", "2025-12-01"),
        event("C2", "declined", "2025-12-31") | DECIDED,
        event("C3", "declined", "2025-12-30"),
    )
    bench.as_at = bench.as_at.replace(month=7, day=10)
    bench.build()
    return bench


def files(bench: Bench) -> dict[str, tuple[int, ...]]:
    """Rows in, loaded, quarantined, duplicate and superseded of every file."""
    rows = bench.warehouse.rows(
        """select feed, rows_in, rows_loaded, rows_quarantined, rows_duplicate, rows_superseded
        from published.load_file where edition = 'internal' and file_name = 'file.csv'"""
    )
    return {feed: tuple(counts) for feed, *counts in rows}


def rules(bench: Bench) -> set[tuple[str, str, int]]:
    return set(bench.warehouse.rows("select feed, rule, rows_count from dispositions.reason_count"))


def test_every_file_comes_to_its_end(delivered: Bench) -> None:
    assert files(delivered) == {
        "teams": (2, 2, 0, 0, 0),
        "people": (3, 3, 0, 0, 0),
        "meetings": (6, 4, 2, 0, 0),
        "attendance": (6, 3, 2, 1, 0),
        "training": (3, 3, 0, 0, 0),
        "recruitment": (5, 4, 1, 0, 0),
    }


def test_every_rule_holds_back_its_rows(delivered: Bench) -> None:
    assert rules(delivered) == {
        ("meetings", "unknown_reference", 1),
        ("meetings", "out_of_range", 1),
        ("attendance", "meeting_cancelled", 1),
        ("attendance", "unknown_reference", 1),
        ("recruitment", "missing_reason", 1),
    }


@pytest.mark.parametrize(
    ("indicator", "month", "want"),
    [
        ("meetings_with_service_user", "2026-05", (1, 2)),
        ("meetings_not_recorded", "2026-05", (1, 3)),
        ("share_of_seats", "2026-05", (1, 3)),
        ("agenda_items_by_service_users", "2026-05", (1, 10)),
        ("training_completed_in_90_days", "2026-01", (1, 2)),  # 5 April is day 90, 6 April day 91
        ("interest_to_active_in_180_days", "2025-12", (1, 2)),  # 30 May is day 180
        ("turned_away_by_us", "2025-12", (1, 1)),
    ],
)
def test_every_figure_of_the_trust_is_true(delivered: Bench, indicator: str, month: str, want: tuple[int, int]) -> None:
    assert delivered.cells(indicator)["trust", month] == want


def test_what_waited_resolves_with_a_second_delivery(delivered: Bench) -> None:
    delivered.deliver("teams", NEW_TEAM, name="new.csv")
    delivered.deliver("meetings", meeting("M4"), name="later.csv")
    delivered.build()
    got = files(delivered)
    assert got["meetings"] == (6, 4, 1, 0, 1)  # M5 is loaded, M4 superseded
    assert got["attendance"] == (6, 5, 0, 1, 0)
    assert rules(delivered) == {("meetings", "out_of_range", 1), ("recruitment", "missing_reason", 1)}
    assert delivered.cells("meetings_with_service_user") == {("trust", "2026-05"): (2, 4)}
    assert delivered.cells("training_completed_in_90_days", "team") == {
        ("T1", "2026-01"): (1, 1),
        ("T9", "2026-01"): (0, 1),
    }
