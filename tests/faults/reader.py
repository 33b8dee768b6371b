"""A reader of the dashboard: `python -m tests.faults.reader DATA` reads on until its standard input closes.

It stays with a snapshot for a while, as a session does, and then takes the newest. At the end it prints what it read.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import sleep

from dashboard.access import scope_of_role
from dashboard.store import SnapshotError, Store, current, is_published
from pipelines.settings import PROJECT_ROOT, child_environment
from tests.faults.trust import read

LONGEST_SESSION = 20


@dataclass
class Reading:
    """What a reader read: how often, which snapshots, and each error in words; filled when it has ended."""

    pid: int
    reads: int = 0
    snapshots: int = 0
    errors: list[str] = field(default_factory=list)


def read_on(published: Path, has_ended: Event, pause: float) -> dict[str, object]:
    """Reads until `has_ended`; every answer must be of the snapshot asked and agree with itself."""
    chance, run_id, stays = random.Random(os.getpid()), None, 0
    reads, seen, errors = 0, set(), []
    while not has_ended.is_set():
        if stays == 0 or run_id is None or not is_published(published, run_id):
            run_id, stays = current(published), chance.randint(1, LONGEST_SESSION)
        stays -= 1
        try:
            errors += _told_wrong(published, run_id)
        except (SnapshotError, AssertionError) as error:
            errors.append(str(error))
        reads += 1
        seen.add(run_id)
        sleep(pause)
    return {"reads": reads, "snapshots": len(seen), "errors": errors}


def _told_wrong(published: Path, run_id: str | None) -> list[str]:
    if run_id is None:
        return ["nothing was shown"]
    store = Store(published, run_id)
    balance, (present, known) = read(store)
    told = store.snapshot(scope_of_role("executive"))["run_id"].item()
    is_right = told == run_id and balance[0] == sum(balance[1:]) and known == 2 * present
    return [] if is_right else [f"{run_id} told of {told}, {balance}, {present} of {known}"]


@contextmanager
def reading(data: Path, pause: float = 0.0) -> Iterator[Reading]:
    """A reader at work while the block runs."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.reader", str(data), str(pause)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=PROJECT_ROOT,
        env=child_environment(),
    ) as process:
        report = Reading(process.pid)
        yield report
        said, _ = process.communicate(timeout=120)
        for name, value in json.loads(said).items():
            setattr(report, name, value)


def _wait_for_end(has_ended: Event) -> None:
    while os.read(0, 1024):
        pass
    has_ended.set()


if __name__ == "__main__":
    data, pause = sys.argv[1:]
    ended = Event()
    Thread(target=_wait_for_end, args=[ended], daemon=True).start()
    sys.stdout.write(json.dumps(read_on(Path(data) / "published", ended, float(pause))))
