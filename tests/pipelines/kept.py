"""A data folder between runs, with nobody holding its warehouse: what is in it, and where words stand in it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from pipelines.publish import EDITIONS
from pipelines.run import WAREHOUSE
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from tests.pipelines.bench import SECRET, Bench

COLUMNS = """select table_schema, table_name, column_name from information_schema.columns
    where data_type like '%VARCHAR%' and table_catalog not in ('system', 'temp')"""


def settings(folder: Path) -> Settings:
    """The settings of the trust in `folder`."""
    return Settings(data=folder / "data", landing=folder / "landing", pseudonym_key=SecretStr(SECRET.decode()))


@contextmanager
def opened(folder: Path, run: int = 1) -> Iterator[Bench]:
    """The bench over the trust in `folder`, its next run being number `run`."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    with Warehouse(folder / "data" / WAREHOUSE, memory_limit="1GB", threads=1) as warehouse:
        yield Bench(folder / "landing", warehouse, runs=run - 1)


def standing_in(folder: Path, words: Iterable[str]) -> list[str]:
    """Where any of `words` stands under `folder`: in a byte of a file, or in a text column of any table."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    texts = {str(path): path.read_bytes().decode("utf-8", "replace").lower() for path in files}
    for path in files:
        if path.suffix == ".duckdb":
            texts[f"the tables of {path}"] = "\n".join(texts_of(path)).lower()
    return [f"{word} in {place}" for place, text in texts.items() for word in words if word.lower() in text]


def texts_of(path: Path) -> set[str]:
    """Every text in every column of a DuckDB file, which packs them so that no search of bytes would find them."""
    with Warehouse(path, memory_limit="1GB", threads=1, is_read_only=True) as warehouse:
        return {
            str(text)
            for schema, table, column in warehouse.rows(COLUMNS)
            for (text,) in warehouse.rows(f'select distinct "{column}"::varchar from "{schema}"."{table}"')
        }


def editions(folder: Path) -> list[Path]:
    """The files of the snapshot that is shown."""
    return [folder / "data" / "published" / "current" / f"{edition}.duckdb" for edition in EDITIONS]
