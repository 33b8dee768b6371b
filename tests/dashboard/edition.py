"""Writes one edition's file of a snapshot made by hand."""

from datetime import date
from pathlib import Path

import duckdb
import polars

from pipelines.building import reading_analysed
from pipelines.grains import chart_grains
from pipelines.settings import SQL_ROOT
from pipelines.views import read_views
from tests.dashboard import room

SCHEMA = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
TABLES = "select table_name from information_schema.tables where table_schema = 'published' order by table_name"
# What the house makes of published and computed tables is made of the tables of this snapshot by the same views.
DERIVED = reading_analysed(read_views(SQL_ROOT))
AS_AT = date(2026, 10, 3)


def write_edition(path: Path, edition: str, given: dict[str, list[tuple[object, ...]]]) -> None:
    """One edition's file: the tables given, and what the views of DERIVED make of them."""
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        connection.execute(room.SCHEMA)
        for table, rows in given.items():
            if rows:
                connection.register("frame", polars.DataFrame(rows, orient="row", infer_schema_length=None))
                connection.execute(f"insert into published.{table} select * from frame")
        connection.execute(f"create table marts.run as select date '{AS_AT}' as as_at")
        connection.execute("create table marts.indicator_catalogue as from published.indicator")
        grains = chart_grains(connection.sql("from published.indicator").pl())
        connection.register("grains", grains)
        connection.execute("create table marts.indicator_chart as from grains")
        names = [name for (name,) in connection.execute(TABLES).fetchall()]
        for name in names:
            connection.execute(f"alter table published.{name} add column if not exists edition varchar")
            connection.execute(f"update published.{name} set edition = '{edition}'")
        for view in DERIVED:
            connection.execute(f"create table {view.full_name} as {view.body}")
        connection.execute(f"attach '{path}' as file")
        connection.execute("create schema file.published")
        for name in [*names, *(view.name for view in DERIVED)]:
            if edition == "board" and name in room.INTERNAL_ONLY:
                continue
            left_out = "" if name == "snapshot" else "exclude (edition)"
            connection.execute(f"create table file.published.{name} as select * {left_out} from published.{name}")
