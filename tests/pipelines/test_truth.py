"""The main job on real files, as somebody at a terminal does it, held against what is true by construction."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipelines.feed import discover
from pipelines.settings import PROJECT_ROOT
from pipelines.warehouse import Warehouse
from tests.pipelines.terminal import KEY, involve

SAMPLE = PROJECT_ROOT.parent / "shared" / "samples" / "small"
WHOLE = (
    "agenda_items_by_service_users",
    "turned_away_by_us",
    "training_completed_in_90_days",
    "interest_to_active_in_180_days",
    "meetings_with_service_user",
    "meetings_not_recorded",
    "share_of_seats",
)
EXPORTS = tuple(("quarantine", "export", "--feed", feed.name) for feed in discover())
Cell = tuple[str, str, str, str]

pytestmark = pytest.mark.skipif(not SAMPLE.is_dir(), reason="the shared samples are not beside the project")


@dataclass(frozen=True)
class Done:
    """A run that ended: what it was told to hold, what it said, and its folder."""

    truth: dict[str, Any]
    data: Path
    exit_code: int
    said: str


def run(data: Path, as_at: str) -> subprocess.CompletedProcess[str]:
    return involve("run", "--landing", SAMPLE / "landing", "--data", data, "--as-at", as_at, pseudonym_key=KEY)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    truth = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
    data = tmp_path_factory.mktemp("sample") / "data"
    ended = run(data, truth["as_at"])
    return Done(truth, data, ended.returncode, ended.stdout + ended.stderr)


@pytest.fixture
def warehouse(done: Done) -> Iterator[Warehouse]:
    path = done.data / "warehouse.duckdb"
    with Warehouse(path, memory_limit="1GB", threads=1, is_read_only=True) as opened:
        yield opened


def cells(warehouse: Warehouse, indicator: str) -> dict[Cell, tuple[int, int]]:
    rows = warehouse.rows(
        """select level, place_id, strftime(period_start, '%Y-%m-%d'), numerator, denominator
        from marts.indicator_cell where indicator_id = ?""",
        [indicator],
    )
    return {(indicator, *row[:3]): row[3:] for row in rows}


def files(warehouse: Warehouse) -> dict[str, dict[str, Any]]:
    """Outcome and counts of every file, by feed and name."""
    return {
        f"{row.pop('feed')}/{row.pop('file_name')}": row
        for row in warehouse.frame(
            "select * exclude (edition, sha256, message) from published.load_file where edition = 'internal'"
        ).to_dicts()
    }


def true_cells(done: Done, indicator: str) -> dict[Cell, tuple[int, int]]:
    return {(indicator, *row[:3]): tuple(row[3:]) for row in done.truth["indicators"][indicator]}


def test_it_ends_with_1_because_files_are_refused(done: Done) -> None:
    assert done.exit_code == 1, done.said
    assert "is refused" in done.said
    assert "1 waiting" in done.said


@pytest.mark.parametrize("indicator", WHOLE)
def test_every_cell_is_true(done: Done, warehouse: Warehouse, indicator: str) -> None:
    assert cells(warehouse, indicator) == true_cells(done, indicator)


def test_the_outcome_and_the_counts_of_every_file_are_true(done: Done, warehouse: Warehouse) -> None:
    feeds = {feed.name for feed in discover()}
    want = {name: counts for name, counts in done.truth["files"].items() if name.split("/")[0] in feeds}
    got = files(warehouse)
    assert {name: counts for name, counts in got.items() if name in want} == want
    # Of the reports, only the one that waits is in the truth; all others belong to a meeting.
    reports = [got[name] for name in got.keys() - want.keys()]
    assert len(reports) == done.truth["online_meetings"]
    for report in reports:
        assert report["outcome"] == "loaded"
        assert report["rows_in"] == report["rows_loaded"] + report["rows_duplicate"]


def test_every_rule_holds_back_as_many_rows_as_is_true(done: Done, warehouse: Warehouse) -> None:
    feeds = {feed.name for feed in discover()}
    got: dict[str, dict[str, int]] = {}
    for feed, rule, count in warehouse.rows("select feed, rule, rows_count from dispositions.reason_count"):
        got.setdefault(feed, {})[rule] = count
    assert got == {feed: rules for feed, rules in done.truth["rules"].items() if feed in feeds}


@pytest.mark.parametrize("edition", ["internal", "board"])
def test_a_published_month_is_true_or_hidden_or_rounded(done: Done, warehouse: Warehouse, edition: str) -> None:
    for indicator in ("agenda_items_by_service_users",):
        want = true_cells(done, indicator)
        rows = warehouse.rows(
            """select level, place_id, strftime(period_start, '%Y-%m-%d'), numerator, denominator
            from published.indicator_value
            where indicator_id = ? and edition = ? and grain = 'month' and status = 'shown'""",
            [indicator, edition],
        )
        assert rows
        assert {(indicator, *row[:3]): row[3:] for row in rows}.items() <= want.items()


def test_no_secret_stands_in_any_byte_or_text_column(done: Done, warehouse: Warehouse) -> None:
    secrets = [secret.encode() for secret in done.truth["secrets"]]
    for path in (path for path in done.data.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert not [secret for secret in secrets if secret in content], path
    columns = warehouse.rows(
        """select table_schema, table_name, column_name from information_schema.columns
        where data_type like 'VARCHAR%' and table_catalog not in ('system', 'temp')"""
    )
    assert len(columns) > 100
    texts = {
        str(text)
        for schema, table, column in columns
        for (text,) in warehouse.rows(
            f'select distinct "{column}" from {schema}."{table}" where "{column}" is not null'
        )
    }
    said = [done.said, *(involve(*words, "--data", done.data).stdout for words in (("status", "--json"), *EXPORTS))]
    joined = "\n".join([*texts, *said])
    assert all(said)
    assert not [secret for secret in done.truth["secrets"] if secret in joined]


def test_a_second_run_over_the_same_folder_ends_with_0_and_changes_no_value(done: Done) -> None:
    def values() -> list[tuple[Any, ...]]:
        path = done.data / "warehouse.duckdb"
        with Warehouse(path, memory_limit="1GB", threads=1, is_read_only=True) as opened:
            return [
                row
                for table in ("indicator_value", "signal_point", "signal", "load_file", "quarantine_reason", "briefing")
                for row in opened.rows(f"select * from published.{table} order by all")
            ]

    before = values()
    again = run(done.data, done.truth["as_at"])
    assert again.returncode == 0, again.stderr
    assert values() == before
