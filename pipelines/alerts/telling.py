"""Tells each event once to each address; what could not be delivered waits in the data folder for the next time.

`alerts.json` of the data folder holds, for each event that lasts, the addresses that still wait for it. An event that
is over leaves the file, so that the next of its kind is told again.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines import history
from pipelines.alerts.events import KINDS, LASTING_OF_FIGURES, Event, are_figures_readable, standing
from pipelines.alerts.posting import Address, addresses
from pipelines.errors import InvolveError
from pipelines.journal import write_line
from pipelines.lock import BusyError
from pipelines.settings import Settings

TOLD = "alerts.json"
LOCK = ".alerts-lock"
FIGURES_SEEN = "figures_seen"  # stands among the events once changes were looked for, and waits for nobody
ADDRESSES = "addresses"  # stands there too: whom the settings named when somebody last looked
LINES = 12
FOOT = "Sent once for each event. “involve status” says how things stand; nobody is named in this message."
SEPARATE = "change"  # to those who asked to be told of changes in the figures


class TellingError(InvolveError):
    """What was told cannot be kept; the message says what follows and what to do."""


@dataclass
class Waiting:
    """Which addresses, by their marks, still wait for which event, by its key; an event known to all waits for none."""

    path: Path
    by_event: dict[str, list[str]]

    def save(self) -> None:
        """Keeps it, at one moment. Raises TellingError."""
        try:
            keep(self.path, self.by_event)
        except OSError as error:
            raise TellingError(
                f"{self.path} cannot be written: {error.strerror}. What was told now will be told again. Make room in "
                "the data folder."
            ) from error


def tell(settings: Settings, now: datetime) -> tuple[int, int]:
    """Posts what there is to tell; gives how many messages went out and how many could not. Raises SettingsError."""
    to = {
        False: addresses(settings.alerts.to, "alerts.to"),
        True: addresses(settings.alerts.signals_to, "alerts.signals_to"),
    }
    if not any(to.values()) or not settings.data.is_dir():
        return 0, 0
    with alone(settings.data):
        # On a full disk nothing can be entered: what is told then is that the run is late.
        with suppress(OSError):
            history.enter_killed(settings)
        waiting, is_first = _read(settings.data / TOLD)
        events = _note(settings.data, now, waiting, to, is_first=is_first)
        # Posts first: on a full disk people are told, though nothing can be kept of it.
        sent = [
            _post(settings, waiting, address, kind, [event for event in events if event.kind == kind])
            for is_separate, listed in to.items()
            for address in listed
            for kind in KINDS
            if (kind == SEPARATE) == is_separate
        ]
        waiting.save()
    return sent.count(True), sent.count(False)


def _note(data: Path, now: datetime, waiting: Waiting, to: dict[bool, list[Address]], *, is_first: bool) -> list[Event]:
    """Lets addresses wait for what is new; gives all there is.

    Whoever looks for the first time is told what is wrong now. What was long so, older refusals and changes that the
    figures have shown from the start, counts as told. What cannot be looked at now stays as it was.
    """
    known, events = waiting.by_event, standing(data, now)
    can_read = are_figures_readable(data, events)
    is_new_to_figures = is_first or not any(key.startswith((FIGURES_SEEN, f"{SEPARATE}:")) for key in known)
    heard = {event.key for event in standing(data, now, is_first=True)} if is_first else set()

    marks = {is_separate: [address.mark for address in listed] for is_separate, listed in to.items()}
    before = known.get(ADDRESSES, [*marks[False], *marks[True]])

    def waits(event: Event) -> list[str]:
        ours = marks[event.kind == SEPARATE]
        is_old = is_new_to_figures if event.kind == SEPARATE else is_first and event.key not in heard
        if event.key not in known:
            return [] if is_old else [*ours]
        left = [mark for mark in known[event.key] if mark in ours]
        # What an address never took that the settings name no more goes to those that came in its place.
        came = [mark for mark in ours if mark not in before]
        return left if left == known[event.key] else [*left, *came]

    kept = {} if can_read else {key: marks for key, marks in known.items() if key.startswith(LASTING_OF_FIGURES)}
    seen: dict[str, list[str]] = {FIGURES_SEEN: []} if can_read or FIGURES_SEEN in known else {}
    named = {ADDRESSES: [*marks[False], *marks[True]]}
    waiting.by_event = kept | seen | named | {event.key: waits(event) for event in events}
    return events


def try_out(settings: Settings) -> list[tuple[str, str]]:
    """Posts a word to every address of the settings; gives each by its place in them, and the fault if there is one."""
    alerts = settings.alerts
    lists = {"alerts.to": alerts.to, "alerts.signals_to": alerts.signals_to}
    lists |= {f"alerts.digest_to.{role}": urls for role, urls in alerts.digest_to.items()}
    return [
        (f"{setting}, number {number}", address.post("Involvement dashboard: a try", "Alerts reach this address."))
        for setting, urls in lists.items()
        for number, address in enumerate(addresses(urls, setting), 1)
    ]


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Keeps two processes from telling the same; the other is done in moments, so this one waits for it."""
    lock = FileLock(data / LOCK, timeout=300)
    try:
        lock.acquire()
    except Timeout as error:
        raise BusyError(f"Another process has been telling people of {data} for minutes; end it first.") from error
    except OSError:
        pass  # a folder that takes no lock must still be told of; at worst two tell the same
    try:
        yield
    finally:
        lock.release()


def keep(path: Path, told: object) -> None:
    """Writes what was told, at one moment. Raises OSError."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps(told, indent=1), encoding="utf-8")
    new.replace(path)


def log(settings: Settings, event: str, address: Address, **facts: str | float) -> None:
    """One line about a message; the address stands there by its mark."""
    # A log that cannot be written, on a full disk say, must keep nobody from being told.
    with suppress(OSError):
        write_line(settings, f"alerts-{datetime.now(UTC):%Y%m%dT%H%M%SZ}", event, address=address.mark, **facts)


def log_post(settings: Settings, what: str, address: Address, fault: str, **facts: str | float) -> None:
    """One line about what became of a post: `fault` is empty where it was taken."""
    said = {"fault": fault} if fault else {}
    log(settings, f"{what}_not_delivered" if fault else f"{what}_sent", address, **facts, **said)


def _post(settings: Settings, waiting: Waiting, address: Address, kind: str, events: Sequence[Event]) -> bool | None:
    """One message for what came of a kind since the last; None where this address waits for nothing of it."""
    new = [event for event in events if address.mark in waiting.by_event[event.key]]
    if not new:
        return None
    fault = address.post(f"Involvement dashboard: {KINDS[kind][0].lower()}{KINDS[kind][1:]}", _body(new))
    log_post(settings, "alert", address, fault, kind=kind, events=len(new))
    if not fault:
        for event in new:
            waiting.by_event[event.key].remove(address.mark)
        with suppress(TellingError):  # tried again, and told, when all are told
            waiting.save()
    return not fault


def _body(events: Sequence[Event]) -> str:
    more = [f"And {len(events) - LINES} more."] if len(events) > LINES else []
    return "\n\n".join([*(event.sentence for event in events[:LINES]), *more, FOOT])


def _read(path: Path) -> tuple[Waiting, bool]:
    """What waits, and whether this is the first time anybody looks."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Waiting(path, {key: list(marks) for key, marks in told.items()}), False
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        return Waiting(path, {}), True
