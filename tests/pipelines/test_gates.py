"""Feeds as a whole: what is held against history, settings and declaration, and when a gate raises an alarm."""

from dataclasses import replace
from datetime import date

import pytest

from pipelines import ledger
from pipelines.building import record_verdicts
from pipelines.checks import Verdict
from pipelines.dispositions import BalanceError, dispose
from pipelines.feed import Feed, discover
from pipelines.gates import judge_tables
from pipelines.run import Report
from pipelines.settings import Settings
from pipelines.suite import read_suite
from tests.pipelines.bench import AS_AT, TEAMS, Bench, Row, attended, meeting

FEEDS = {feed.name: feed for feed in discover()}


def meetings(count: int, first: int = 0) -> list[Row]:
    return [meeting(f"M{place}") for place in range(first, first + count)]


def broken(bench: Bench, feed: str) -> set[str]:
    """The rules of tables that `feed` breaks after a run."""
    names = {check.name: check.rule for check in read_suite(FEEDS[feed]) if not check.holds_rows_back}
    return {rule for name, rule in names.items() if bench.counts[feed][name]}


def published(bench: Bench) -> None:
    ledger.keep_published_rows(bench.warehouse, bench.run_id)


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_every_feed_is_judged_as_a_whole_by_the_same_checks(feed: Feed) -> None:
    rules = {check.rule: check.severity for check in read_suite(feed) if not check.holds_rows_back}
    assert {rule for rule, severity in rules.items() if severity == "critical"} >= {
        "columns_as_declared",
        "rows_against_last",
    }
    assert {rule for rule, severity in rules.items() if severity == "warning"} == {
        "growth_against_last",
        "share_held_back",
        "on_time",
    }


@pytest.mark.parametrize(("before", "is_broken"), [(20, True), (19, False)])
def test_rows_that_fall_below_half_of_the_last_publication_are_a_gate(
    bench: Bench, before: int, is_broken: bool
) -> None:
    bench.deliver("meetings", *meetings(before))
    bench.run()
    published(bench)
    bench.deliver("teams", *(team | {"closed_on": "2020-01-01"} for team in TEAMS), name="closed.csv")
    bench.run()
    assert ("rows_against_last" in broken(bench, "meetings")) is is_broken


def test_half_of_the_rows_is_no_gate(bench: Bench) -> None:
    bench.deliver("meetings", *meetings(10), *(row | {"team_id": "T2"} for row in meetings(10, first=10)))
    bench.run()
    published(bench)
    bench.deliver("teams", TEAMS[1] | {"closed_on": "2020-01-01"}, name="closed.csv")
    bench.run()
    assert broken(bench, "meetings") == {"share_held_back"}


@pytest.mark.parametrize(("more", "is_broken"), [(80, False), (81, True)])
def test_more_than_five_times_the_rows_is_told(bench: Bench, more: int, is_broken: bool) -> None:
    bench.deliver("meetings", *meetings(20))
    bench.run()
    published(bench)
    bench.deliver("meetings", *meetings(more, first=20), name="more.csv")
    bench.run()
    assert ("growth_against_last" in broken(bench, "meetings")) is is_broken


@pytest.mark.parametrize(("bad", "is_broken"), [(1, False), (2, True)])
def test_a_share_held_back_above_that_of_a_file_is_told(bench: Bench, bad: int, is_broken: bool) -> None:
    bench.deliver("meetings", *meetings(5 - bad), *(meeting(f"X{place}", team_id="T9") for place in range(bad)))
    bench.run()
    assert ("share_held_back" in broken(bench, "meetings")) is is_broken


@pytest.mark.parametrize(("as_at", "late"), [(date(2026, 7, 6), set()), (date(2026, 7, 7), {"teams"})])
def test_a_feed_that_is_late_is_told_and_one_that_never_came_is_not(bench: Bench, as_at: date, late: set[str]) -> None:
    bench.run()
    bench.warehouse.execute("update ledger.file set first_seen_at = timestamp '2026-06-01 12:00'")
    bench.as_at = as_at
    bench.run()
    assert {feed for feed in FEEDS if "on_time" in broken(bench, feed)} == late


def test_a_column_that_a_view_of_facts_has_lost_is_a_gate(bench: Bench) -> None:
    bench.run()
    bench.warehouse.execute("create or replace view validated.teams as select * exclude (closed_on) from facts.teams")
    counts = judge_tables(bench.warehouse, FEEDS.values(), Settings(), AS_AT)
    assert [feed for feed in FEEDS if counts[feed]["columns_as_declared:columns_are_declared"]] == ["teams"]


def test_rows_that_facts_double_stop_the_run(bench: Bench) -> None:
    bench.deliver("attendance", attended("M1", "P1"))
    bench.run()
    bench.warehouse.execute("insert into facts.attendance from facts.attendance")
    with pytest.raises(BalanceError, match=r"attendance: of 1 rows read 1 were disposed of, \d+ times in all"):
        dispose(bench.warehouse, FEEDS["attendance"])


def test_a_row_lost_and_another_doubled_do_not_balance(bench: Bench) -> None:
    bench.deliver("attendance", attended("M1", "P1"), attended("M1", "P2"))
    bench.run()
    bench.warehouse.execute("update facts.attendance set row_id = (select min(row_id) from facts.attendance)")
    with pytest.raises(BalanceError, match=r"attendance: of 2 rows read 1 were disposed of, 2 times in all"):
        dispose(bench.warehouse, FEEDS["attendance"])


def failed(bench: Bench, *accepted: str) -> list[str]:
    verdict = Verdict("teams", "no_teams:rows_loaded", False, 1, 1)
    return record_verdicts(bench.warehouse, FEEDS.values(), [verdict], [], accepted)


def test_a_gate_may_be_accepted_by_its_name(bench: Bench) -> None:
    assert [words.endswith("(teams:no_teams:rows_loaded)") for words in failed(bench)] == [True]
    assert failed(bench, "teams:no_teams:rows_loaded") == []


def test_the_same_gate_over_an_unchanged_folder_is_no_news(bench: Bench) -> None:
    bench.run()
    news = []
    for run_id in ("20260711-000000", "20260712-000000", "20260713-000000"):
        ledger.begin_run(bench.warehouse, run_id, AS_AT)
        news.append(ledger.new_gates(bench.warehouse, run_id, ["teams: none"] if run_id < "20260713" else ["other"]))
        ledger.end_run(bench.warehouse, run_id, is_published=False)
    assert news == [True, False, True]


@pytest.mark.parametrize(("is_new", "has_files", "want"), [(True, False, 1), (False, True, 1), (False, False, 0)])
def test_a_gate_ends_a_run_with_1_when_it_or_a_file_is_new(is_new: bool, has_files: bool, want: int) -> None:
    entry = ledger.Entry("teams", "a.csv", "0", "loaded", "", 1)
    report = Report("r", AS_AT, gates=["teams: none"], has_new_gate=is_new)
    assert replace(report, new=[entry] * has_files).exit_code == want
