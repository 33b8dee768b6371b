"""A run without data, in memory: every view and check is parsed, ordered and bound as in a real one."""

from datetime import date
from pathlib import Path

from pipelines.building import Run
from pipelines.feed import discover
from pipelines.lints import lint
from pipelines.pseudonyms import Pseudonyms
from pipelines.road import Road, build, judge, prepare
from pipelines.settings import SQL_ROOT, Settings
from pipelines.suite import read_suite
from pipelines.views import read_views
from pipelines.warehouse import Warehouse


def rehearse(as_at: date) -> tuple[int, int]:
    """How many views and checks there are, all of them in order. Raises ViewError, SuiteError."""
    pseudonyms = Pseudonyms(b"nobody is named in a rehearsal")
    road = Road(Run("20000101-000000", as_at), Settings(), pseudonyms, discover(), read_views(SQL_ROOT))
    lint(road.views)
    # Read first, so that a column nobody describes is told before anything is built.
    _ = road.documents
    with Warehouse(Path(":memory:"), memory_limit="1GB", threads=1) as warehouse:
        prepare(warehouse, road.feeds, pseudonyms)
        judge(warehouse, road)
        build(warehouse, road, [])
    return len(road.views), sum(len(read_suite(feed)) for feed in road.feeds)
