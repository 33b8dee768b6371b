"""Snapshots of a volunteer system: what is loaded, and the events told by their differences."""

from datetime import date

import pytest

from tests.pipelines.bench import Bench, Row

JAN, FEB, MAR = "2026-01-01", "2026-02-01", "2026-03-01"


def row(candidate: str, status: str, **more: str) -> Row:
    """A candidate whose status changed in December 2025."""
    cells: Row = {"candidate": candidate, "status": status, "date_of_last_status_change": "2025-12-20"}
    return cells | {"team_id": "T1", "date_joined": "2025-12-01"} | more


def deliver(bench: Bench, day: str, *rows: Row) -> None:
    bench.deliver("recruitment_status", *rows, name=f"volunteers_{day}.csv")


def events(bench: Bench) -> list[tuple[object, ...]]:
    """Stage and the days between which it came, of every event."""
    bench.build()
    return bench.warehouse.rows(
        """select stage, strftime(earliest_on, '%Y-%m-%d'), strftime(latest_on, '%Y-%m-%d')
        from staging.snapshot_event order by candidate_id, latest_on"""
    )


@pytest.mark.parametrize(
    ("cells", "fate"),
    [
        ({}, "loaded"),
        ({"status": "in process"}, "loaded"),
        ({"status": "Inactive - Long Term"}, "loaded"),
        ({"status": "Archived - Rejected"}, "loaded"),
        ({"status": "ARCHIVED - moved away"}, "loaded"),
        ({"status": "Archived"}, "quarantined: not_in_list"),
        ({"status": "Archived - "}, "quarantined: not_in_list"),
        ({"status": "On hold"}, "quarantined: not_in_list"),
        ({"status": ""}, "quarantined: missing_value"),
        ({"candidate": ""}, "quarantined: missing_key"),
        ({"team_id": "T9"}, "loaded"),  # not among the references
        ({"date_joined": "1999-01-01"}, "loaded"),
        ({"date_joined": "then"}, "quarantined: bad_date"),
        ({"date_of_last_status_change": ""}, "quarantined: missing_value"),
        ({"date_of_last_status_change": "2026-07-11"}, "quarantined: in_the_future"),
        ({"date_of_last_status_change": "1999-12-31"}, "quarantined: before_2000"),
    ],
)
def test_a_row_of_a_snapshot_comes_to_its_end(bench: Bench, cells: Row, fate: str) -> None:
    deliver(bench, JAN, row("V1", "Applicant") | cells, *(row(f"G{n}", "Accepted") for n in range(9)))
    bench.run()
    assert bench.fates("recruitment_status") == [fate] + ["loaded"] * 9


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("volunteers.csv", "its name does not say of which day it is"),
        ("volunteers_01-02-2026.csv", "its name does not say of which day it is"),
        ("volunteers_2026-02-30.csv", "there is no day 2026-02-30, which its name gives"),
    ],
)
def test_a_file_whose_name_gives_no_day_is_refused(bench: Bench, name: str, says: str) -> None:
    bench.deliver("recruitment_status", row("V1", "Applicant"), name=name)
    [entry] = [entry for entry in bench.run() if entry.feed == "recruitment_status"]
    assert entry.outcome == "refused"
    assert says in entry.message
    assert "name it like volunteers_2026-03-31.csv" in entry.message


def test_why_somebody_was_archived_is_not_kept(bench: Bench) -> None:
    deliver(bench, JAN, row("V1", "Archived - Deceased"))
    bench.run()
    assert bench.warehouse.rows("select status from raw.recruitment_status") == [("Archived - *",)]


def test_events_are_the_differences_of_successive_snapshots(bench: Bench) -> None:
    deliver(bench, JAN, row("V1", "Applicant"))
    deliver(bench, FEB, row("V1", "In Process"))
    deliver(bench, MAR, row("V1", "In Process"))
    deliver(bench, "2026-04-01", row("V1", "Accepted"))
    assert events(bench) == [
        ("interest", None, JAN),
        ("conversation", JAN, FEB),
        ("registered", MAR, "2026-04-01"),
    ]


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        ("Applicant", "interest"),
        ("In Process", "conversation"),
        ("Accepted", "registered"),
        ("Inactive - Short Term", "paused"),
        ("Inactive - Long Term", "paused"),
        ("Archived - Rejected", "declined"),
        ("archived - rejected", "declined"),
        ("Archived - Didn't Start", "left"),
    ],
)
def test_every_status_means_a_stage(bench: Bench, status: str, stage: str) -> None:
    deliver(bench, JAN, row("V1", status))
    assert events(bench) == [(stage, None, JAN)]


def test_a_stage_that_was_skipped_is_not_made_up(bench: Bench) -> None:
    deliver(bench, JAN, row("V1", "Applicant"))
    deliver(bench, FEB, row("V1", "Accepted"))
    assert events(bench) == [("interest", None, JAN), ("registered", JAN, FEB)]


def test_another_length_of_a_pause_is_no_event(bench: Bench) -> None:
    deliver(bench, JAN, row("V1", "Inactive - Short Term"))
    deliver(bench, FEB, row("V1", "Inactive - Long Term"))
    assert events(bench) == [("paused", None, JAN)]


def test_a_newcomer_came_after_the_snapshot_before(bench: Bench) -> None:
    deliver(bench, JAN, row("V1", "Applicant"))
    deliver(bench, FEB, row("V1", "Applicant"), row("V2", "Applicant"))
    assert {got[1:] for got in events(bench)} == {(None, JAN), (JAN, FEB)}


def test_who_is_no_longer_there_has_done_nothing_and_may_come_back(bench: Bench) -> None:
    deliver(bench, JAN, row("V1", "Applicant"), row("V2", "Accepted"))
    deliver(bench, FEB, row("V2", "Accepted"))
    deliver(bench, MAR, row("V1", "Accepted"), row("V2", "Accepted"))
    assert set(events(bench)) == {("interest", None, JAN), ("registered", JAN, MAR), ("registered", None, JAN)}


def test_an_earlier_snapshot_that_arrives_late_takes_its_place(bench: Bench) -> None:
    deliver(bench, JAN, row("V1", "Applicant"))
    deliver(bench, MAR, row("V1", "Accepted"))
    assert events(bench)[1] == ("registered", JAN, MAR)
    deliver(bench, FEB, row("V1", "In Process"))
    assert events(bench)[1:] == [("conversation", JAN, FEB), ("registered", FEB, MAR)]


def test_an_identical_snapshot_of_another_day_tells_that_nothing_changed(bench: Bench) -> None:
    deliver(bench, JAN, row("V1", "Applicant"))
    deliver(bench, FEB, row("V1", "Applicant"))
    deliver(bench, MAR, row("V1", "Accepted"))
    assert events(bench) == [("interest", None, JAN), ("registered", FEB, MAR)]


def test_a_second_file_of_a_day_supersedes_and_adds(bench: Bench) -> None:
    deliver(bench, JAN, row("V1", "Applicant"), row("V2", "Applicant"))
    bench.deliver("recruitment_status", row("V1", "Accepted"), name=f"wards_{JAN}.csv")
    assert sorted(events(bench)) == [("interest", None, JAN), ("registered", None, JAN)]
    assert bench.fates("recruitment_status").count("superseded") == 1


def test_a_snapshot_of_a_day_to_come_waits(bench: Bench) -> None:
    deliver(bench, "2026-08-01", row("V1", "Applicant"))
    assert events(bench) == []
    bench.as_at = date(2026, 8, 1)
    assert events(bench) == [("interest", None, "2026-08-01")]


def test_no_indicator_counts_them(bench: Bench) -> None:
    deliver(bench, JAN, row("V1", "Applicant"))
    deliver(bench, FEB, row("V1", "Archived - Rejected"))
    bench.build()
    assert bench.warehouse.value("select count(*) from marts.indicator_unit") == 0
