"""Checks as data: what they mean in SQL, and that Great Expectations counts the same."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.checks import CheckError, Verdict, checking, must_agree
from pipelines.demo import write_trust
from pipelines.feed import Feed, discover, identifier
from pipelines.suite import Check, SuiteError, broken_by, columns_of, file_alone_condition, read_suite
from pipelines.warehouse import Warehouse
from tests.pipelines.bench import Bench

FEEDS = discover()
# The rules of the landing contract, and those that judge a feed as a whole.
RULES = {
    "missing_key", "missing_value", "bad_date", "bad_number", "not_in_list", "out_of_range", "ragged_row",
    "unknown_reference", "contradiction", "part_exceeds_whole", "in_the_future", "before_2000", "meeting_cancelled",
    "team_closed", "completed_before_enrolled", "before_interest", "missing_reason", "two_care_settings", "no_teams",
    "identifier_in_text",
    "columns_as_declared", "rows_against_last", "growth_against_last", "share_held_back", "on_time",
}  # fmt: skip


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
def test_every_check_has_a_name_of_its_own_a_known_rule_and_a_sentence(feed: Feed) -> None:
    suite = read_suite(feed)
    assert len({check.name for check in suite}) == len(suite)
    assert {check.rule for check in suite} <= RULES
    assert all(check.sentence.endswith(".") for check in suite)


@pytest.mark.parametrize(
    ("check", "want"),
    [
        (Check("r", "expect_column_values_to_not_be_null", "", {"column": "a"}), "a is null"),
        (
            Check("r", "expect_column_values_to_be_in_set", "", {"column": "a", "value_set": [True, "x's", 2]}),
            "a not in (true, 'x''s', 2)",
        ),
        (
            Check("r", "expect_column_values_to_be_between", "", {"column": "a", "min_value": date(2000, 1, 1)}),
            "a < date '2000-01-01'",
        ),
        (
            Check("r", "expect_column_values_to_be_between", "", {"column": "a", "min_value": 1, "max_value": 7}),
            "a < 1 or a > 7",
        ),
        (
            Check("r", "expect_column_pair_values_a_to_be_greater_than_b", "", {"column_A": "a", "column_B": "b"}),
            "a <= b",
        ),
        (Check("r", "unexpected_rows_expectation", "", {"where": "a > 1"}), "a > 1"),
    ],
)
def test_a_check_means_this_sql(check: Check, want: str) -> None:
    assert broken_by(check) == want


def test_an_expectation_without_known_sql_raises() -> None:
    with pytest.raises(SuiteError, match="expect_column_mean_to_be_between"):
        broken_by(Check("r", "expect_column_mean_to_be_between", "", {"column": "a"}))


def test_only_rules_that_the_file_alone_decides_can_refuse_it() -> None:
    meetings = next(feed for feed in FEEDS if feed.name == "meetings")
    condition = file_alone_condition(meetings, read_suite(meetings))
    assert all(word in condition for word in ("is_ragged", "duration_minutes", "agenda_items", "held_on < date"))
    assert not any(word in condition for word in ("team_is_known", "as_at", "team_closed_on"))


def test_a_check_knows_the_columns_it_looks_at() -> None:
    check = Check("r", "unexpected_rows_expectation", "", {"where": "stage in ('left') and actor_reads is null"})
    assert columns_of(check) == {"stage", "actor_reads"}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Verdict], Bench]:
    """Great Expectations' verdicts on the demonstration's trust, faults and all."""
    folder: Path = tmp_path_factory.mktemp("checked")
    trust = write_trust(folder / "landing")
    path = folder / "warehouse.duckdb"
    with checking("1GB", 1) as process:
        with Warehouse(path, memory_limit="1GB", threads=1) as warehouse:
            bench = Bench(folder / "landing", warehouse, as_at=trust.as_at)
            bench.run()
        return process.verdicts(path), bench


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
def test_great_expectations_and_the_dispositions_count_the_same(
    verdicts: tuple[list[Verdict], Bench], feed: Feed
) -> None:
    found, bench = verdicts
    must_agree(feed, found, bench.counts[feed.name])
    assert sum(bench.counts[feed.name].values()) > 0 or feed.name == "teams"
    assert len([verdict for verdict in found if verdict.feed == feed.name]) == len(read_suite(feed))


def test_a_count_that_differs_stops_the_run(verdicts: tuple[list[Verdict], Bench]) -> None:
    found, bench = verdicts
    meetings = next(feed for feed in FEEDS if feed.name == "meetings")
    counts = bench.counts["meetings"] | {"bad_date:held_at_reads": 99}
    with pytest.raises(CheckError, match=r"1 rows that break bad_date:held_at_reads, the dispositions 99"):
        must_agree(meetings, found, counts)


def test_a_check_that_broke_is_an_error_and_not_bad_data(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with checking("1GB", 1) as process:
        with Warehouse(path, memory_limit="1GB", threads=1) as warehouse:
            (tmp_path / "landing").mkdir()
            Bench(tmp_path / "landing", warehouse).run()
            warehouse.execute("alter table facts.attendance drop column meeting_is_known")
        with pytest.raises(CheckError, match="attendance: the check unknown_reference:meeting_is_known broke"):
            process.verdicts(path)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "is not beside the feed"),
        ("", "has no .*check"),
        ("check = [", "is not TOML"),
        ('[[check]]\nrule = "r"\nexpectation = "e"\n', "lacks 'sentence'"),
        ('[[check]]\nrule = "r"\nexpectation = "e"\nsentence = "s."\nover = "sometimes"\n', "over is one of all"),
        ('[[check]]\nrule = "r"\nexpectation = "e"\nsentence = "s."\nseverity = "x"\n', "severity is one of"),
        ('[[check]]\nrule = "r"\nexpectation = "e"\nsentence = "s."\n', "for which no SQL is known"),
    ],
)
def test_a_wrong_suite_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, why: str
) -> None:
    monkeypatch.setattr("pipelines.suite.FEEDS_ROOT", tmp_path)
    if text is not None:
        (tmp_path / "weather.suite.toml").write_text(text)
    with pytest.raises(SuiteError, match=why):
        read_suite(Feed("weather", 99, "Weather", ("day",), (identifier("day"),)))


def test_a_warehouse_that_cannot_be_read_is_an_error_and_not_bad_data(tmp_path: Path) -> None:
    (tmp_path / "warehouse.duckdb").write_bytes(b"this is no database" * 1000)
    with checking("1GB", 1) as process, pytest.raises(CheckError, match="could not be carried out"):
        process.verdicts(tmp_path / "warehouse.duckdb")
