"""Every table and column on the way from file to figure: described once, and followed back to where it comes from."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlglot import exp
from sqlglot.lineage import lineage as read_by_sqlglot

from pipelines.dictionary import DICTIONARY
from pipelines.documents import Documents, document
from pipelines.faults import ViewError
from pipelines.feed import discover
from pipelines.headers import UNIT_COLUMNS, Header, IndicatorHeader
from pipelines.lineage import Source
from pipelines.made_tables import MadeTable, house_tables
from pipelines.publish import publish
from pipelines.settings import SQL_ROOT
from pipelines.views import View, read_view, read_views
from pipelines.warehouse import Warehouse
from tests.pipelines.bench import TEAMS, Bench, attended, meeting

VIEWS = read_views(SQL_ROOT)


@cache
def documents() -> Documents:
    return document(VIEWS, discover())


def ends(source: Source) -> frozenset[str]:
    """Where the way back from a column ends: columns of feeds, tables of the house, or the file that states it."""
    found = documents()
    maker = found.makers[source.table]
    if not source.column:
        return frozenset().union(*(ends(Source(name)) for name in maker.reads)) or frozenset({source.table})
    origin = found.lineages[source.table].columns[source.column]
    if not origin.sources:
        return frozenset({f"{source.table}.{source.column}" if isinstance(maker, MadeTable) else str(maker.path)})
    return frozenset().union(*map(ends, origin.sources))


def is_an_end(name: str) -> bool:
    """Whether nothing can lie behind it: a feed's column or rows, a table that reads none, the file that states it."""
    maker = documents().makers.get(".".join(name.split(".")[:2]))
    return name.endswith(".sql") or (maker is not None and not maker.reads)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.full_name)
def test_every_column_of_every_view_comes_from_somewhere(view: View) -> None:
    for column in documents().lineages[view.full_name].columns:
        found = ends(Source(view.full_name, column))
        assert found, column
        assert all(map(is_an_end, found)), (column, found)


def test_the_share_of_seats_comes_from_who_attended_and_their_roles() -> None:
    found = ends(Source("indicators.share_of_seats", "numerator"))
    assert {"raw.attendance.attendance", "raw.attendance.person_role", "raw.people.person_role"} <= found


def test_a_count_of_rows_comes_from_the_rows_of_the_tables_read() -> None:
    origin = documents().lineages["published.meeting_place"].columns["meetings_held"]
    assert {source.table for source in origin.sources if not source.column} == {
        "marts.calendar",
        "marts.meeting",
        "marts.team_place",
        "published.policy",
    }


def test_the_units_of_all_indicators_come_from_each_of_them() -> None:
    origin = documents().lineages["marts.indicator_unit"].columns["numerator"]
    indicators = {view.full_name for view in VIEWS if isinstance(view.header, IndicatorHeader)}
    assert {source.table for source in origin.sources} == indicators


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.full_name)
def test_another_reader_finds_the_same_columns(view: View) -> None:
    """sqlglot's own reader of lineage finds every column we find, and no other."""
    known = documents().lineages
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for name in view.reads:
        schema, bare = name.split(".")
        tables.setdefault(schema, {})[bare] = dict.fromkeys(known[name].columns, "varchar")
    for column, origin in known[view.full_name].columns.items():
        theirs = set()
        for node in read_by_sqlglot(column, view.tree.copy(), schema=tables, dialect="duckdb").walk():
            if isinstance(node.expression, exp.Table) and "." in node.name:
                theirs.add(Source(f"{node.expression.db}.{node.expression.name}", node.name.split(".")[-1]))
        assert {source for source in origin.sources if source.column} == theirs, column


def test_every_column_says_what_it_holds() -> None:
    found = documents()
    everything = {Source(name, column) for name, lineage in found.lineages.items() for column in lineage.columns}
    assert everything == set(found.descriptions)
    for column, words in found.descriptions.items():
        assert words[:1].isupper(), column
        assert words.endswith("."), column


def test_what_is_passed_on_is_described_once() -> None:
    found = documents()
    for view in VIEWS:
        if isinstance(view.header, Header):
            for column, words in view.header.columns.items():
                passed = found.lineages[view.full_name].columns[column].passed or frozenset()
                assert {found.descriptions[source] for source in passed} != {words}, (view.path, column)


def test_the_columns_of_units_are_described_by_the_house() -> None:
    described = documents().descriptions
    assert described[Source("indicators.share_of_seats", "numerator")] == UNIT_COLUMNS["numerator"]
    assert described[Source("marts.indicator_unit", "counted_on")] == UNIT_COLUMNS["counted_on"]


def test_a_column_keeps_its_description_from_the_feed_to_the_published_table() -> None:
    held_on = documents().descriptions[Source("published.meeting_strip", "held_on")]
    assert held_on == documents().descriptions[Source("raw.meetings", "held_on")]


def own_view(root: Path, columns: str, select: str) -> View:
    path = root / "sql" / "views" / "ours.sql"
    path.parent.mkdir(parents=True)
    path.write_text(f'/*\ndescription = "Ours."\nkey = ["level"]\n{columns}*/\n{select}\n')
    return read_view(path, root / "sql")


@pytest.mark.parametrize(
    ("columns", "select", "line", "why", "example"),
    [
        (
            "",
            "select\n    level,\n    count(*) as places\nfrom published.place\ngroup by level",
            7,
            "Nobody says what these columns hold: places.",
            '[columns]\nplaces = "What it holds, in plain words, with its unit."',
        ),
        (
            '[columns]\nlevels = "The level."\n',
            "select\n    level\nfrom published.place",
            5,
            "describes a column 'levels' that the SELECT does not give",
            '[columns]\nlevel = "What it holds, in plain words, with its unit."',
        ),
        (
            "",
            "select\n    levle as level\nfrom published.place",
            6,
            "no column 'levle' in published.place",
            "level as level",
        ),
        ("", "select\n    level\nfrom published.places", 7, "no table published.places", "from published.place"),
    ],
)
def test_a_view_that_is_not_described_is_told_with_file_line_and_the_lines_it_lacks(
    tmp_path: Path, columns: str, select: str, line: int, why: str, example: str
) -> None:
    wrong = own_view(tmp_path, columns, select)
    with pytest.raises(ViewError) as caught:
        document((*VIEWS, wrong), discover())
    said = str(caught.value)
    assert said.startswith(f"sql/views/ours.sql:{line}: ")
    assert why in said
    assert said.endswith(f"For example:\n{example}")


def test_what_may_come_from_columns_that_hold_different_things_is_described_anew(tmp_path: Path) -> None:
    wrong = own_view(tmp_path, "", "select\n    coalesce(place_id, name) as level\nfrom published.place")
    with pytest.raises(ViewError, match="may come from columns that hold different things"):
        document((*VIEWS, wrong), discover())


def test_a_view_does_not_take_the_name_of_a_table_of_the_house(tmp_path: Path) -> None:
    path = tmp_path / "sql" / "marts" / "run.sql"
    path.parent.mkdir(parents=True)
    path.write_text('/*\ndescription = "x"\nkey = ["team_id"]\n*/\nselect team_id from staging.team')
    with pytest.raises(ViewError, match=r"sql/marts/run\.sql:1: marts\.run is made by the house itself") as caught:
        document((*VIEWS, read_view(path, tmp_path / "sql")), discover())
    assert str(caught.value).endswith("mv sql/marts/run.sql sql/marts/run_of_ours.sql")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A snapshot of two teams and one meeting, with a view of an analyst's own."""
    folder = tmp_path_factory.mktemp("documents")
    mine = own_view(folder, "", "select\n    level,\n    place_id\nfrom published.place")
    with Warehouse(folder / "warehouse.duckdb", memory_limit="1GB", threads=1) as warehouse:
        bench = Bench(folder / "landing", warehouse, views=(*VIEWS, mine))
        bench.deliver("teams", *TEAMS)
        bench.deliver("meetings", meeting("M1"))
        bench.deliver("attendance", attended("M1", "P1"))
        bench.build()
        yield publish(warehouse, bench.views, folder / "published", {"run_id": bench.run_id}, is_gated=False)


def told_in(snapshot: Path, edition: str, question: str) -> list[tuple[object, ...]]:
    with Warehouse(snapshot / f"{edition}.duckdb", memory_limit="1GB", threads=1, is_read_only=True) as file:
        return file.rows(question)


@pytest.mark.parametrize("edition", ["internal", "board"])
def test_the_dictionary_tells_every_column_of_every_published_table(snapshot: Path, edition: str) -> None:
    told = told_in(
        snapshot,
        edition,
        "select table_name, column_name, column_type from published.data_dictionary "
        "where table_name like 'published.%' and table_name in "
        "(select 'published.' || table_name from duckdb_tables()) order by all",
    )
    there = told_in(
        snapshot,
        edition,
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() "
        "where schema_name = 'published' order by all",
    )
    assert told == there
    assert {table.split(".")[1] for table, _, _ in told if isinstance(table, str)} >= set(DICTIONARY)
    assert told_in(snapshot, edition, "select count(*) from published.data_dictionary where description = ''") == [(0,)]


@pytest.mark.parametrize("table", [table for table in house_tables() if table.types], ids=lambda table: table.name)
def test_a_rehearsal_has_the_tables_that_a_run_computes(snapshot: Path, table: MadeTable) -> None:
    described = f"select column_name, lower(column_type) from (describe {table.name})"
    in_the_file = {name: kind for name, kind in table.types.items() if name != "edition"}
    assert set(told_in(snapshot, "internal", described)) == set(in_the_file.items())
    assert table.types["edition"] == "varchar"


def test_analysts_own_views_and_sql_are_told_of_in_the_internal_edition_alone(snapshot: Path) -> None:
    for table in DICTIONARY:
        own = f"select count(*) > 0 from published.{table} where table_name = 'views.ours'"
        assert (told_in(snapshot, "internal", own), told_in(snapshot, "board", own)) == ([(True,)], [(False,)])
    sql = "select count(sql) > 0 from published.data_table"
    assert (told_in(snapshot, "internal", sql), told_in(snapshot, "board", sql)) == ([(True,)], [(False,)])


def test_the_columns_of_marts_are_told_to_analysts(snapshot: Path) -> None:
    told = (
        "select description from published.data_dictionary where table_name = 'marts.visit' and column_name = 'held_on'"
    )
    ((description,),) = told_in(snapshot, "internal", told)
    assert description
    assert told_in(snapshot, "board", told) == []


def test_the_published_lineage_leads_from_a_figure_to_the_feeds(snapshot: Path) -> None:
    found = told_in(
        snapshot,
        "board",
        """with recursive way as (
            select source_table, source_column from published.data_lineage
            where table_name = 'indicators.share_of_seats' and column_name = 'numerator'
            union
            select behind.source_table, behind.source_column
            from published.data_lineage as behind
            inner join way on behind.table_name = way.source_table and behind.column_name = way.source_column
        )
        select distinct source_table from way where source_table like 'raw.%' order by all""",
    )
    assert found == [("raw.attendance",), ("raw.ms_teams",), ("raw.people",)]
