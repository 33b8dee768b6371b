"""Which meeting a Teams report belongs to, and how one waits that belongs to none."""

import pytest

from tests.pipelines.bench import Bench, attended, meeting
from tests.pipelines.delivered_reports import START, TITLE, deliver, derive, file, online, presence, register_people
from tests.pipelines.reports import ANN, BOB, event_log, joins, participants


@pytest.fixture(autouse=True)
def _register(bench: Bench) -> None:
    register_people(bench)


def belongs_to(bench: Bench) -> str | None:
    """The meeting of the only report."""
    bench.run()
    ((meeting_id,),) = bench.warehouse.rows("select distinct meeting_id from facts.ms_teams")
    return None if meeting_id is None else str(meeting_id)


# --- by title and start


@pytest.mark.parametrize(
    ("start", "found"),
    [("09:00:00", True), ("08:59:59", False), ("11:00:00", True), ("11:00:01", False), ("10:00:00", True)],
)
def test_the_start_is_within_sixty_minutes_inclusive(bench: Bench, start: str, found: bool) -> None:
    bench.deliver("meetings", online())
    deliver(bench, participants(ANN, start=f"14/05/2026, {start}"))
    assert belongs_to(bench) == ("M1" if found else None)


@pytest.mark.parametrize(
    ("title", "found"), [(TITLE.upper(), True), (f"  {TITLE} ", True), (TITLE + " 2", False), ("", False)]
)
def test_the_title_is_equal_but_for_case_and_outer_spaces(bench: Bench, title: str, found: bool) -> None:
    bench.deliver("meetings", online(), online("M2", online_title=""))
    deliver(bench, joins(ANN, title=title, start=START))
    assert belongs_to(bench) == ("M1" if found else None)


def test_the_nearest_of_several_is_taken(bench: Bench) -> None:
    bench.deliver("meetings", online("M1", "09:30"), online("M2", "10:20"))
    deliver(bench, participants(ANN, start=START))
    assert belongs_to(bench) == "M2"


def test_a_tie_waits(bench: Bench) -> None:
    bench.deliver("meetings", online("M1", "09:40"), online("M2", "10:20"))
    deliver(bench, participants(ANN, start=START))
    assert belongs_to(bench) is None


def test_a_cancelled_meeting_is_none_even_when_it_is_nearest(bench: Bench) -> None:
    bench.deliver("meetings", online("M1", "09:30"), online("M2", "10:00", status="cancelled"))
    deliver(bench, participants(ANN, start=START))
    assert belongs_to(bench) == "M1"


def test_a_meeting_that_turns_out_cancelled_sends_its_report_back_to_wait(bench: Bench) -> None:
    bench.deliver("meetings", online())
    deliver(bench, participants(ANN, start=START))
    assert presence(bench) == {"M1": "absent"}
    bench.deliver("meetings", online(status="cancelled"), name="later.csv")
    assert presence(bench) == {}
    assert file(bench)[0] == "waiting"


def test_summer_time_is_london_time(bench: Bench) -> None:
    bench.deliver("meetings", online(held_at="2026-05-14T09:00:00Z"))
    deliver(bench, participants(ANN, start="14/05/2026, 10:59:00"))
    assert belongs_to(bench) == "M1"


@pytest.mark.parametrize(
    ("held_at", "start"),
    [
        ("2025-10-26 00:45", "26/10/2025, 01:05:00"),
        ("2025-10-26 02:00", "26/10/2025, 01:58:00"),
        ("2025-10-26 01:30", "26/10/2025, 01:31:00"),
        ("2026-03-29 00:50", "29/03/2026, 02:10:00"),
        ("2026-03-29 01:30", "29/03/2026, 01:30:00"),
    ],
)
def test_nights_in_which_the_clocks_change_part_nobody(bench: Bench, held_at: str, start: str) -> None:
    bench.deliver("meetings", online(held_at=held_at))
    deliver(bench, participants(ANN, start=start))
    assert belongs_to(bench) == "M1"


# --- the order of day and month


@pytest.mark.parametrize("day", ["2026-03-04", "2026-04-03"])
def test_an_undecidable_file_takes_the_order_that_agrees_with_its_meeting(bench: Bench, day: str) -> None:
    bench.deliver("meetings", online(held_at=f"{day} 10:00"))
    deliver(bench, participants(ANN, start="03/04/26, 10:02:00"))
    assert belongs_to(bench) == "M1"


def test_an_undecidable_file_waits_where_both_orders_or_none_agree(bench: Bench) -> None:
    bench.deliver("meetings", online("M1", held_at="2026-03-04 10:00"), online("M2", held_at="2026-04-03 10:05"))
    deliver(bench, participants(ANN, start="03/04/26, 10:02:00"))
    assert belongs_to(bench) is None


def test_a_decided_file_does_not_match_in_the_other_order(bench: Bench) -> None:
    bench.deliver("meetings", online(held_at="2026-03-04 23:30"))
    deliver(bench, participants(ANN, start="03/04/2026, 23:30:00", end="04/04/2026, 00:15:00"))
    assert belongs_to(bench) is None


# --- waiting


def test_without_a_meeting_all_rows_wait_and_the_meeting_when_it_comes_takes_them(bench: Bench) -> None:
    deliver(bench, joins(ANN, ANN, BOB, start=START))
    derive(bench)
    assert bench.fates("ms_teams") == ["quarantined: unknown_reference"] * 3
    *counts, message = file(bench)
    assert counts == ["waiting", 3, 0, 3, 0, 0]
    assert "waits and is tried again at each run" in str(message)
    bench.deliver("meetings", online())
    assert presence(bench) == {"M1": "present"}
    assert file(bench) == ("loaded", 3, 2, 0, 1, 0, "")


def test_a_summary_that_counts_differently_is_told_and_changes_nothing(bench: Bench) -> None:
    bench.deliver("meetings", online())
    deliver(bench, participants(ANN, stated=5, start=START))
    derive(bench)
    assert file(bench)[:3] == ("loaded", 1, 1)
    assert "participants in the report's summary" in str(file(bench)[-1])


def test_what_is_no_report_is_refused_with_one_message(bench: Bench) -> None:
    deliver(bench, "Jane Doe,came\n")
    derive(bench)
    assert file(bench)[:2] == ("refused", 0)
    assert str(file(bench)[-1]).startswith("ms_teams/report.csv is refused: it does not have the shape")
    assert "Doe" not in str(file(bench)[-1])


def test_a_report_of_headings_alone_is_refused(bench: Bench) -> None:
    deliver(bench, participants(start=START))
    derive(bench)
    assert file(bench)[0] == "refused"


# --- generation 1


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("meetingAttendanceList M-007.csv", True),
        ("M-007_list.csv", True),
        ("(M-007).csv", True),
        ("M-0071.csv", False),
        ("XM-007.csv", False),
        ("m-007.csv", False),
        ("list.csv", False),
        ("M-007 and M-008.csv", False),
    ],
)
def test_an_event_log_belongs_to_the_meeting_named_as_a_whole_word(bench: Bench, name: str, found: bool) -> None:
    bench.deliver("meetings", meeting("M-007"), meeting("M-008"), meeting("M-009", status="cancelled"))
    deliver(bench, event_log("Ann Roe"), name)
    assert belongs_to(bench) == ("M-007" if found else None)


def test_an_event_log_of_a_cancelled_meeting_waits(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1", status="cancelled"))
    deliver(bench, event_log("Ann Roe"), "M1.csv")
    assert belongs_to(bench) is None


def test_an_event_log_that_comes_again_under_a_better_name_finds_its_meeting(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"))
    deliver(bench, event_log("Ann Roe"), "list.csv")
    assert belongs_to(bench) is None
    deliver(bench, event_log("Ann Roe"), "list M1.csv")
    assert belongs_to(bench) == "M1"


def test_a_later_report_is_not_matched_by_its_name(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"))
    deliver(bench, participants(ANN, start=START), "M1.csv")
    assert belongs_to(bench) is None


def test_from_names_alone_nobodys_role_is_known(bench: Bench) -> None:
    bench.deliver("people", {"person": "Ann Roe", "person_role": "service_user"}, name="names.csv")
    bench.deliver("meetings", meeting("M1"))
    deliver(bench, event_log("Ann Roe"), "M1.csv")
    assert presence(bench) == {"M1": "not_recorded"}
    assert bench.warehouse.rows("select person_role from marts.attendance") == [(None,)]


def test_names_add_nobody_where_the_meeting_has_register_rows(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"))
    bench.deliver("attendance", attended("M1", "R1"))
    deliver(bench, event_log("Ann Roe", "Bob Doe"), "M1.csv")
    assert presence(bench) == {"M1": "absent"}
    assert bench.warehouse.value("select count(*) from marts.attendance") == 1
    assert file(bench, "M1.csv")[:3] == ("loaded", 2, 2)
