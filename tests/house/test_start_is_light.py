"""Nobody waits for an engine that the command does not use."""

import subprocess
import sys

import pytest

HEAVY = (
    "altair",
    "dashboard",
    "duckdb",
    "great_expectations",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "sqlalchemy",
    "sqlglot",
    "streamlit",
)


def loaded_by(statement: str) -> set[str]:
    """The names of the modules in a fresh Python that has run `statement`."""
    command = [sys.executable, "-c", f"{statement}; import sys; print(*sys.modules)"]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


@pytest.mark.parametrize(
    "statement", ["import pipelines.cli", "import pipelines.settings", "import pipelines.scheduling.keeper"]
)
def test_what_starts_or_keeps_others_going_needs_no_engine(statement: str) -> None:
    assert loaded_by(statement) & set(HEAVY) == set()


def test_an_engine_that_is_loaded_would_be_seen() -> None:
    assert "duckdb" in loaded_by("import duckdb")
