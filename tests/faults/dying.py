"""`involve` that dies by SIGKILL just before one of its writes: `python -m tests.faults.dying N FILE run ...`.

A write is a statement to the warehouse, the end of a transaction, or a change to the folder that Python makes; the
N-th is died before. What each write was stands in FILE, a line for each, so that a first run, with an N that is never
reached, tells them all.
"""

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path

from pipelines import cli
from pipelines.warehouse import Warehouse

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "shutil.rmtree"}
WRITING = os.O_WRONLY | os.O_RDWR


class Life:
    """Counts writes and ends at the last."""

    def __init__(self, writes: int, told: Path) -> None:
        self.left = writes
        self.told = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)

    def write(self, what: str) -> None:
        os.write(self.told, what.encode() + b"\n")
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def heard(self, event: str, arguments: tuple[object, ...]) -> None:
        """What Python itself does to a folder."""
        inside = str(Path.cwd())
        path = os.fspath(arguments[0]) if arguments and isinstance(arguments[0], str | Path) else ""
        is_opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if (event in CHANGES or is_opened) and str(path).startswith((inside, "data")):
            self.write(f"{event} {Path(str(path)).name}")


def listen(life: Life) -> None:
    """Lets `life` hear of every write from now on."""
    execute, transaction = Warehouse.execute, Warehouse.transaction

    def dying(self: Warehouse, sql: str, params: object = None) -> None:
        life.write(" ".join(sql.split())[:60])
        execute(self, sql, params)  # type: ignore[arg-type]

    @contextmanager
    def ending(self: Warehouse):  # type: ignore[no-untyped-def]
        with transaction(self):
            yield
            life.write("commit")

    Warehouse.execute, Warehouse.transaction = dying, ending  # type: ignore[method-assign]
    sys.addaudithook(life.heard)


if __name__ == "__main__":
    number, file, *arguments = sys.argv[1:]
    listen(Life(int(number), Path(file)))
    sys.argv = ["involve", *arguments]
    cli.main()
