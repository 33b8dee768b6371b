"""Every page for every reader on snapshots at the edge: nothing there, all hidden, one point, always all of them."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dashboard.access import Role
from dashboard.pages import find_pages
from dashboard.store import Store
from tests.dashboard.conftest import RUN_ID, Render, text_of
from tests.dashboard.snapshot import build

SCOPES: tuple[Role, ...] = ("executive", "qi_lead", "analyst")  # a member sees as an executive, an admin as an analyst
KEPT = {"snapshot", "place", "indicator"}
FIGURES = ("numerator", "denominator", "value", "lower", "upper", "centre", "lower_limit", "upper_limit")
WHOLE = ("value", "lower", "upper", "centre", "lower_limit", "upper_limit")
COLUMNS = """
select table_name, list(column_name) from information_schema.columns where table_schema = 'published' group by all
"""
Tables = dict[str, list[str]]


def nothing_there(tables: Tables) -> list[str]:
    return [f"delete from published.{table}" for table in tables if table not in KEPT]


def all_hidden(tables: Tables) -> list[str]:
    counted = {table: set(columns) for table, columns in tables.items() if {"status", "numerator"} <= set(columns)}
    return [
        f"update published.{table} set status = 'hidden', "
        + ", ".join(f"{name} = null" for name in FIGURES if name in own)
        for table, own in counted.items()
    ] + [f"delete from published.{table}" for table in ("signal", "signal_point", "comparison")]


def one_point(tables: Tables) -> list[str]:
    return [
        f"delete from published.{table} where period_start <> (select max(period_start) from published.{table})"
        for table, columns in tables.items()
        if "period_start" in columns
    ]


def always_all(tables: Tables) -> list[str]:
    counted = {table: set(columns) for table, columns in tables.items() if {"value", "denominator"} <= set(columns)}
    return [
        f"update published.{table} set numerator = denominator, "
        + ", ".join(f"{name} = 100" for name in WHOLE if name in own)
        + " where value is not null"
        for table, own in counted.items()
    ]


EDGES: list[Callable[[Tables], list[str]]] = [nothing_there, all_hidden, one_point, always_all]


@pytest.fixture(scope="module", params=EDGES, ids=lambda edge: edge.__name__)
def store(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Store:
    """A snapshot at that edge."""
    folder: Path = build(tmp_path_factory.mktemp("edge"), RUN_ID)
    for edition in ("internal", "board"):
        with duckdb.connect(str(folder / f"{edition}.duckdb")) as connection:
            tables: Tables = dict(connection.sql(COLUMNS).fetchall())
            for statement in request.param(tables):
                connection.execute(statement)
    return Store(folder.parent, RUN_ID)


@pytest.mark.parametrize("role", SCOPES)
@pytest.mark.parametrize("name", [page.name for page in find_pages()])
def test_every_page_opens_for_every_reader(render: Render, name: str, role: Role) -> None:
    app = render(name, role)
    assert not app.exception
    assert "Complete to 30 Sep 2026, figures as at 3 Oct 2026" in text_of(app)


@pytest.mark.parametrize("view", ["One place", "Service areas"])
@pytest.mark.parametrize("place", ["Whole trust", "Wards", "Brain injury", "Ash ward"])
def test_the_trends_of_every_kind_of_place_open(render: Render, place: str, view: str) -> None:
    assert not render("trends", "qi_lead", place=place, view=view).exception
