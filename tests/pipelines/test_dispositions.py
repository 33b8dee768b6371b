"""What becomes of every raw row, over one run and several."""

import pytest

from pipelines.cells import stored_columns
from pipelines.feed import discover
from tests.pipelines.bench import TEAMS, Bench, Row, attended, event, meeting

PERSON: Row = {"person": "REG1", "person_role": "service_user"}


def test_a_good_row_is_loaded(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"))
    bench.run()
    assert bench.fates("meetings") == ["loaded"]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (meeting(""), "missing_key"),
        (meeting("M1", team_id=""), "missing_value"),
        (meeting("M1", held_at=""), "missing_value"),
        (meeting("M1", held_at="31/06/2012"), "bad_date"),
        (meeting("M1", duration_minutes="an hour"), "bad_number"),
        (meeting("M1", status="maybe"), "not_in_list"),
        (meeting("M1", duration_minutes=601), "out_of_range"),
        (meeting("M1", duration_minutes=0), "out_of_range"),
        (meeting("M1", agenda_items=-1), "out_of_range"),
        (meeting("M1", involvement_level=8), "out_of_range"),
        (meeting("M1", team_id="T9"), "unknown_reference"),
        (meeting("M1", project_id="P9"), "unknown_reference"),
        (meeting("M1", agenda_items=2, agenda_items_by_service_users=3), "part_exceeds_whole"),
        (meeting("M1", actions_agreed=2, actions_by_service_users=3), "part_exceeds_whole"),
        (meeting("M1", held_at="2026-07-11"), "in_the_future"),
        (meeting("M1", held_at="1999-12-31"), "before_2000"),
    ],
)
def test_a_meeting_is_held_back_for_the_rule_it_breaks(bench: Bench, row: Row, rule: str) -> None:
    good = [meeting(f"G{number}") for number in range(9)]  # one bad row in ten does not refuse the file
    bench.deliver("meetings", row, *good)
    bench.run()
    assert bench.fates("meetings") == [f"quarantined: {rule}"] + ["loaded"] * 9


@pytest.mark.parametrize(
    "row",
    [
        meeting("M1", held_at="2026-07-10 23:59"),  # on the as-at date
        meeting("M1", held_at="2027-01-01", status="cancelled"),  # what is cancelled has not happened
        meeting("M1", held_at="2000-01-01"),
        meeting("M1", duration_minutes=600, agenda_items=0, agenda_items_by_service_users=0, involvement_level=7),
        meeting("M1", agenda_items_by_service_users=3),  # no whole to exceed
        meeting(" M1 ", status=" HELD "),
        meeting("M1", project_id="n/a", duration_minutes="-"),
    ],
)
def test_a_meeting_at_the_edge_of_a_rule_is_loaded(bench: Bench, row: Row) -> None:
    bench.deliver("meetings", row)
    bench.run()
    assert bench.fates("meetings") == ["loaded"]


def test_a_row_keeps_every_rule_it_breaks(bench: Bench) -> None:
    bench.deliver("meetings", meeting("", team_id="T9", status="maybe"), *(meeting(f"G{n}") for n in range(9)))
    bench.run()
    assert bench.fates("meetings")[0] == "quarantined: missing_key, not_in_list, unknown_reference"


def test_a_meeting_after_its_team_closed_is_held_back(bench: Bench) -> None:
    bench.deliver("teams", TEAMS[0] | {"closed_on": "2026-05-03"}, name="later.csv")
    bench.deliver("meetings", meeting("M1"), meeting("M2", held_at="2026-05-03 18:00"))
    bench.run()
    assert bench.fates("meetings") == ["quarantined: team_closed", "loaded"]


def test_identical_rows_of_a_key_count_once(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"), meeting("M1", held_at="04/05/2026 10:00"))
    bench.run()
    assert bench.fates("meetings") == ["loaded", "duplicate"]


def test_rows_that_contradict_each_other_are_all_held_back(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"), meeting("M1", status="cancelled"), meeting("M1"))
    bench.run()
    assert bench.fates("meetings") == ["quarantined: contradiction", "quarantined: contradiction", "duplicate"]


def test_a_bad_row_beside_a_good_one_of_its_key_is_held_back_alone(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"), meeting("M1", held_at="2027-01-01"))
    bench.run()
    assert bench.fates("meetings") == ["loaded", "quarantined: in_the_future"]


def test_identical_bad_rows_of_a_key_are_held_back_once(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1", team_id="T9"), meeting("M1", team_id="T9"))
    bench.run()
    assert bench.fates("meetings") == ["quarantined: unknown_reference", "duplicate"]


def test_rows_that_cannot_be_read_in_different_ways_are_not_identical(bench: Bench) -> None:
    good = [meeting(f"G{number}") for number in range(8)]
    bench.deliver("meetings", meeting("M1", held_at="soon"), meeting("M1", held_at="later"), *good)
    bench.run()
    assert bench.fates("meetings")[:2] == ["quarantined: bad_date", "quarantined: bad_date"]


def test_a_row_without_a_key_is_never_a_duplicate(bench: Bench) -> None:
    bench.deliver("meetings", meeting(""), meeting(""), *(meeting(f"G{number}") for number in range(8)))
    bench.run()
    assert bench.fates("meetings")[:2] == ["quarantined: missing_key"] * 2


def test_a_later_file_supersedes_the_row_of_its_key(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"), name="a.csv")
    bench.deliver("meetings", meeting("M1", status="cancelled"), name="b.csv")
    bench.run()
    assert bench.fates("meetings") == ["superseded", "loaded"]


def test_a_later_bad_row_does_not_supersede(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"), name="a.csv")
    bench.deliver("meetings", meeting("M1", team_id="T9"), name="b.csv")
    bench.run()
    assert bench.fates("meetings") == ["loaded", "quarantined: unknown_reference"]


def test_a_later_good_row_closes_the_bad_one_of_its_key(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1", team_id="T9"), name="a.csv")
    bench.run()
    bench.deliver("meetings", meeting("M1"), name="b.csv")
    bench.run()
    assert bench.fates("meetings") == ["superseded", "loaded"]


def test_what_waits_for_a_reference_resolves_when_it_arrives(bench: Bench) -> None:
    bench.deliver("attendance", attended("M1", "REG1"))
    bench.run()
    assert bench.fates("attendance") == ["quarantined: unknown_reference"]
    bench.deliver("meetings", meeting("M1"))
    bench.run()
    assert bench.fates("attendance") == ["loaded"]


def test_what_lay_in_the_future_resolves_when_its_day_has_come(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1", held_at="2026-08-01"))
    bench.run()
    bench.as_at = bench.as_at.replace(month=8)
    bench.run()
    assert bench.fates("meetings") == ["loaded"]


def test_a_retried_row_never_replaces_one_that_was_loaded_later(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1", team_id="T9"), name="a.csv")
    bench.deliver("meetings", meeting("M1"), name="b.csv")
    bench.run()
    bench.deliver("teams", TEAMS[0] | {"team_id": "T9"}, name="later.csv")
    bench.run()
    assert bench.fates("meetings") == ["superseded", "loaded"]


def test_attendance_follows_a_meeting_that_turns_out_cancelled_and_back(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"), name="a.csv")
    bench.deliver("attendance", attended("M1", "REG1"), attended("M1", "REG2") | {"attendance": "apologies"})
    bench.run()
    bench.deliver("meetings", meeting("M1", status="cancelled"), name="b.csv")
    bench.run()
    assert bench.fates("attendance") == ["quarantined: meeting_cancelled", "loaded"]
    bench.deliver("meetings", meeting("M1", agenda_items=3), name="c.csv")
    bench.run()
    assert bench.fates("attendance") == ["loaded", "loaded"]


def test_a_reference_to_a_row_that_is_held_back_is_unknown(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1", duration_minutes=999), *(meeting(f"G{number}") for number in range(4)))
    bench.deliver("attendance", attended("M1", "REG1"))
    bench.run()
    assert bench.fates("attendance") == ["quarantined: unknown_reference"]


def test_an_address_the_register_knows_is_that_person(bench: Bench) -> None:
    bench.deliver("people", PERSON | {"email": "One@Trust.example"})
    bench.deliver("meetings", meeting("M1"))
    bench.deliver("attendance", attended("M1", "REG1"), attended("M1", "one@trust.example "))
    bench.run()
    assert bench.fates("attendance") == ["loaded", "duplicate"]


def test_an_address_becomes_that_person_when_the_register_arrives_later(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"))
    bench.deliver("attendance", attended("M1", "REG1"), name="a.csv")
    bench.deliver("attendance", attended("M1", "one@trust.example"), name="b.csv")
    bench.run()
    assert bench.fates("attendance") == ["loaded", "loaded"]
    bench.deliver("people", PERSON | {"email": "one@trust.example"})
    bench.run()
    assert bench.fates("attendance") == ["superseded", "loaded"]


def test_an_unknown_person_or_team_of_a_person_is_no_error(bench: Bench) -> None:
    bench.deliver("people", PERSON | {"team_id": "T9"})
    bench.deliver("meetings", meeting("M1"))
    bench.deliver("attendance", attended("M1", "REG9"))
    bench.run()
    assert bench.fates("people") + bench.fates("attendance") == ["loaded", "loaded"]


def test_active_before_the_first_interest_is_held_back(bench: Bench) -> None:
    bench.deliver(
        "recruitment",
        event("C1", "interest", "2026-02-01"),
        event("C1", "interest", "2026-03-01"),
        event("C1", "active", "2026-01-31"),
        event("C1", "left", "2026-02-01"),  # on the day itself
        event("C1", "active", "2026-01-01", opportunity_id="O2"),  # no interest in that one at all
    )
    bench.run()
    assert bench.fates("recruitment") == ["loaded", "loaded", "quarantined: before_interest", "loaded", "loaded"]


def test_an_interest_that_is_held_back_itself_is_no_interest(bench: Bench) -> None:
    bench.deliver(
        "recruitment", event("C1", "interest", "2026-02-01", team_id="T9"), event("C1", "active", "2026-01-31")
    )
    bench.run()
    assert bench.fates("recruitment") == ["quarantined: unknown_reference", "loaded"]


def test_declined_without_actor_or_reason_is_held_back(bench: Bench) -> None:
    bench.deliver(
        "recruitment",
        event("C1", "declined", "2026-02-01", actor="team", reason_code="D05"),
        event("C2", "declined", "2026-02-01", actor="team"),
        *(event(f"G{number}", "interest", "2026-02-01") for number in range(8)),
    )
    bench.run()
    assert bench.fates("recruitment")[:2] == ["loaded", "quarantined: missing_reason"]


def test_an_area_with_two_care_settings_holds_back_the_later_file(bench: Bench) -> None:
    bench.deliver("teams", TEAMS[1] | {"team_id": "T3", "service_area_id": "A1"}, name="later.csv")
    bench.run()
    assert bench.fates("teams") == ["loaded", "loaded", "quarantined: two_care_settings"]


def test_an_area_with_two_care_settings_in_one_file_holds_back_all_its_rows(bench: Bench) -> None:
    bench.deliver("teams", *TEAMS, TEAMS[1] | {"team_id": "T3", "service_area_id": "A1"})
    bench.run()
    assert bench.fates("teams") == ["quarantined: two_care_settings", "loaded", "quarantined: two_care_settings"]


def test_training_completed_before_enrolment_is_held_back(bench: Bench) -> None:
    row: Row = {"person": "REG1", "course_code": "QI", "enrolled_on": "2026-02-02"}
    good = [row | {"person": f"REG{number}", "completed_on": "2026-02-02"} for number in range(2, 7)]
    bench.deliver("training", row | {"completed_on": "2026-02-01"}, *good)
    bench.run()
    assert bench.fates("training") == ["quarantined: completed_before_enrolled"] + ["loaded"] * 5


def test_nothing_that_stands_in_a_ragged_row_is_kept(bench: Bench) -> None:
    bench.deliver("meetings", *(meeting(f"G{number}") for number in range(5)))
    path = bench.landing / "meetings" / "file.csv"
    path.write_text(path.read_text() + "M1,T1,2026-05-04,held,microsystem,one too many\n")
    bench.run()
    assert bench.fates("meetings")[-1] == "quarantined: ragged_row"
    columns = ", ".join(stored_columns(next(feed for feed in discover() if feed.name == "meetings")))
    kept = bench.warehouse.rows(f"select {columns} from raw.meetings where is_ragged")[0]
    assert set(kept) == {None}


def test_a_second_run_over_the_same_folder_changes_nothing(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"), meeting("M1"), meeting("M2", team_id="T9"))
    bench.run()
    first = bench.dispositions("meetings")
    assert bench.run() == []
    assert bench.dispositions("meetings") == first
