"""Who attended by a Teams report, and what a report never says."""

import pytest

from tests.pipelines.bench import Bench, attended
from tests.pipelines.delivered_reports import START, deliver, derive, file, online, presence, register_people
from tests.pipelines.reports import ANN, BOB, Person, joins, participants

EVE: Person = ("Eve Poe", "eve@mail.example")


@pytest.fixture(autouse=True)
def _register(bench: Bench) -> None:
    register_people(bench)


def seats(bench: Bench) -> list[tuple[object, ...]]:
    """Roles of those who attended M1."""
    derive(bench)
    return sorted(bench.warehouse.rows("select person_role from marts.attendance where meeting_id = 'M1'"), key=str)


def test_two_joins_and_a_register_row_are_one_person(bench: Bench) -> None:
    bench.deliver("meetings", online())
    bench.deliver("attendance", attended("M1", "R2"), attended("M1", ANN[1]))
    deliver(bench, joins(ANN, ANN, BOB, start=START))
    assert seats(bench) == [("service_user",), ("staff",)]


def test_roles_come_from_the_register_of_people_never_from_the_report(bench: Bench) -> None:
    bench.deliver("meetings", online())
    deliver(bench, joins(ANN, BOB, EVE, start=START))
    assert seats(bench) == [("service_user",), ("staff",), (None,)]


@pytest.mark.parametrize("said", ["apologies", "did_not_attend", "not_recorded"])
def test_a_report_makes_attended_what_the_register_says_otherwise(bench: Bench, said: str) -> None:
    bench.deliver("meetings", online())
    bench.deliver("attendance", attended("M1", "R1"), attended("M1", "R2") | {"attendance": said})
    deliver(bench, participants(BOB, start=START))
    assert presence(bench) == {"M1": "present"}


def test_the_role_of_the_register_wins(bench: Bench) -> None:
    bench.deliver("meetings", online())
    bench.deliver("attendance", attended("M1", "R2", person_role="peer_worker"))
    deliver(bench, participants(BOB, start=START))
    assert seats(bench) == [("peer_worker",)]


def test_a_report_never_makes_anyone_absent(bench: Bench) -> None:
    bench.deliver("meetings", online())
    bench.deliver("attendance", attended("M1", "R2"))
    deliver(bench, participants(ANN, start=START))
    assert presence(bench) == {"M1": "present"}


@pytest.mark.parametrize(
    ("mode", "people", "want"),
    [
        ("online", [ANN], "absent"),
        ("hybrid", [ANN], "not_recorded"),
        ("hybrid", [ANN, BOB], "present"),
        ("online", [ANN, EVE], "not_recorded"),
    ],
)
def test_a_hybrid_meeting_that_only_a_report_tells_of_is_never_absent(
    bench: Bench, mode: str, people: list[Person], want: str
) -> None:
    bench.deliver("meetings", online(mode=mode))
    deliver(bench, participants(*people, start=START))
    assert presence(bench) == {"M1": want}


def test_a_hybrid_meeting_with_a_register_row_can_be_absent(bench: Bench) -> None:
    bench.deliver("meetings", online(mode="hybrid"))
    bench.deliver("attendance", attended("M1", "R2") | {"attendance": "apologies"})
    deliver(bench, participants(ANN, start=START))
    assert presence(bench) == {"M1": "absent"}


def test_a_report_delivered_again_adds_nothing(bench: Bench) -> None:
    bench.deliver("meetings", online())
    deliver(bench, joins(ANN, BOB, start=START))
    deliver(bench, joins(ANN, BOB, start=START), "report (1).csv")
    deliver(bench, joins(ANN, BOB, EVE, EVE, start=START), "whole.csv")
    assert len(seats(bench)) == 3
    got = [file(bench, name)[:-1] for name in ("report (1).csv", "report.csv", "whole.csv")]
    assert got == [("loaded", 2, 0, 0, 0, 2), ("already_loaded", 2, 0, 0, 0, 0), ("loaded", 4, 3, 0, 1, 0)]


def test_two_reports_of_one_meeting_that_was_restarted_add_up(bench: Bench) -> None:
    bench.deliver("meetings", online())
    deliver(bench, joins(ANN, start=START))
    deliver(bench, joins(BOB, start="14/05/2026, 10:20:00"), "after the break.csv")
    assert seats(bench) == [("service_user",), ("staff",)]


def test_somebody_registered_later_is_known_in_reports_of_before(bench: Bench) -> None:
    bench.deliver("meetings", online())
    deliver(bench, participants(EVE, start=START))
    assert seats(bench) == [(None,)]
    bench.deliver("people", {"person": "R3", "person_role": "carer", "email": EVE[1]}, name="new.csv")
    assert seats(bench) == [("carer",)]
