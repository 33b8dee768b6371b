"""A run without data, in memory: every view and check is parsed, ordered and bound as in a real one."""

from datetime import date
from pathlib import Path

from pipelines.feed import discover
from pipelines.lints import lint
from pipelines.settings import Settings
from pipelines.views import read_views


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
        prepare(warehouse, road.feeds, pseudonyms)
        judge(warehouse, road)
        build(warehouse, road, [])
    return len(road.views), sum(len(read_suite(feed)) for feed in road.feeds)
