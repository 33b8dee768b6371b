"""What a person at a terminal sees of a command that takes longer than a moment; nobody else is told anything."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

TICK_SECONDS = 1.0
CLEAR_LINE = "\r\x1b[2K"


@contextmanager
def showing(out: TextIO = sys.stderr) -> Iterator[Callable[[str], None]]:
    """Gives what is to be told each step; a step that takes longer shows its seconds until the next."""
    if not out.isatty():
        yield lambda _: None
        return
    steps = _Steps(out)
    ticker = threading.Thread(target=steps.tick, daemon=True)
    ticker.start()
    try:
        yield steps.begin
    finally:
        steps.end()
        ticker.join()


class _Steps:
    """The line at the bottom, rewritten by two threads: the one that works and the one that counts seconds."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._has_ended = threading.Event()
        self._step, self._began = "", monotonic()

    def begin(self, step: str) -> None:
        with self._lock:
            self._write(f"{CLEAR_LINE}  {self._step}\n" if self._step else "")
            self._step, self._began = step, monotonic()
            self._write(f"  {step}")

    def tick(self) -> None:
        while not self._has_ended.wait(TICK_SECONDS):
            with self._lock:
                if self._step:
                    self._write(f"{CLEAR_LINE}  {self._step} ... {monotonic() - self._began:.0f} s")

    def end(self) -> None:
        self._has_ended.set()
        with self._lock:
            self._write(f"{CLEAR_LINE}  {self._step}\n" if self._step else "")

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()
