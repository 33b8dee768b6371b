"""Tells each event once to each address; what could not be delivered waits in the data folder for the next time.

`alerts.json` of the data folder holds, for each event that lasts, the addresses that still wait for it. An event that
is over leaves the file, so that the next of its kind is told again.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from pipelines.alerts.events import KINDS, Event, standing
from pipelines.alerts.posting import Address, addresses
from pipelines.journal import write_line
from pipelines.settings import Settings

TOLD = "alerts.json"
LOCK = ".alerts-lock"
LINES = 12
FOOT = "Sent once for each event. “involve status” says how things stand; nobody is named in this message."
SEPARATE = "change"  # to those who asked to be told of changes in the figures


@dataclass
class Waiting:
    """Which addresses, by their marks, still wait for which event, by its key; an event known to all waits for none."""

    path: Path
    by_event: dict[str, list[str]]

    def save(self) -> None:
        """Keeps it, at one moment."""
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(self.by_event, indent=1), encoding="utf-8")
        new.replace(self.path)


def tell(settings: Settings, now: datetime) -> tuple[int, int]:
    """Posts what there is to tell; gives how many messages went out and how many could not. Raises SettingsError."""
    to = {
        False: addresses(settings.alerts.to, "alerts.to"),
        True: addresses(settings.alerts.signals_to, "alerts.signals_to"),
    }
    if not any(to.values()) or not settings.data.is_dir():
        return 0, 0
    with alone(settings.data):
        waiting, is_first = _read(settings.data / TOLD)
        events = standing(settings.data, now, is_first=is_first)
        waiting.by_event = {
            event.key: waiting.by_event.get(event.key, [address.mark for address in to[event.kind == SEPARATE]])
            for event in events
        }
        waiting.save()
        sent = [
            _post(settings, waiting, address, kind, [event for event in events if event.kind == kind])
            for is_separate, listed in to.items()
            for address in listed
            for kind in KINDS
            if (kind == SEPARATE) == is_separate
        ]
    return sent.count(True), sent.count(False)


def try_out(settings: Settings) -> list[tuple[str, bool]]:
    """Posts a word to every address of the settings; gives each by its place in them, and whether it was taken."""
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
    with FileLock(data / LOCK, timeout=300):
        yield


def log(settings: Settings, event: str, address: Address, **facts: str | float) -> None:
    """One line about a message; the address stands there by its mark."""
    write_line(settings, f"alerts-{datetime.now(UTC):%Y%m%dT%H%M%SZ}", event, address=address.mark, **facts)


def _post(settings: Settings, waiting: Waiting, address: Address, kind: str, events: Sequence[Event]) -> bool | None:
    """One message for what came of a kind since the last; None where this address waits for nothing of it."""
    new = [event for event in events if address.mark in waiting.by_event[event.key]]
    if not new:
        return None
    is_told = address.post(f"Involvement dashboard: {KINDS[kind][0].lower()}{KINDS[kind][1:]}", _body(new))
    log(settings, "alert_sent" if is_told else "alert_not_delivered", address, kind=kind, events=len(new))
    if is_told:
        for event in new:
            waiting.by_event[event.key].remove(address.mark)
        waiting.save()
    return is_told


def _body(events: Sequence[Event]) -> str:
    more = [f"And {len(events) - LINES} more."] if len(events) > LINES else []
    return "\n\n".join([*(event.sentence for event in events[:LINES]), *more, FOOT])


def _read(path: Path) -> tuple[Waiting, bool]:
    """What waits, and whether this is the first time anybody looks."""
    try:
        return Waiting(path, json.loads(path.read_text(encoding="utf-8"))), False
    except (FileNotFoundError, ValueError):
        return Waiting(path, {}), True
