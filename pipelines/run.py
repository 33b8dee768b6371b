"""One run: load, judge, check, build, publish. The order of steps, the lock and the run's record; no step's work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines import ledger
from pipelines.building import Run, begin, build_all
from pipelines.checks import Checking, Verdict, checking, must_agree
from pipelines.dispositions import derive
from pipelines.errors import InvolveError
from pipelines.feed import Feed, discover
from pipelines.landing import look
from pipelines.loading import Loader, load_all, make_raw_tables
from pipelines.pseudonyms import Pseudonyms
from pipelines.publish import PUBLISHED, clear_unfinished, next_run_id, publish
from pipelines.settings import SQL_ROOT, Settings, SettingsError
from pipelines.views import View, read_views
from pipelines.warehouse import Warehouse

WAREHOUSE = "warehouse.duckdb"
LEDGER = "ledger.jsonl"


class RunError(InvolveError):
    """The run could not be carried out; the message says why and what to do."""


@dataclass
class Report:
    """What a run did: `new` files, what was `left_out` in words, `gates` that failed, and where the snapshot is."""

    run_id: str
    as_at: date
    new: list[ledger.Entry] = field(default_factory=list)
    left_out: tuple[str, ...] = ()
    gates: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    held_back: list[tuple[str, str, int]] = field(default_factory=list)
    snapshot: Path | None = None

    @property
    def failures(self) -> list[ledger.Entry]:
        """New files that did not load."""
        return [entry for entry in self.new if entry.outcome in ("refused", "unread")]

    @property
    def exit_code(self) -> int:
        """1 when something new was refused or a gate failed, else 0."""
        return 1 if self.failures or self.gates else 0


Tell = Callable[[str], None]


def run(settings: Settings, as_at: date, *, only: str | None = None, tell: Tell) -> Report:
    """Carries out one run over `settings.landing` into `settings.data`; `tell` is given each step in words.

    Raises RunError, SettingsError, CheckError, ViewError, WarehouseError; then what was published before stands.
    """
    pseudonyms = Pseudonyms(settings.secret())
    feeds = discover()
    taken = [feed.name for feed in feeds if only in (None, feed.name)]
    if not taken:
        raise SettingsError(f"There is no feed '{only}'; the feeds are {', '.join(feed.name for feed in feeds)}.")
    if not settings.landing.is_dir():
        raise SettingsError(f"The landing folder {settings.landing} is not there.")
    views = read_views(SQL_ROOT)
    with _lock(settings.data), checking(settings.memory_limit, settings.threads) as checker:
        clear_unfinished(settings.data / PUBLISHED)
        report, counts = _load(settings, pseudonyms, feeds, taken, views, as_at, tell)
        tell("Checking with Great Expectations")
        verdicts = _verdicts(checker, settings, feeds, counts)
        _build(settings, feeds, views, verdicts, report, tell)
    return report


@contextmanager
def _lock(data: Path) -> Iterator[None]:
    lock = FileLock(data / ".lock", timeout=0)
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise RunError(f"Another run is at work on {data}; try again when it has ended.") from error
    except OSError as error:
        raise RunError(f"The data folder {data} cannot be written: {error.strerror}.") from error
    try:
        yield
    finally:
        lock.release()


def _open(settings: Settings) -> Warehouse:
    return Warehouse(settings.data / WAREHOUSE, memory_limit=settings.memory_limit, threads=settings.threads)


def _load(
    settings: Settings,
    pseudonyms: Pseudonyms,
    feeds: tuple[Feed, ...],
    taken: list[str],
    views: tuple[View, ...],
    as_at: date,
    tell: Tell,
) -> tuple[Report, dict[str, dict[str, int]]]:
    with _open(settings) as warehouse:
        ledger.open_ledger(warehouse, pseudonyms)
        ledger.remember(warehouse, settings.data / LEDGER)
        make_raw_tables(warehouse, feeds)
        last = warehouse.value("select max(run_id) from ledger.run")
        report = Report(next_run_id(settings.data / PUBLISHED, last, datetime.now(UTC)), as_at)
        ledger.begin_run(warehouse, report.run_id, as_at)
        found = look(settings.landing, taken, [feed.name for feed in feeds])
        report.left_out = found.left_out
        loader = Loader(warehouse, pseudonyms, report.run_id, settings.refuse_above)
        unread = []
        for entry in load_all(loader, feeds, ledger.by_arrival(warehouse, found.deliveries)):
            tell(f"{entry.outcome.replace('_', ' ').capitalize()}: {entry.feed}/{entry.file_name}")
            if entry.outcome == "unread":
                unread.append(entry)
        report.new = ledger.since_last_finished_run(warehouse) + unread
        ledger.save_copy(warehouse, settings.data / LEDGER)
        begin(warehouse, Run(report.run_id, as_at), settings, views)
        tell("Judging every row")
        return report, derive(warehouse, feeds, views)


def _verdicts(
    checker: Checking, settings: Settings, feeds: tuple[Feed, ...], counts: dict[str, dict[str, int]]
) -> list[Verdict]:
    verdicts = checker.verdicts(settings.data / WAREHOUSE)
    for feed in feeds:
        must_agree(feed, verdicts, counts[feed.name])
    return verdicts


def _build(
    settings: Settings,
    feeds: tuple[Feed, ...],
    views: tuple[View, ...],
    verdicts: list[Verdict],
    report: Report,
    tell: Tell,
) -> None:
    with _open(settings) as warehouse:
        tell("Building figures")
        report.gates = build_all(warehouse, views, feeds, Run(report.run_id, report.as_at), settings, verdicts)
        tell("Publishing")
        _summarise(warehouse, report)
        manifest = _manifest(warehouse, report)
        report.snapshot = publish(warehouse, views, settings.data / PUBLISHED, manifest, is_gated=bool(report.gates))
        ledger.end_run(warehouse, report.run_id, is_published=not report.gates)


def _summarise(warehouse: Warehouse, report: Report) -> None:
    """Reads the report's figures off the tables that are about to be published."""
    columns = ("rows_in", "rows_loaded", "rows_quarantined", "rows_duplicate", "rows_superseded")
    sums = ", ".join(f"coalesce(sum({column}), 0)" for column in columns)
    totals = warehouse.rows(
        f"select {sums} from published.load_file where edition = 'internal' and outcome = 'loaded'"
    )[0]
    report.rows = dict(zip(columns, map(int, totals), strict=True))
    report.held_back = [
        (feed, rule, int(count))
        for feed, rule, count in warehouse.rows(
            "select feed, rule, rows_count from dispositions.reason_count order by feed, rule"
        )
    ]


def _manifest(warehouse: Warehouse, report: Report) -> dict[str, object]:
    started_at = warehouse.value("select started_at from ledger.run where run_id = ?", [report.run_id])
    files, checks = (
        warehouse.frame(
            f"select * exclude (edition) from published.{name} where edition = 'internal' order by all"
        ).to_dicts()
        for name in ("load_file", "check_result")
    )
    return {
        "run_id": report.run_id,
        "as_at": report.as_at.isoformat(),
        "started_at": started_at.isoformat(timespec="seconds") + "+00:00",
        "is_published": not report.gates,
        "files": files,
        "counts": report.rows,
        "checks": checks,
    }
