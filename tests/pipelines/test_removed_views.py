"""A file under sql/ that is renamed or removed: the next run goes its way, and what the file made is gone."""

import shutil
from pathlib import Path

import pytest

from pipelines.headers import EXAMPLE_OF_AN_INDICATOR
from pipelines.publish import POINTER, PUBLISHED
from pipelines.run import WAREHOUSE
from pipelines.settings import SQL_ROOT
from pipelines.warehouse import BUILT_SCHEMAS, Warehouse
from tests.pipelines.bench import TEAMS, meeting, write_csv
from tests.pipelines.terminal import KEY, involve

OWN = '/*\ndescription = "Ours."\nkey         = ["place_id"]\n*/\nselect\n    place_id\nfrom {reads}\n'
PUBLISHES = OWN.replace("*/\n", 'editions    = ["internal"]\n*/\n').replace("place_id\nf", "place_id,\n    edition\nf")
# One file for each way in which a table is made: stored or read through, published or not, an analyst's own.
REMOVED = {
    "indicators/ours.sql": EXAMPLE_OF_AN_INDICATOR,
    "marts/ours.sql": OWN.format(reads="marts.place"),
    "marts/ours_read_through.sql": OWN.format(reads="marts.place").replace("*/\n", "stored = false\n*/\n", 1),
    "published/ours.sql": PUBLISHES.format(reads="published.place"),
    "views/ours.sql": OWN.format(reads="published.ours"),
}


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    """A folder with a landing folder and the project's SQL files, and the files of REMOVED among them."""
    write_csv(tmp_path / "landing" / "teams" / "file.csv", TEAMS)
    write_csv(tmp_path / "landing" / "meetings" / "file.csv", [meeting("M1")])
    shutil.copytree(SQL_ROOT, tmp_path / "sql")
    for name, text in REMOVED.items():
        (tmp_path / "sql" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "sql" / name).write_text(text)
    return tmp_path


def built(trust: Path) -> set[str]:
    """What stands in the layers of the warehouse after a run that ends with 0."""
    said = involve("run", "--as-at", "2026-07-10", folder=trust, pseudonym_key=KEY, sql=str(trust / "sql"))
    assert said.returncode == 0, said.stderr + said.stdout
    with Warehouse(trust / "data" / WAREHOUSE, memory_limit="1GB", threads=1, is_read_only=True) as warehouse:
        tables = warehouse.rows("select table_schema, table_name from information_schema.tables")
    return {f"{schema}.{name}" for schema, name in tables if schema in BUILT_SCHEMAS}


def published(trust: Path) -> bool:
    """Whether the internal edition has the table `ours`."""
    edition = trust / "data" / PUBLISHED / POINTER / "internal.duckdb"
    with Warehouse(edition, memory_limit="1GB", threads=1, is_read_only=True) as warehouse:
        return warehouse.has_table("published", "ours")


def test_what_a_removed_file_made_is_gone_with_the_next_run(trust: Path) -> None:
    theirs = {name.removesuffix(".sql").replace("/", ".") for name in REMOVED}
    before = built(trust)
    assert theirs < before
    assert published(trust)
    for name in REMOVED:
        (trust / "sql" / name).unlink()
    assert built(trust) == before - theirs
    assert not published(trust)


def test_a_renamed_file_leaves_nothing_under_its_old_name(trust: Path) -> None:
    before = built(trust)
    (trust / "sql" / "marts" / "ours.sql").rename(trust / "sql" / "marts" / "ours_anew.sql")
    assert built(trust) == before - {"marts.ours"} | {"marts.ours_anew"}
