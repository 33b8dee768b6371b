"""A small snapshot on disk, and pages run against it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Role, Scope, scope_of_role
from dashboard.store import Store
from pipelines.settings import load
from tests.dashboard.snapshot import build

RUN_ID = "20261103-061002"
Render = Callable[..., AppTest]


def page(name: str, scope: "Scope", store: "Store") -> None:
    """What AppTest runs: one page for one reader."""
    from importlib import import_module

    from dashboard import filters

    found = import_module(f"dashboard.pages.{name}")
    filters.bar(found.FILTERS, store.places(scope), store.indicators(scope))
    found.render(scope, store)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one snapshot."""
    folder = tmp_path_factory.mktemp("data")
    build(folder, RUN_ID)
    return folder


@pytest.fixture(scope="session")
def store(data: Path) -> Store:
    """That snapshot."""
    return Store(data / "published", RUN_ID)


@pytest.fixture
def render(store: Store) -> Render:
    """Runs a page for a reader with filters in the address."""

    def run(name: str, role: Role, **filters: str) -> AppTest:
        scope = scope_of_role(role, "T1" if role == "qi_lead" else None)
        app = AppTest.from_function(page, kwargs={"name": name, "scope": scope, "store": store}, default_timeout=60)
        for key, value in filters.items():
            app.query_params[key] = value
        return app.run()

    return run


@pytest.fixture
def settings(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Settings that name the data folder, read anew before and after."""
    monkeypatch.setenv("INVOLVE_DATA", str(data))
    none = data / "none.toml"
    none.touch()
    monkeypatch.setenv("INVOLVE_CONFIG", str(none))
    load.cache_clear()
    yield monkeypatch
    load.cache_clear()


def drawn_rows(app: AppTest, number: int) -> list[dict[str, Any]]:
    """The rows a chart of the page is filled with: they go to the browser apart from its specification."""
    sent = app.get("vega_lite_chart")[number].proto.data.data
    rows: list[dict[str, Any]] = polars.read_ipc_stream(sent).to_dicts()
    return rows


def text_of(app: AppTest) -> str:
    """All an app run wrote as HTML, less its stylesheet and what tables say of their parts for a narrow screen."""
    told = "\n".join(element.value for element in app.html if not element.value.startswith("<style"))
    return re.sub(r' (data-heading|role)="[^"]*"', "", told)
