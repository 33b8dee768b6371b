"""Sweeping tests over what is built: keys, indicators, checks of figures, gates."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.building import build
from pipelines.demo import ExpectedFile, Trust, write_trust
from pipelines.faults import ViewError
from pipelines.headers import EXAMPLE_OF_AN_INDICATOR, Header, IndicatorHeader
from pipelines.settings import SQL_ROOT
from pipelines.views import View, read_view, read_views
from pipelines.warehouse import Warehouse
from tests.pipelines.bench import Bench, meeting

VIEWS = read_views(SQL_ROOT)
KEYED = [view for view in VIEWS if isinstance(view.header, Header) and view.header.key]
INDICATORS = [view for view in VIEWS if isinstance(view.header, IndicatorHeader)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("built")


@pytest.fixture(scope="module")
def trust(folder: Path) -> Trust:
    """The demonstration's trust, written once."""
    return write_trust(folder / "landing")


@pytest.fixture(scope="module")
def built(folder: Path, trust: Trust) -> Iterator[Bench]:
    """The demonstration's trust, built once."""
    with Warehouse(folder / "warehouse.duckdb", memory_limit="1GB", threads=1) as warehouse:
        bench = Bench(folder / "landing", warehouse, as_at=trust.as_at)
        assert bench.build() == []
        yield bench


def test_every_file_of_the_demonstration_comes_to_its_known_end(built: Bench, trust: Trust) -> None:
    rows = built.warehouse.frame(
        "select * exclude (edition, sha256, message) from published.load_file where edition = 'internal'"
    ).to_dicts()
    assert {f"{row.pop('feed')}/{row.pop('file_name')}": ExpectedFile(**row) for row in rows} == trust.expected_outcomes


def test_the_rows_of_each_feed_add_up_with_those_of_files_that_were_not_taken(built: Bench, trust: Trust) -> None:
    told = built.warehouse.frame("from published.feed_rows where edition = 'board' order by feed").to_dicts()
    parts = ("rows_loaded", "rows_quarantined", "rows_duplicate", "rows_superseded", "rows_left_out")
    assert all(row["rows_in"] == sum(row[part] for part in parts) for row in told)
    untaken: Counter[str] = Counter()
    for name, file in trust.expected_outcomes.items():
        untaken[name.partition("/")[0]] += file.rows_in * (file.outcome in ("refused", "already_loaded"))
    assert {row["feed"]: row["rows_left_out"] for row in told} == untaken
    assert untaken.total() > 0


def test_every_rule_holds_back_the_rows_the_demonstration_spoilt(built: Bench, trust: Trust) -> None:
    got: dict[str, dict[str, int]] = {feed: {} for feed in trust.expected_faults}
    for feed, rule, count in built.warehouse.rows("select feed, rule, rows_count from dispositions.reason_count"):
        got[feed][rule] = count
    assert got == trust.expected_faults


@pytest.mark.parametrize("view", KEYED, ids=lambda view: view.full_name)
def test_a_view_has_rows_and_one_for_each_key(built: Bench, view: View) -> None:
    assert isinstance(view.header, Header)
    key = list(view.header.key)
    columns = [row[0] for row in built.warehouse.rows(f"select column_name from (describe {view.full_name})")]
    key += ["edition"] if view.header.editions else []
    assert set(key) <= set(columns)
    assert built.warehouse.value(f"select count(*) from {view.full_name}") > 0
    twice = f"select {', '.join(key)} from {view.full_name} group by all having count(*) > 1"
    assert built.warehouse.rows(twice) == []


@pytest.mark.parametrize("view", INDICATORS, ids=lambda view: view.name)
def test_an_indicator_has_the_columns_of_a_unit_row_and_something_to_show(built: Bench, view: View) -> None:
    assert isinstance(view.header, IndicatorHeader)
    columns = [row[0] for row in built.warehouse.rows(f"select column_name from (describe {view.full_name})")]
    want = ["counted_on", "team_id", "unit_id", "numerator", "denominator"]
    of_people = ["person_id"] if view.header.counts_people else []
    assert columns == want + of_people + ([view.header.outcome] if view.header.outcome else [])
    shown = "select count(*) from published.indicator_value where indicator_id = ? and status = 'shown'"
    assert built.warehouse.value(shown, [view.name]) > 0


@pytest.mark.parametrize("view", INDICATORS, ids=lambda view: view.name)
def test_what_an_indicator_is_read_beside_exists(view: View) -> None:
    assert isinstance(view.header, IndicatorHeader)
    assert set(view.header.beside) <= {other.name for other in INDICATORS} - {view.name}


def test_the_overview_shows_exactly_ten_numbers_in_their_order() -> None:
    places = {view.name: view.header.overview for view in INDICATORS if isinstance(view.header, IndicatorHeader)}
    shown = sorted((place, name) for name, place in places.items() if place != "")
    assert [place for place, _ in shown] == list(range(1, 11))
    assert [name for _, name in shown] == [
        "meetings_with_service_user",
        "meetings_not_recorded",
        "more_than_one_service_user",
        "actions_by_service_users",
        "full_members_seldom_in_the_room",
        "teams_keeping_it_up",
        "learning_that_led_to_a_meeting",
        "interest_to_active_in_180_days",
        "turned_away_by_us",
        "like_the_people_we_serve",
    ]


@pytest.mark.parametrize(
    ("body", "line", "why"),
    [
        ("select\n    team.tema_id\nfrom staging.team as team", 5, 'does not have a column named "tema_id"'),
        ("select team_id from staging.taem", 4, "taem does not exist"),
        ("select cast('a name' as integer) as team_id from staging.team", 4, "ConversionException while it ran"),
    ],
)
def test_a_view_that_cannot_be_built_is_named_with_its_line_and_no_value(
    bench: Bench, tmp_path: Path, body: str, line: int, why: str
) -> None:
    path = tmp_path / "sql" / "marts" / "wrong.sql"
    path.parent.mkdir(parents=True)
    path.write_text(f'/*\ndescription = "x"\n*/\n{body}\n')
    bench.build()
    with pytest.raises(ViewError) as caught:
        build(bench.warehouse, [read_view(path, tmp_path / "sql")], ("marts",))
    first = str(caught.value).splitlines()[0]
    assert first.startswith(f"sql/marts/wrong.sql:{line}: ")
    assert why in first
    assert "a name" not in first


UNITS = """select
    meeting.held_on as counted_on,
    meeting.team_id,
    meeting.meeting_id as unit_id,
    1 as numerator,
    1 as denominator
from marts.meeting as meeting"""


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ("meeting.held_on as", "meeting.held_on + interval 10 hour as", "counted_on as DATE, here it is TIMESTAMP"),
        ("1 as numerator", "0.5 as numerator", "numerator as"),
        ("    meeting.meeting_id as unit_id,\n", "", "unit_id as VARCHAR, here it is None"),
        ("meeting.meeting_id as unit_id", "cast(null as varchar) as unit_id", "are given: counted_on, unit_id"),
    ],
)
def test_an_indicator_whose_rows_are_not_units_is_refused_by_name(
    bench: Bench, tmp_path: Path, was: str, now: str, why: str
) -> None:
    bench.deliver("meetings", meeting("M1"))
    bench.build()
    path = tmp_path / "sql" / "indicators" / "wrong.sql"
    path.parent.mkdir(parents=True)
    path.write_text(EXAMPLE_OF_AN_INDICATOR.split("*/")[0] + "*/\n" + UNITS.replace(was, now))
    with pytest.raises(ViewError) as caught:
        build(bench.warehouse, [read_view(path, tmp_path / "sql")], ("indicators",))
    first = str(caught.value).splitlines()[0]
    assert first.startswith("sql/indicators/wrong.sql:20: ")
    assert why in first


def test_an_analysts_own_view_is_built(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "sql" / "views" / "mine.sql"
    path.parent.mkdir(parents=True)
    path.write_text(
        '/*\ndescription = "x"\n[columns]\nplaces = "x"\n*/\nselect count(*) as places from published.place\n'
    )
    bench.views = (*bench.views, read_view(path, tmp_path / "sql"))
    assert bench.build() == []
    assert bench.warehouse.value("select places from views.mine") > 0


def test_rows_that_are_lost_fail_the_check_that_they_balance(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"), meeting("M2"))
    bench.run()
    bench.warehouse.execute("delete from raw.meetings where meeting_id = 'M2'")
    assert any("none is lost" in gate for gate in bench.build())


def test_without_any_file_every_layer_still_builds(tmp_path: Path) -> None:
    (tmp_path / "landing").mkdir()
    with Warehouse(tmp_path / "warehouse.duckdb", memory_limit="1GB", threads=1) as warehouse:
        bench = Bench(tmp_path / "landing", warehouse)
        assert bench.build() == []
        assert warehouse.value("select count(*) from published.indicator_value") == 0


def test_a_trust_with_teams_alone_has_places_and_no_figure(bench: Bench) -> None:
    assert bench.build() == []
    assert bench.warehouse.value("select count(*) from published.place where edition = 'internal'") == 7
    assert bench.warehouse.value("select count(*) from published.briefing where kind = 'headline'") > 0


@pytest.mark.parametrize("order", [(True, False), (False, True)])
def test_a_view_may_begin_or_cease_to_be_stored(bench: Bench, tmp_path: Path, order: tuple[bool, bool]) -> None:
    bench.run()
    path = tmp_path / "sql" / "marts" / "own.sql"
    path.parent.mkdir(parents=True)
    kinds = []
    for is_stored in order:
        path.write_text(
            f'/*\ndescription = "One."\nkey = ["one"]\nstored = {str(is_stored).lower()}\n*/\nselect 1 as one',
            encoding="utf-8",
        )
        build(bench.warehouse, read_views(tmp_path / "sql"), ("marts",))
        kinds.append(bench.warehouse.value("select table_type from information_schema.tables where table_name = 'own'"))
    assert kinds == [{True: "BASE TABLE", False: "VIEW"}[is_stored] for is_stored in order]
