"""Publishes what tables and columns are: `data_table`, `data_dictionary` and `data_lineage`, from the documents.

An analyst follows a figure by them to the SQL and the feeds' columns it is made of. Analysts' own views (sql/views) are
told of in the internal edition alone.
"""

from collections.abc import Iterable, Iterator

import polars as pl

from pipelines.documents import Documents
from pipelines.faults import ViewError
from pipelines.headers import IndicatorHeader
from pipelines.lineage import Origin, Source
from pipelines.made_tables import EXAMPLE, MADE_ROOT, MadeTable
from pipelines.views import View
from pipelines.warehouse import BUILT_SCHEMAS, Warehouse

DICTIONARY = ("data_table", "data_dictionary", "data_lineage")
INTERNAL, BOARD = "internal", "board"
# The layers of which every column is told: what readers have, what analysts made of it, and what they may read for it.
TOLD = ("published", "views", "marts")
OF_ANALYSTS = ("views.",)
COLUMNS_FOR_ANALYSTS = (*OF_ANALYSTS, "marts.")
TABLE_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "table_name": pl.String,
    "layer": pl.String,
    "made_by": pl.String,
    "description": pl.String,
    "key": pl.List(pl.String),
    "reads": pl.List(pl.String),
    "sql": pl.String,
}
COLUMN_SCHEMA = pl.Schema(
    {"table_name": pl.String, "column_name": pl.String, "column_type": pl.String, "description": pl.String}
)
LINEAGE_SCHEMA = pl.Schema(
    {
        "table_name": pl.String,
        "column_name": pl.String,
        "source_table": pl.String,
        "source_column": pl.String,
        "way": pl.String,
    }
)


def publish_documents(warehouse: Warehouse, documents: Documents) -> None:
    """Makes the tables of DICTIONARY in the schema `published`, for both editions, when all others are built.

    Raises ViewError where a table has other columns than its documents say.
    """
    tables = pl.DataFrame(list(_tables(documents)), TABLE_SCHEMA, orient="row")
    lineage = pl.DataFrame(list(_lineage(documents)), LINEAGE_SCHEMA, orient="row")
    frames = {"data_table": tables, "data_lineage": lineage, "data_dictionary": COLUMN_SCHEMA.to_frame()}
    for name, frame in frames.items():
        warehouse.replace_table(f"published.{name}", _by_edition(frame))
    columns = pl.DataFrame(list(_columns(warehouse, documents)), COLUMN_SCHEMA, orient="row")
    warehouse.replace_table("published.data_dictionary", _by_edition(columns, COLUMNS_FOR_ANALYSTS))


def _tables(documents: Documents) -> Iterator[tuple[object, ...]]:
    for name, maker in documents.makers.items():
        layer = name.split(".")[0]
        if isinstance(maker, MadeTable):
            yield name, layer, maker.made_by, maker.description, list(maker.key), list(maker.reads), None
        else:
            header = maker.header
            words = header.definition if isinstance(header, IndicatorHeader) else header.description
            key = ["unit_id"] if isinstance(header, IndicatorHeader) else list(header.key)
            yield name, layer, "file", words, key, sorted(maker.reads), maker.body


def _lineage(documents: Documents) -> Iterator[tuple[str | None, ...]]:
    for name, lineage in documents.lineages.items():
        is_counted = isinstance(documents.makers[name], View)
        for column, origin in lineage.columns.items():
            for source in sorted(origin.sources):
                yield name, column, source.table, source.column or None, _way(source, origin, is_counted=is_counted)
            if is_counted and not origin.sources:
                yield name, column, None, None, "stated"


def _way(source: Source, origin: Origin, *, is_counted: bool) -> str:
    if not source.column:
        return "counted" if is_counted else "made"
    return "passed" if source in (origin.passed or ()) else "made"


def _columns(warehouse: Warehouse, documents: Documents) -> Iterator[tuple[str, ...]]:
    built = warehouse.rows(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() "
        "where database_name = current_database() and not internal order by all"
    )
    _must_be_as_described(built, documents)
    for table, column, column_type in built:
        if table.split(".")[0] in TOLD and table in documents.makers and column != "edition":
            yield table, column, column_type, documents.descriptions[Source(table, column)]


def _must_be_as_described(built: list[tuple[str, str, str]], documents: Documents) -> None:
    there: dict[str, set[str]] = {}
    for table, column, _ in built:
        there.setdefault(table, set()).add(column)
    for table, columns in there.items():
        if table not in documents.makers and table.split(".")[0] in BUILT_SCHEMAS:
            path = MADE_ROOT.relative_to(MADE_ROOT.parents[1]) / f"{table}.toml"
            raise ViewError(path, 1, f"No file says what {table} is, which the house makes.", EXAMPLE)
        if table in documents.makers and columns != set(documents.lineages[table].columns):
            differing = ", ".join(sorted(columns ^ set(documents.lineages[table].columns)))
            why = f"{table} and what is written of it differ in these columns: {differing}."
            raise ViewError(documents.makers[table].path, 1, why, EXAMPLE)


def _by_edition(frame: pl.DataFrame, of_analysts: Iterable[str] = OF_ANALYSTS) -> pl.DataFrame:
    """For both editions; the board's has neither SQL nor tables whose names begin as those `of_analysts`."""
    is_own = pl.any_horizontal(pl.col("table_name").str.starts_with(start) for start in of_analysts)
    no_sql = [pl.lit(None, pl.String).alias("sql")] if "sql" in frame.columns else []
    board = frame.filter(~is_own).with_columns(*no_sql)
    return pl.concat(
        shown.with_columns(pl.lit(edition).alias("edition")) for edition, shown in ((INTERNAL, frame), (BOARD, board))
    )
