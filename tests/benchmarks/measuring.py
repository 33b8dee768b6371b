"""What a command costs as a whole: its own processes and those they start."""

import os
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

PAUSE = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True)
class Cost:
    """CPU seconds (user and system), seconds on the clock, and the largest sum of memory at one moment in MB."""

    cpu_seconds: float
    seconds: float
    peak_megabytes: float

    def __str__(self) -> str:
        return f"{self.cpu_seconds:6.1f} s CPU, {self.seconds:6.1f} s, {self.peak_megabytes:6,.0f} MB"


def measure(command: list[str], **environment: str) -> Cost:
    """Runs the command to its end. Raises CalledProcessError with what it said when it fails."""
    before, begun = _cpu_of_children(), perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ | environment)
    peak, ended = [0.0], Event()
    watch = Thread(target=_watch, args=(process.pid, peak, ended))
    watch.start()
    said, _ = process.communicate()
    ended.set()
    watch.join()
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command, said)
    return Cost(_cpu_of_children() - before, perf_counter() - begun, peak[0])


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(pid: int, peak: list[float], ended: Event) -> None:
    while not ended.wait(PAUSE):
        peak[0] = max(peak[0], sum(_megabytes(each) for each in _family(pid)))


def _family(pid: int) -> list[int]:
    """The process and all that descend from it; those that end while we look are left out."""
    found = [pid]
    for each in found:
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def _megabytes(pid: int) -> float:
    """Resident memory; what several processes share counts for each of them."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * resource.getpagesize() / 1e6
