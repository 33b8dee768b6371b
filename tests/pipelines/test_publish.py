"""Snapshots: immutable, complete, and pointed to at one moment."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.publish import clear_unfinished, move_pointer, next_run_id, publish
from pipelines.settings import SQL_ROOT
from pipelines.views import read_views
from pipelines.warehouse import Warehouse
from tests.pipelines.bench import Bench, attended, meeting

VIEWS = read_views(SQL_ROOT)
FIXED_COLUMNS = {
    "place": "place_id level parent_id name",
    "indicator": "indicator_id title short_title definition caution beside theme kind unit better target counts_people "
    "grain chart overview finding source owner sql",
    "indicator_value": "indicator_id grain level place_id period_start period_end numerator denominator value lower "
    "upper status",
    "signal_point": "indicator_id level place_id chart point_no point_on segment value centre lower_limit upper_limit "
    "special_cause point_type rule_set",
    "signal": "indicator_id level place_id chart variation assurance summary rule_set",
    "comparison": "indicator_id place_a place_b period_start period_end difference lower upper sentence",
    "funnel_point": "indicator_id level place_id rule_set",
    "waiting_curve": "level place_id rule_set",
    "gap_chart": "level place_id completed centre upper_limit running limits sentence rule_set",
    "rebase_proposal": "indicator_id level place_id rebase_on sentence rule_set",
    "briefing": "level place_id sentence",
    "feed_freshness": "feed last_file_at last_record_on is_late sentence",
    "check_result": "feed check_name severity success unexpected_count element_count sentence",
    "quarantine_reason": "feed rule rows_count",
    "load_file": "feed file_name sha256 rows_in rows_loaded rows_quarantined rows_duplicate rows_superseded outcome "
    "message",
    "feed_rows": "feed files rows_in rows_loaded rows_quarantined rows_duplicate rows_superseded rows_left_out",
}


def built(bench: Bench) -> Bench:
    bench.deliver("people", {"person": "U1", "person_role": "service_user"})
    bench.deliver("meetings", meeting("M1"), meeting("M2", team_id="T2"))
    bench.deliver("attendance", attended("M1", "U1"), attended("M2", "U1"))
    bench.build()
    return bench


def published(bench: Bench, folder: Path, *, is_gated: bool = False) -> Path:
    return publish(bench.warehouse, VIEWS, folder, {"run_id": bench.run_id}, is_gated=is_gated)


@pytest.mark.parametrize("edition", ["internal", "board"])
def test_an_edition_has_every_table_with_its_fixed_columns(bench: Bench, tmp_path: Path, edition: str) -> None:
    folder = published(built(bench), tmp_path / "published")
    with Warehouse(folder / f"{edition}.duckdb", memory_limit="1GB", threads=1, is_read_only=True) as snapshot:
        for table, columns in FIXED_COLUMNS.items():
            got = [row[0] for row in snapshot.rows(f"select column_name from (describe published.{table})")]
            assert set(columns.split()) <= set(got), table
            assert "edition" not in got or table == "snapshot"


def test_the_board_file_holds_nothing_of_a_team(bench: Bench, tmp_path: Path) -> None:
    folder = published(built(bench), tmp_path / "published")
    with Warehouse(folder / "board.duckdb", memory_limit="1GB", threads=1, is_read_only=True) as snapshot:
        for table in ("place", "indicator_value", "signal_point", "signal", "briefing"):
            assert snapshot.value(f"select count(*) from published.{table} where level = 'team'") == 0


def test_the_manifest_knows_the_digest_of_every_file(bench: Bench, tmp_path: Path) -> None:
    folder = published(built(bench), tmp_path / "published")
    manifest = json.loads((folder / "manifest.json").read_text())
    got = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in manifest["sha256"]}
    assert manifest["sha256"] == got
    assert {path.name for path in folder.iterdir()} == {*got, "manifest.json"}
    assert {"duckdb", "great_expectations"} <= set(manifest["versions"])


def test_the_pointer_is_a_relative_link_to_the_snapshot(bench: Bench, tmp_path: Path) -> None:
    folder = published(built(bench), tmp_path / "published")
    pointer = tmp_path / "published" / "current"
    assert pointer.is_symlink()
    assert pointer.readlink() == Path(folder.name)


def test_a_snapshot_behind_a_failed_gate_is_kept_aside(bench: Bench, tmp_path: Path) -> None:
    first = published(built(bench), tmp_path / "published")
    bench.build()
    held_back = published(bench, tmp_path / "published", is_gated=True)
    assert held_back.parent.name == "held-back"
    assert (tmp_path / "published" / "current").resolve() == first


def test_the_pointer_is_a_text_file_where_links_are_not_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("links are not allowed")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    move_pointer(tmp_path, "20260710-000001")
    move_pointer(tmp_path, "20260710-000002")
    assert (tmp_path / "current").read_text() == "20260710-000002\n"


def test_unfinished_snapshots_are_cleared_and_finished_ones_are_not(tmp_path: Path) -> None:
    (tmp_path / ".building-20260710-000001").mkdir()
    (tmp_path / "20260710-000000").mkdir()
    clear_unfinished(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["20260710-000000"]


@pytest.mark.parametrize(
    ("seen", "last_run", "want"),
    [
        ([], None, "20260710-120000"),
        (["20260710-110000"], None, "20260710-120000"),
        (["20260710-120000"], None, "20260710-120001"),  # twice within a second
        (["20270101-235959"], None, "20270102-000000"),  # the clock went back
        ([], "20260710-130000", "20260710-130001"),  # a run that published nothing
        (["current", "held-back", "notes.txt"], None, "20260710-120000"),
    ],
)
def test_run_ids_never_go_back(tmp_path: Path, seen: list[str], last_run: str | None, want: str) -> None:
    for name in seen:
        (tmp_path / name).mkdir()
    assert next_run_id(tmp_path, last_run, datetime(2026, 7, 10, 12, tzinfo=UTC)) == want
