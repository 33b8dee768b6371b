"""Keeps runs coming at their times until told to stop: one at a time, missed ones made up once, some faults retried.

APScheduler wakes at the times of `timetable`. Up to when each entry's times are dealt with stands in `schedule.json`
of the data folder, so that one run makes up for all that were missed while nothing was there to start them.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from filelock import FileLock, Timeout

from pipelines import history
from pipelines.errors import STOPPED, TRY_AGAIN
from pipelines.journal import write_line
from pipelines.lock import BusyError, DataFolderError
from pipelines.scheduling import timetable
from pipelines.settings import Appointment, Settings, SettingsError, child_environment, config_for_children

HANDLED = "schedule.json"
LOCK = ".schedule-lock"
STOPS_WITHIN_SECONDS = 45
WATCH_EVERY_MINUTES = 5
Command = list[str]


class Keeper:
    """The schedule of one data folder. `stop` may be called from a signal's handler."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.crons = timetable.read(settings)
        self.id = f"schedule-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        self.stopping = Event()
        self._one_at_a_time = Lock()
        self._handled: dict[str, str] = {}  # what a full disk did not take
        self._child: subprocess.Popen[bytes] | None = None

    def stop(self) -> None:
        """Ends the run at work, which any moment allows, and lets nothing begin."""
        self.stopping.set()
        child = self._child
        if child and child.poll() is None:
            child.terminate() if os.name == "nt" else child.send_signal(signal.SIGINT)

    def is_due(self, name: str, now: datetime) -> bool:
        """Whether a time of the entry has passed that is not dealt with; times before it was first seen are not."""
        handled = (_read_handled(self.settings.data) | self._handled).get(name)
        until = datetime.fromisoformat(handled) if handled else None
        if until is None or until > now:  # the second: somebody set the clock back
            self._handle(name, now)
            return False
        due = self.crons[name].after(until)
        return due is not None and due <= now

    def carry_out(self, entry: Appointment) -> None:
        """One run of an entry that is due, with retries, and what is to be told of it, whatever became of it."""
        try:
            with self._one_at_a_time:
                self._carry_out(entry)
        finally:
            self.tell()

    def _carry_out(self, entry: Appointment) -> None:
        began = datetime.now(UTC)
        if self.stopping.is_set() or not self.is_due(entry.name, began):
            return
        due_id = f"{entry.name}-{began:%Y%m%dT%H%M%SZ}"
        code = self._try(entry, due_id)
        self.log(due_id, "due_ended", schedule=entry.name, exit_code=code)
        if self.stopping.is_set() and code not in (0, 1, 2):
            return  # not dealt with: made up when the schedule is kept again
        self._enter(began, code)
        self._handle(entry.name, began)

    def _enter(self, began: datetime, code: int) -> None:
        """Enters into the history what a run could not say of itself; that of one that was killed speaks of another."""
        since = history.moment(began)
        # On a full disk nothing can be entered: what is told then is that the run is late.
        with suppress(OSError):
            said = any(record.started_at >= since for record in history.read(self.settings.data, 5))
            if code < 0 or not said:
                history.enter_failure(self.settings, began, _word_for(code))

    def tell(self) -> None:
        """Sends what there is to tell, in a process of its own for the same reasons."""
        if not self.stopping.is_set():
            self._run_child([sys.executable, "-m", "pipelines.cli", "alerts", "--quiet"], is_run=False)

    def log(self, run_id: str, event: str, **facts: str | float) -> None:
        """One line; an occasion has an id of its own until its run has one."""
        # A log that cannot be written, on a full disk say, must keep no run from coming.
        with suppress(OSError):
            write_line(self.settings, run_id, event, **facts)

    def log_error(self, event: JobExecutionEvent) -> None:
        """An error nobody foresaw ends one occasion, not the schedule."""
        self.log(self.id, "schedule_error", schedule=event.job_id, error=type(event.exception).__name__)

    def _try(self, entry: Appointment, due_id: str) -> int:
        """Runs until it came to an end that stays: what may pass is tried again, and once also what was killed."""
        pauses, was_killed = list(self.settings.retry_after_minutes), False
        while True:
            self.log(due_id, "due", schedule=entry.name)
            code = self._run_child([sys.executable, "-m", "pipelines.scheduling.attempt", *entry.feeds], is_run=True)
            is_killed_anew = code < 0 and not was_killed
            if self.stopping.is_set() or not (is_killed_anew or (code == TRY_AGAIN and pauses)):
                return code
            was_killed = was_killed or is_killed_anew
            pause = pauses.pop(0) if pauses else 0
            self.log(due_id, "put_off", schedule=entry.name, seconds=pause * 60)
            if self.stopping.wait(pause * 60):
                return STOPPED

    def _run_child(self, command: Command, *, is_run: bool) -> int:
        """A process of ours to its end; in a session of its own, so Ctrl-C reaches it through `stop` alone."""
        child = subprocess.Popen(command, env=self._environment(), stdin=subprocess.DEVNULL, start_new_session=True)
        if is_run:
            self._child = child
            if self.stopping.is_set():
                self.stop()
        while not self.stopping.is_set():
            with suppress(subprocess.TimeoutExpired):
                return child.wait(timeout=1)
        try:
            return child.wait(timeout=STOPS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            return child.wait()

    def _environment(self) -> dict[str, str]:
        folders = {"INVOLVE_DATA": str(self.settings.data), "INVOLVE_LANDING": str(self.settings.landing)}
        return child_environment(**config_for_children(), **folders)

    def _handle(self, name: str, until: datetime) -> None:
        self._handled |= {name: until.isoformat()}
        path = self.settings.data / HANDLED
        kept = {known: at for known, at in _read_handled(self.settings.data).items() if known in self.crons}
        new = path.with_suffix(".new")
        try:
            new.write_text(json.dumps(kept | self._handled, indent=1), encoding="utf-8")
            new.replace(path)
        except OSError as error:
            self.log(self.id, "schedule_not_kept", schedule=name, error=type(error).__name__)
        else:
            self._handled = {}


def keep(settings: Settings, say: Callable[[str], None]) -> None:
    """Keeps the schedule until SIGTERM or Ctrl-C; `say` is given what somebody at a terminal wants to know.

    Raises SettingsError where there is no schedule or none that can be read, DataFolderError where another process
    keeps it already.
    """
    if not settings.schedule:
        raise SettingsError(
            "There is no schedule. Write into involve.toml, for example:\n"
            '[[schedule]]\nname = "night"\ncron = "15 5 * * *"   # London time; feeds = ["meetings"] for some only'
        )
    timetable.must_know_feeds(settings)
    keeper = Keeper(settings)
    with _alone(settings.data):
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: keeper.stop())
        scheduler = _scheduler(keeper)
        scheduler.start()
        keeper.log(keeper.id, "schedule_began", entries=len(settings.schedule))
        for entry, at in timetable.next_runs(settings, datetime.now(UTC)):
            say(f"{entry.name}: next on {at:%A %-d %B at %H:%M}")
        while not keeper.stopping.wait(3600):
            pass
        scheduler.shutdown(wait=True)
        keeper.log(keeper.id, "schedule_ended")
    say("Stopped.")


def _scheduler(keeper: Keeper) -> BackgroundScheduler:
    """Runs in one thread, so they wait for each other; watching in another, so that a run that hangs is told."""
    scheduler = BackgroundScheduler(
        timezone=timetable.LONDON,
        executors={"default": ThreadPoolExecutor(1), "watch": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    now = datetime.now(UTC)
    for entry in keeper.settings.schedule:
        cron = keeper.crons[entry.name]
        first = now if keeper.is_due(entry.name, now) else cron.after(now)
        scheduler.add_job(keeper.carry_out, cron, args=[entry], id=entry.name, next_run_time=first)
    # Waking often also finds a time that passed while the machine slept or its clock was set.
    often = {"minutes": WATCH_EVERY_MINUTES, "next_run_time": now}
    scheduler.add_job(keeper.tell, "interval", id="watch", executor="watch", **often)
    scheduler.add_listener(keeper.log_error, EVENT_JOB_ERROR)
    return scheduler


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    lock = FileLock(data / LOCK, timeout=0)
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise BusyError(f"Another process keeps the schedule of {data}; end it first.") from error
    except OSError as error:
        raise DataFolderError(f"The data folder {data} cannot be written: {error.strerror}.") from error
    try:
        yield
    finally:
        lock.release()


def _read_handled(data: Path) -> dict[str, str]:
    try:
        handled = json.loads((data / HANDLED).read_text(encoding="utf-8"))
        return {name: at for name, at in handled.items() if datetime.fromisoformat(at).tzinfo}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}  # at worst a run that was missed is not made up, and the next comes at its time


def _word_for(code: int) -> str:
    if code == TRY_AGAIN:
        return "not_possible_for_now"
    if code < 0:
        return f"ended_by_signal_{-code}"
    return "wrong_use" if code == 2 else f"exit_code_{code}"
