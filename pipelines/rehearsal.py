"""A run without data, in memory: every view and check is parsed, ordered and bound as in a real one."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.feed import discover
from pipelines.lints import lint
from pipelines.made_tables import house_tables
from pipelines.settings import Settings
from pipelines.views import read_views

if TYPE_CHECKING:
    from pipelines.warehouse import Warehouse


def rehearse(settings: Settings, as_at: date) -> tuple[int, int]:
    """How many views and checks there are, all of them in order. Raises ViewError, SuiteError, SettingsError."""
    views = read_views(settings.sql_root())
    lint(views)
    # What builds is heavy, and not needed where a file is wrong.
    from pipelines.building import Run
    from pipelines.pseudonyms import Pseudonyms
    from pipelines.road import Road, build, judge, prepare
    from pipelines.suite import read_suite
    from pipelines.warehouse import Warehouse

    pseudonyms = Pseudonyms(b"nobody is named in a rehearsal")
    road = Road(Run("20000101-000000", as_at), settings, pseudonyms, discover(), views)
    # Read first, so that a column nobody describes is told before anything is built.
    _ = road.documents
    with Warehouse(Path(":memory:"), memory_limit="1GB", threads=1) as warehouse:
        # Every statement is bound; what it would do with rows need not be planned well, for there are none.
        warehouse.execute("pragma disable_optimizer")
        prepare(warehouse, road.feeds, pseudonyms)
        judge(warehouse, road)
        build(warehouse, road, [], stand_empty)
    return len(road.views), sum(len(read_suite(feed)) for feed in road.feeds)


def stand_empty(warehouse: "Warehouse", _as_at: date, _settings: Settings) -> None:
    """Makes, without a row, the tables that a run computes from published values: views may read them."""
    for table in house_tables():
        if table.types:
            columns = ", ".join(f"{name} {kind}" for name, kind in table.types.items())
            warehouse.execute(f"create or replace table {table.name} ({columns})")
