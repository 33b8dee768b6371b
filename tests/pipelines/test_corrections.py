"""What a first stranger broke: corrections that must work, and cells that must not stop every later run."""

import pytest

from tests.pipelines.bench import TEAMS, Bench, Row, attended, event, meeting

INPATIENT: Row = TEAMS[0] | {"team_id": "T1"}
COMMUNITY: Row = TEAMS[0] | {"team_id": "T9", "care_setting": "community"}


def test_an_area_given_both_settings_in_one_file_is_mended_by_a_later_one(bench: Bench) -> None:
    bench.deliver("teams", INPATIENT, COMMUNITY)
    bench.run()
    assert bench.fates("teams") == ["quarantined: two_care_settings"] * 2
    bench.deliver("teams", INPATIENT, COMMUNITY | {"care_setting": "inpatient"}, name="later.csv")
    bench.run()
    assert bench.fates("teams") == ["superseded", "superseded", "loaded", "loaded"]


def test_a_row_that_was_superseded_no_longer_settles_an_areas_setting(bench: Bench) -> None:
    bench.deliver("teams", INPATIENT | {"service_area_id": "A2", "care_setting": "community"}, name="moved.csv")
    bench.deliver("teams", COMMUNITY, name="newcomer.csv")
    bench.run()
    assert bench.fates("teams") == ["superseded", "loaded", "loaded", "loaded"]


def test_an_address_in_the_registers_own_person_column_is_that_person(bench: Bench) -> None:
    bench.deliver("people", {"person": "R1", "person_role": "service_user", "email": "Ann@x.example"})
    bench.deliver("people", {"person": "ANN@x.example", "person_role": "carer", "email": ""}, name="later.csv")
    bench.run()
    assert bench.fates("people") == ["superseded", "loaded"]


@pytest.mark.parametrize("column", ["agenda_items", "actions_agreed", "duration_minutes", "involvement_level"])
def test_no_number_in_a_cell_stops_a_run(bench: Bench, column: str) -> None:
    largest: list[Row] = [meeting(f"M{n}", **{column: 2**63 - 1}) for n in range(2)]
    most: list[Row] = [meeting(f"N{n}", **{column: 2**31 - 1, "agenda_items_by_service_users": 0}) for n in range(2)]
    bench.deliver("meetings", *largest, *most, *(meeting(f"G{n}") for n in range(30)))
    assert bench.build() == []
    assert bench.fates("meetings")[:2] == ["quarantined: bad_number"] * 2


@pytest.mark.parametrize("held_at", ["9999-12-31T23:59-14:00", "3000-01-01", "31/12/9999"])
def test_no_date_in_a_cell_stops_a_run(bench: Bench, held_at: str) -> None:
    good = [meeting(f"G{n}") for n in range(9)]
    bench.deliver("meetings", meeting("M1", held_at=held_at, status="cancelled"), *good)
    assert bench.build() == []
    assert bench.fates("meetings")[0] == "quarantined: bad_date"


def test_the_newest_record_is_never_one_that_has_not_happened(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"), meeting("M2", held_at="2027-01-01", status="cancelled"))
    bench.build()
    newest = bench.warehouse.value("select last_record_on from marts.feed where feed = 'meetings'")
    assert newest.isoformat() == "2026-05-04"


def test_active_before_the_first_interest_in_something_else_does_not_count(bench: Bench) -> None:
    bench.deliver(
        "recruitment",
        event("C1", "active", "2025-09-01", opportunity_id="O2"),  # no interest in that one at all
        event("C1", "interest", "2025-10-01"),
    )
    bench.build()
    assert bench.cells("interest_to_active_in_180_days") == {("trust", "2025-10"): (0, 1)}


def test_a_role_given_at_the_meeting_wins_in_the_share_of_seats(bench: Bench) -> None:
    bench.deliver("people", {"person": "S1", "person_role": "staff"}, {"person": "U1", "person_role": "service_user"})
    bench.deliver("meetings", meeting("M1"))
    bench.deliver(
        "attendance", attended("M1", "S1", person_role="service_user"), attended("M1", "U1", person_role="carer")
    )
    bench.build()
    assert bench.cells("share_of_seats") == {("trust", "2026-05"): (1, 2)}
    roles = bench.warehouse.rows("select person_role, is_service_user from marts.attendance order by person_role")
    assert roles == [("carer", False), ("service_user", True)]


def test_a_published_percentage_has_its_wilson_interval(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1", agenda_items=12, agenda_items_by_service_users=3))
    bench.build()
    [got] = bench.warehouse.rows(
        """select value, round(lower, 2), round(upper, 2) from published.indicator_value
        where indicator_id = 'agenda_items_by_service_users' and grain = 'month' and level = 'trust'
        and status = 'shown' and edition = 'internal'"""
    )
    assert got == (25.0, 8.89, 53.23)  # Wilson's score interval for 3 of 12


def test_files_of_a_feed_that_is_gone_do_not_stop_publishing(bench: Bench) -> None:
    bench.build()
    bench.warehouse.execute(
        "insert into ledger.file values (99, 'weather', 'a.csv', 'x', 'loaded', '', 5, now()::timestamp, 'r')"
    )
    assert bench.build() == []
