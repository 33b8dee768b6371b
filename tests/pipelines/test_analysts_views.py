"""Analysts' own views (sql/views): built in a run, and in nothing that readers' pages can reach."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.access import ROLES, Role, scope_of_role
from dashboard.rights import DOCUMENTS, PLACED, UNPLACED
from dashboard.store import Store
from pipelines.publish import EDITIONS, publish
from pipelines.settings import SQL_ROOT
from pipelines.views import read_view, read_views
from pipelines.warehouse import Warehouse
from tests.pipelines.bench import TEAMS, Bench, attended, meeting

# One that would go to the board if it were of the layer published, and one that reads rows of the marts.
OWN = {
    "frobnicated_places": """key = ["place_id"]
editions = ["board"]
*/
select
    level,
    place_id
from published.place""",
    "frobnicated_visits": """key = ["meeting_id"]
grants = ["marts"]
*/
select
    meeting_id,
    team_id
from marts.meeting""",
}


@dataclass(frozen=True)
class Published:
    """A run with the views of OWN, published, and its warehouse still open."""

    store: Store
    warehouse: Warehouse
    tables: dict[str, set[str]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    folder = tmp_path_factory.mktemp("own")
    home = folder / "sql" / "views"
    home.mkdir(parents=True)
    for name, text in OWN.items():
        (home / f"{name}.sql").write_text(f'/*\ndescription = "Ours."\n{text}\n')
    own = [read_view(path, folder / "sql") for path in sorted(home.iterdir())]
    with Warehouse(folder / "warehouse.duckdb", memory_limit="1GB", threads=1) as warehouse:
        bench = Bench(folder / "landing", warehouse, views=(*read_views(SQL_ROOT), *own))
        bench.deliver("teams", *TEAMS)
        bench.deliver("meetings", meeting("M1"))
        bench.deliver("attendance", attended("M1", "P1"))
        bench.build()
        snapshot = publish(warehouse, bench.views, folder / "published", {"run_id": bench.run_id}, is_gated=False)
        tables = {edition: tables_in(snapshot / f"{edition}.duckdb") for edition in EDITIONS}
        yield Published(Store(folder / "published", bench.run_id), warehouse, tables)


def test_an_analyst_reads_them_in_the_warehouse(published: Published) -> None:
    assert published.warehouse.rows("select meeting_id, team_id from views.frobnicated_visits") == [("M1", "T1")]
    assert published.warehouse.value("select count(*) > 0 from views.frobnicated_places")


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_file_of_a_snapshot_holds_one(published: Published, edition: str) -> None:
    assert "place" in published.tables[edition]
    assert not [name for name in published.tables[edition] if "frobnicated" in name]


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("analyst", "admin")])
def test_nothing_a_reader_can_ask_for_names_one(published: Published, role: Role) -> None:
    scope = scope_of_role(role, "T1")
    tables = (PLACED | UNPLACED | DOCUMENTS) & published.tables[scope.edition]
    assert tables >= DOCUMENTS
    for table in tables:
        rows = published.store._rows(scope, table).rows()
        assert "frobnicated" not in str(rows), table


def test_an_analyst_is_told_of_them(published: Published) -> None:
    told = published.store.dictionary(scope_of_role("analyst"))
    assert {"views.frobnicated_places", "views.frobnicated_visits"} <= set(told["table_name"])


def tables_in(file: Path) -> set[str]:
    with Warehouse(file, memory_limit="1GB", threads=1, is_read_only=True) as opened:
        found = opened.rows("select table_name from duckdb_tables() union all select view_name from duckdb_views()")
    return {name for (name,) in found}
