"""The door to the snapshot: editions, places, columns, and the pointer."""

from pathlib import Path

import duckdb
import polars
import pytest

from dashboard.access import ROLES, Role, scope_of_role
from dashboard.store import SnapshotError, Store, _connection, current, is_published
from tests.dashboard.conftest import RUN_ID
from tests.dashboard.snapshot import build, point_to

EXECUTIVE, LEAD, ANALYST = scope_of_role("executive"), scope_of_role("qi_lead", "T1"), scope_of_role("analyst")


def answers(store: Store, role: Role) -> list[polars.DataFrame]:
    """Every question of the store, asked for a reader."""
    scope = scope_of_role(role, "T1")
    return [
        store.snapshot(scope),
        store.places(scope),
        store.indicators(scope),
        store.freshness(scope),
        store.comparisons(scope),
        *(store.series(scope, level) for level in ("trust", "care_setting", "service_area", "team")),
        *(store.briefing(scope, "team", team) for team in ("T1", "T2")),
        *(store.summary(scope, "team", team) for team in ("T1", "T2")),
        *(store.signal(scope, "presence", "team", team) for team in ("T1", "T2")),
        *(store.proposals(scope, "presence", "team", team) for team in ("T1", "T2")),
    ]


@pytest.mark.parametrize("role", ["executive", "member"])
def test_the_board_s_readers_never_get_a_row_of_a_team(store: Store, role: Role) -> None:
    levels = [frame["level"].to_list() for frame in answers(store, role) if "level" in frame.columns]
    assert "team" not in [level for found in levels for level in found]


def test_the_board_s_readers_never_open_the_internal_file(tmp_path: Path) -> None:
    folder = build(tmp_path)
    (folder / "internal.duckdb").unlink()
    assert all(
        isinstance(frame, polars.DataFrame) for frame in answers(Store(tmp_path / "published", RUN_ID), "member")
    )


def test_the_edition_is_the_reader_s(store: Store) -> None:
    got = {role: store.snapshot(scope_of_role(role))["edition"].item() for role in ROLES}
    want = {"executive": "board", "member": "board", "qi_lead": "internal", "analyst": "internal", "admin": "internal"}
    assert got == want


def test_a_qi_lead_sees_their_own_team_and_no_other(store: Store) -> None:
    got = store.places(LEAD).filter(polars.col("level") == "team")["place_id"].to_list()
    assert got == ["T1"]
    assert store.series(LEAD, "team")["place_id"].unique().to_list() == ["T1"]
    assert store.series(LEAD, "team", place_id="T2").is_empty()
    assert store.summary(LEAD, "team", "T2")["numerator"].null_count() == store.summary(LEAD, "team", "T2").height


def test_a_qi_lead_without_a_team_sees_none(store: Store) -> None:
    assert store.series(scope_of_role("qi_lead"), "team").is_empty()


def test_answers_of_one_reader_are_not_given_to_another(store: Store) -> None:
    assert not store.series(ANALYST, "team").is_empty()
    assert store.series(EXECUTIVE, "team").is_empty()


@pytest.mark.parametrize("role", ROLES)
def test_the_sql_is_for_those_with_the_right_to_it(store: Store, role: Role) -> None:
    got = store.indicators(scope_of_role(role))["sql"].null_count() == 0
    assert got == (role in ("analyst", "admin"))


def test_an_indicator_is_followed_back_to_its_feed(store: Store) -> None:
    got = store.tables_behind(EXECUTIVE, "indicators.presence").select("steps", "table_name").rows()
    assert got == [(0, "indicators.presence"), (1, "marts.meeting"), (2, "raw.meetings")]


def test_a_column_is_followed_back_to_the_columns_of_its_feed(store: Store) -> None:
    assert store.columns_behind(EXECUTIVE, "indicators.presence").rows() == [
        ("indicators.presence", "denominator", "marts.meeting", None, "counted"),
        ("indicators.presence", "numerator", "marts.meeting", "presence", "made"),
        ("marts.meeting", "presence", "raw.meetings", "status", "made"),
    ]


@pytest.mark.parametrize("role", ROLES)
def test_analysts_own_views_and_sql_are_for_those_with_the_right_to_them(store: Store, role: Role) -> None:
    scope, has_right = scope_of_role(role, "T1"), role in ("analyst", "admin")
    assert store.tables_behind(scope, "views.ours").is_empty() != has_right
    assert ("views.ours" in store.dictionary(scope)["table_name"]) == has_right
    sql = store.tables_behind(scope, "indicators.presence")["sql"]
    assert (sql.null_count() == 1) == has_right
    assert (sql.null_count() == 3) == (not has_right)


def test_a_table_nobody_decided_about_is_not_given_out(store: Store) -> None:
    with pytest.raises(KeyError, match="candidate"):
        store._rows(ANALYST, "candidate")


@pytest.mark.parametrize(
    "question",
    [
        "create table mine as select 1",
        "copy (select 1) to 'out.csv'",
        "select * from read_csv('/etc/hostname')",
        "attach 'other.duckdb'",
        "install excel",
    ],
)
def test_the_connection_can_only_read_its_file(store: Store, question: str) -> None:
    connection = _connection(str(store.published / RUN_ID / "internal.duckdb"))
    with connection.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(question)


def test_series_carry_every_period_in_order_with_their_point(store: Store) -> None:
    got = store.series(EXECUTIVE, "trust", indicator_id="presence", place_id="trust")
    assert got["period_start"].is_sorted()
    assert (got.height, got["point_no"].null_count()) == (25, 1)
    assert got.row(-1, named=True)["status"] == "incomplete"


def test_a_run_chart_of_a_monthly_number_goes_by_quarter(store: Store) -> None:
    assert store.series(EXECUTIVE, "service_area", indicator_id="presence")["grain"].unique().to_list() == ["quarter"]
    assert store.series(EXECUTIVE, "trust", indicator_id="presence")["grain"].unique().to_list() == ["month"]


def test_the_summary_has_the_numbers_of_the_overview_in_their_order(store: Store) -> None:
    got = store.summary(EXECUTIVE, "trust", "trust")
    assert got["overview"].to_list() == [1, 2, 3, 4, 5, 6, 7]
    assert "seats" not in got["indicator_id"].to_list()


def test_the_latest_figure_is_of_the_last_complete_period(store: Store) -> None:
    rows = {row["indicator_id"]: row for row in store.summary(EXECUTIVE, "trust", "trust").to_dicts()}
    assert str(rows["presence"]["period_end"]) == "2026-09-30"
    assert str(rows["active"]["period_end"]) == "2026-03-31"  # 180 days must pass after the last day
    assert rows["turned_away"]["status"] == "hidden"


def test_a_comparison_comes_with_the_cells_of_both(store: Store) -> None:
    got = store.comparisons(EXECUTIVE).row(0, named=True)
    assert (got["name_a"], got["name_b"], got["level"]) == ("Wards", "Community", "care_setting")
    assert got["denominator_a"] > 0
    assert got["denominator_b"] > 0


def test_places_go_from_the_trust_down_by_name(store: Store) -> None:
    got = store.places(ANALYST)["name"].to_list()
    assert got[:4] == ["Whole trust", "Community", "Wards", "Acute wards"]


def test_the_pointer_may_be_a_link_or_a_text_file(tmp_path: Path) -> None:
    build(tmp_path)
    published = tmp_path / "published"
    assert current(published) == RUN_ID
    (published / "current").unlink()
    (published / "current").write_text(f"{RUN_ID}\n", encoding="utf-8")
    assert current(published) == RUN_ID


@pytest.mark.parametrize("text", ["", "20200101-000000", "../elsewhere", "."])
def test_a_pointer_to_nothing_is_no_snapshot(tmp_path: Path, text: str) -> None:
    build(tmp_path)
    (tmp_path / "published" / "current").unlink()
    (tmp_path / "published" / "current").write_text(text, encoding="utf-8")
    assert current(tmp_path / "published") is None


def test_without_a_pointer_there_is_no_snapshot(tmp_path: Path) -> None:
    assert current(tmp_path / "published") is None


def test_a_run_id_cannot_lead_out_of_the_folder(data: Path) -> None:
    assert is_published(data / "published", RUN_ID)
    assert not is_published(data / "published", f"../published/{RUN_ID}")
    assert not is_published(data / "published", "")


def test_an_open_snapshot_is_read_on_after_the_pointer_moved(tmp_path: Path) -> None:
    build(tmp_path)
    old = Store(tmp_path / "published", RUN_ID)
    before = old.snapshot(EXECUTIVE)["run_id"].item()
    build(tmp_path, "20261104-061002")
    assert current(tmp_path / "published") == "20261104-061002"
    assert (before, old.snapshot(EXECUTIVE)["run_id"].item()) == (RUN_ID, RUN_ID)
    point_to(tmp_path, RUN_ID)
    assert current(tmp_path / "published") == RUN_ID


@pytest.mark.parametrize("content", [b"", b"garbage" * 999, None])
def test_a_file_that_cannot_be_read_is_named_with_its_snapshot(tmp_path: Path, content: bytes | None) -> None:
    file = build(tmp_path) / "board.duckdb"
    file.write_bytes(file.read_bytes()[:20_000] if content is None else content)
    with pytest.raises(SnapshotError, match=rf"board\.duckdb of snapshot {RUN_ID} cannot be read"):
        Store(tmp_path / "published", RUN_ID).snapshot(EXECUTIVE)
