"""Who holds the lock on a data folder, written beside it.

The system lets go of the lock of a process that is gone. What stands here lets a holder who never came to the end be
told by the next, and one in whose name the lock is held on though he is gone be told to whoever waits.
"""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

HOLDER = ".lock-holder"


@dataclass(frozen=True)
class Holder:
    """The process that took the lock: its number on its machine, and since when (ISO 8601, UTC)."""

    pid: int
    host: str
    since: str

    @property
    def is_gone(self) -> bool:
        """Whether it is known to have ended; of another machine, and on Windows, that cannot be known."""
        if os.name == "nt" or self.host != socket.gethostname():
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False


def holder(data: Path) -> Holder | None:
    """Who took the lock and has not let go of it."""
    try:
        return Holder(**json.loads((data / HOLDER).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def held(data: Path) -> Iterator[Holder | None]:
    """Writes that this process holds the lock while the block runs; gives who held it before and never let go."""
    left = holder(data)
    ours = Holder(os.getpid(), socket.gethostname(), f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    # The lock itself is the system's: on a full disk who holds it cannot be told, and is held all the same.
    with suppress(OSError):
        (data / HOLDER).write_text(json.dumps(asdict(ours)), encoding="utf-8")
    try:
        yield left
    finally:
        with suppress(OSError):
            (data / HOLDER).unlink(missing_ok=True)


def say_busy(data: Path, lock: str) -> str:
    """Why a process has to wait, in words; `lock` is the file to remove where nobody is left who holds it."""
    found = holder(data)
    if found is None:
        return f"Another run is at work on {data}; try again when it has ended."
    if found.is_gone:
        return (
            f"The lock on {data} was taken by process {found.pid} at {found.since}, which is gone; what it started may "
            f"still be at work. If nothing is, remove {data / lock} and try again."
        )
    return (
        f"Another run is at work on {data} (process {found.pid} on {found.host}, since {found.since}); "
        "try again when it has ended."
    )
