"""A run without data, in memory: every view and check is parsed, ordered and bound as in a real one."""

from datetime import date
from pathlib import Path

from pipelines import ledger
from pipelines.building import Run, begin, build_all
from pipelines.dispositions import derive
from pipelines.feed import discover
from pipelines.loading import make_raw_tables
from pipelines.pseudonyms import Pseudonyms
from pipelines.settings import SQL_ROOT, Settings
from pipelines.suite import read_suite
from pipelines.views import read_views
from pipelines.warehouse import Warehouse


def rehearse(as_at: date) -> tuple[int, int]:
    """How many views and checks there are, all of them in order. Raises ViewError, SuiteError."""
    views, feeds = read_views(SQL_ROOT), discover()
    checks = sum(len(read_suite(feed)) for feed in feeds)
    run, settings = Run("20000101-000000", as_at), Settings()
    with Warehouse(Path(":memory:"), memory_limit="1GB", threads=1) as warehouse:
        ledger.open_ledger(warehouse, Pseudonyms(b"nobody is named in a rehearsal"))
        make_raw_tables(warehouse, feeds)
        begin(warehouse, run, settings, views)
        derive(warehouse, feeds, views)
        build_all(warehouse, views, feeds, run, settings, [])
    return len(views), checks
