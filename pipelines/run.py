"""One run: load, judge, check, build, publish. The order of steps, the lock and the run's record; no step's work."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import chain
from pathlib import Path

from pipelines import history, ledger, loading
from pipelines.building import Run
from pipelines.checks import Verdict, checking, must_agree
from pipelines.documents import document
from pipelines.feed import Feed, discover
from pipelines.journal import DIGITS_OF_A_FILE, write_line
from pipelines.landing import LandingError, look
from pipelines.ledger_copy import LEDGER, LedgerCopy, LedgerError, read_copy
from pipelines.lints import lint
from pipelines.lock import locked
from pipelines.lock_holder import Holder
from pipelines.pseudonyms import Pseudonyms
from pipelines.publish import PUBLISHED, begin, clear_unfinished, next_run_id, publish
from pipelines.retention import remove_old
from pipelines.road import Road, build, judge, load, prepare
from pipelines.settings import Settings, SettingsError
from pipelines.tombstones import bury
from pipelines.views import View, read_views
from pipelines.warehouse import Warehouse

WAREHOUSE = "warehouse.duckdb"


@dataclass
class Report:
    """What a run did: `new` files, what was `left_out` in words, `gates` that failed, and where the snapshot is."""

    run_id: str
    as_at: date
    new: list[ledger.Entry] = field(default_factory=list)
    left_out: tuple[str, ...] = ()
    gates: list[str] = field(default_factory=list)
    has_new_gate: bool = False
    rows: dict[str, int] = field(default_factory=dict)
    held_back: list[tuple[str, str, int]] = field(default_factory=list)
    snapshot: Path | None = None
    notes: tuple[str, ...] = ()

    @property
    def failures(self) -> list[ledger.Entry]:
        """New files that did not load."""
        return [entry for entry in self.new if entry.outcome in ("refused", "unread")]

    @property
    def exit_code(self) -> int:
        """1 when something new was refused, or a gate failed anew or in spite of new files; else 0."""
        return 1 if self.failures or (self.gates and (self.has_new_gate or self.new)) else 0


Tell = Callable[[str], None]


class LandingGoneError(SettingsError):
    """There is no landing folder, or nothing is left in it: it was never there, or the share it lies on is down."""

    is_transient = True


def run(settings: Settings, as_at: date, *, only: Collection[str] = (), tell: Tell) -> Report:
    """Carries out one run over `settings.landing` into `settings.data`; `tell` is given each step in words.

    New files are taken of the feeds `only`, of all unless given.

    Raises DataFolderError, SettingsError, CheckError, ViewError, WarehouseError; then what was published before stands.
    """
    journey = Journey(settings, Pseudonyms(settings.secret()), as_at, tell)
    feeds = [feed.name for feed in journey.feeds]
    for name in only:
        if name not in feeds:
            raise SettingsError(f"There is no feed '{name}'; the feeds are {', '.join(feeds)}.")
    must_be_there(settings.landing)
    _must_not_be_emptied(settings, feeds)
    with locked(settings.data) as left:
        return replace(journey, left=left).go([name for name in feeds if name in only or not only])


def must_be_there(landing: Path) -> None:
    """Raises LandingGoneError where there is no landing folder."""
    if not landing.is_dir():
        raise LandingGoneError(f"The landing folder {landing} is not there.")


def _must_not_be_emptied(settings: Settings, feeds: list[str]) -> None:
    """Raises LandingGoneError where files were loaded and none is left: so a share looks that is not mounted."""
    try:
        known = [arrival for arrival in read_copy(settings.data / LEDGER).arrivals if arrival.outcome != "refused"]
        found = look(settings.landing, feeds, feeds)
    except (LedgerError, LandingError):
        return  # the run says so itself
    if known and not (settings.landing_may_be_empty or found.deliveries or found.unreadable):
        files = "1 file was" if len(known) == 1 else f"{len(known):,} files were"
        raise LandingGoneError(
            f"The landing folder {settings.landing} is empty, though {files} loaded from it: is the share mounted? "
            "Where it is emptied on purpose, set landing_may_be_empty = true."
        )


@dataclass(frozen=True)
class Journey:
    """A run whose data folder is locked, from the landing folder to the pointer."""

    settings: Settings
    pseudonyms: Pseudonyms
    as_at: date
    tell: Tell
    feeds: tuple[Feed, ...] = field(default_factory=discover)
    left: Holder | None = None

    @cached_property
    def views(self) -> tuple[View, ...]:
        """Every view, in the order in which they are built."""
        return read_views(self.settings.sql_root())

    @property
    def published(self) -> Path:
        """Where snapshots are put."""
        return self.settings.data / PUBLISHED

    def go(self, taken: list[str], home: Path | None = None, remembered: LedgerCopy | None = None) -> Report:
        """Takes the feeds `taken` the whole way; `home` holds warehouse and ledger: the data folder unless given.

        What is `remembered` of files that the warehouse does not know still stands: the folder's ledger unless given.
        """
        report, began = Report("", self.as_at), datetime.now(UTC)
        history.next_by(self.settings, began)  # a schedule that cannot be read is told before anything is done
        try:
            lint(self.views)
            document(self.views, self.feeds)
            self._go(taken, home or self.settings.data, remembered, report)
        except BaseException as error:
            if report.run_id:
                with suppress(OSError):
                    clear_unfinished(self.published)
                # A log that cannot be written, on a full disk say, must not hide what went wrong.
                with suppress(OSError):
                    self._log(report, "run_failed", error=type(error).__name__)
            with suppress(OSError):
                history.enter(self.settings, report, began, error)
            raise
        history.enter(self.settings, report, began)
        return report

    def _go(self, taken: list[str], home: Path, remembered: LedgerCopy | None, report: Report) -> None:
        with checking(self.settings.memory_limit, self.settings.threads) as checker:
            road, counts = self._load(taken, home, remembered, report)
            self.tell("Checking with Great Expectations")
            self._log(report, "judged", feeds=len(counts))
            verdicts = checker.verdicts(home / WAREHOUSE)
            for feed in self.feeds:
                must_agree(feed, verdicts, counts[feed.name])
            self._build(road, verdicts, report, home)

    def _open(self, home: Path) -> Warehouse:
        return Warehouse(home / WAREHOUSE, memory_limit=self.settings.memory_limit, threads=self.settings.threads)

    def _load(
        self, taken: list[str], home: Path, given: LedgerCopy | None, report: Report
    ) -> tuple[Road, dict[str, dict[str, int]]]:
        with self._open(home) as warehouse:
            ledger.check_key(warehouse, self.pseudonyms)
            remembered = given or ledger.read_remembered(warehouse, home / LEDGER, self.pseudonyms)
            clear_unfinished(self.published)
            prepare(warehouse, self.feeds, self.pseudonyms)
            bury(warehouse, remembered.tombstones)
            last = warehouse.value("select max(run_id) from ledger.run")
            report.run_id = next_run_id(self.published, last, datetime.now(UTC))
            begin(self.published, report.run_id)
            road = Road(Run(report.run_id, self.as_at), self.settings, self.pseudonyms, self.feeds, self.views)
            ledger.begin_run(warehouse, report.run_id, self.as_at)
            self._log(report, "run_started", as_at=self.as_at.isoformat())
            if self.left:
                self._log(report, "lock_left_behind", pid=self.left.pid, since=self.left.since)
                history.enter_cut_off(self.settings.data, self.left.since)
            self._take_in(warehouse, road, taken, remembered, report)
            ledger.save_copy(warehouse, home / LEDGER, remembered)
            self.tell("Judging every row")
            return road, judge(warehouse, road)

    def _take_in(
        self, warehouse: Warehouse, road: Road, taken: list[str], remembered: LedgerCopy, report: Report
    ) -> None:
        found = look(self.settings.landing, taken, [feed.name for feed in self.feeds])
        lost = ledger.not_met(warehouse, remembered)
        unread = []
        folders = (loading.unread(feed, "", error) for feed, error in found.unreadable)
        for entry in chain(folders, load(warehouse, road, found.deliveries, lost)):
            digest = entry.sha256[:DIGITS_OF_A_FILE]
            facts: dict[str, str | float] = {
                "feed": entry.feed,
                "file": digest,
                "outcome": entry.outcome,
                "rows_in": entry.rows_in,
            }
            self._log(report, "file", **facts)
            self.tell(f"{entry.outcome.replace('_', ' ').capitalize()}: {entry.feed}/{entry.file_name}")
            if entry.outcome == "unread":
                unread.append(entry)
        old_news = {arrival.identity for arrival in lost if arrival.outcome == "refused"}
        entered = [entry for entry in ledger.since_last_finished_run(warehouse) if entry.identity not in old_news]
        new_unread = ledger.keep_unread(warehouse, road.run.run_id, taken, unread)
        report.new = entered + new_unread
        report.left_out = (
            *found.left_out,
            *(entry.message.rstrip(".") for entry in unread if entry not in new_unread),
            *(
                f"{arrival.feed}/{arrival.file_name}: it was loaded before and is no longer there as it was"
                for arrival in ledger.not_met(warehouse, remembered)
                if arrival.feed in taken
            ),
        )

    def _build(self, road: Road, verdicts: list[Verdict], report: Report, home: Path) -> None:
        with self._open(home) as warehouse:
            self.tell("Building figures")
            report.gates = build(warehouse, road, verdicts)
            self.tell("Publishing")
            _summarise(warehouse, report)
            manifest = _manifest(warehouse, report)
            self._log(report, "built", failed_gates=len(report.gates), **report.rows)
            report.snapshot = publish(warehouse, self.views, self.published, manifest, is_gated=bool(report.gates))
            report.has_new_gate = ledger.new_gates(warehouse, report.run_id, report.gates)
            if not report.gates:
                ledger.keep_published_rows(warehouse, report.run_id)
            ledger.end_run(warehouse, report.run_id, is_published=not report.gates)
        self._log(report, "run_ended", is_published=not report.gates, exit_code=report.exit_code)
        report.notes += remove_old(self.settings)

    def _log(self, report: Report, event: str, **facts: str | float) -> None:
        write_line(self.settings, report.run_id, event, **facts)


def _summarise(warehouse: Warehouse, report: Report) -> None:
    """Reads the report's figures off the tables that are about to be published."""
    columns = ("rows_in", "rows_loaded", "rows_quarantined", "rows_duplicate", "rows_superseded")
    sums = ", ".join(f"coalesce(sum({column}), 0)" for column in columns)
    totals = warehouse.rows(
        f"select {sums} from published.load_file where edition = 'internal' and outcome in ('loaded', 'waiting')"
    )[0]
    report.rows = dict(zip(columns, map(int, totals), strict=True))
    waiting = {
        tuple(file): message
        for *file, message in warehouse.rows(
            "select feed, file_name, sha256, message from published.load_file "
            "where edition = 'internal' and outcome = 'waiting'"
        )
    }
    report.new = [
        replace(entry, outcome="waiting", message=waiting[file]) if file in waiting else entry
        for entry in report.new
        for file in [(entry.feed, entry.file_name, entry.sha256)]
    ]
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
