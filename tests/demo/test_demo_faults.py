"""The honest faults of the demo: found again in the files, rule by rule, as the summary says."""

from datetime import date
from pathlib import Path

from pipelines.demo import Trust, write_trust
from tests.demo.reading import FEEDS, rows_of
from tests.demo.recount import World, broken_rules, recount


def test_a_recount_of_the_files_finds_the_expected_faults(trust: Trust, world: World) -> None:
    got = {feed: dict(world.broken[feed]) for feed in FEEDS}
    assert got == trust.expected_faults


def test_the_faults_are_of_many_rules(trust: Trust) -> None:
    rules = {rule for faults in trust.expected_faults.values() for rule in faults}
    assert len(rules) >= 14


def test_a_recount_of_a_large_trust_finds_the_expected_faults(tmp_path: Path) -> None:
    trust = write_trust(tmp_path, teams=40, service_areas=10, years=4)
    world = recount(tmp_path, trust.as_at)
    assert {feed: dict(world.broken[feed]) for feed in FEEDS} == trust.expected_faults


def test_rows_in_are_the_rows_of_the_file(landing: Path, trust: Trust) -> None:
    got = {name: len(rows_of(landing / name)) for name in trust.expected_outcomes}
    assert got == {name: file.rows_in for name, file in trust.expected_outcomes.items()}


def test_every_row_of_a_loaded_file_has_one_end(trust: Trust) -> None:
    for file in trust.expected_outcomes.values():
        ends = file.rows_loaded + file.rows_quarantined + file.rows_duplicate + file.rows_superseded
        assert ends == (file.rows_in if file.outcome in ("loaded", "waiting") else 0)


def test_loaded_rows_are_the_good_rows_of_a_recount(trust: Trust, world: World) -> None:
    got = {feed: len(world.good[feed]) for feed in FEEDS}
    loaded = dict.fromkeys(FEEDS, 0)
    for name, file in trust.expected_outcomes.items():
        loaded[name.split("/")[0]] += file.rows_loaded
    assert got == loaded


def test_duplicates_are_counted(trust: Trust, world: World) -> None:
    got = sum(file.rows_duplicate for file in trust.expected_outcomes.values())
    assert got == world.duplicates.total()
    assert got - world.duplicates["ms_teams"] == 3
    assert world.duplicates["ms_teams"] > 3


def test_one_file_is_refused_one_came_twice_and_one_waits(landing: Path, trust: Trust) -> None:
    by_outcome = {file.outcome: name for name, file in trust.expected_outcomes.items() if file.outcome != "loaded"}
    assert set(by_outcome) == {"refused", "already_loaded", "waiting"}
    twice = landing / by_outcome["already_loaded"]
    assert twice.read_bytes() == twice.with_name(twice.name.removeprefix("copy of ")).read_bytes()


def test_no_file_is_bad_enough_to_be_refused(landing: Path, trust: Trust) -> None:
    loaded = [name for name, file in trust.expected_outcomes.items() if file.outcome == "loaded"]
    for name in loaded:
        rows = rows_of(landing / name)
        bad = sum(bool(broken_rules(name.split("/")[0], row, date.max)) for row in rows)
        assert bad / len(rows) < 0.1, name


def test_the_corrections_replace_rows_of_both_registers(trust: Trust) -> None:
    meetings = {name: file for name, file in trust.expected_outcomes.items() if name.startswith("meetings/")}
    superseded = [file.rows_superseded for file in meetings.values()]
    assert min(superseded[:2]) > 0
    assert sum(superseded) == meetings["meetings/zz_corrections.csv"].rows_in == 6
