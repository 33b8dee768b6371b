"""Runs, readers and rollbacks for an hour, and whether memory, files or open handles grow.

`python -m tests.faults.soak --minutes 60` prints a line for each run and, at the end, a row of the table in README.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic, sleep

from tests.faults.reader import Reading, reading
from tests.faults.trust import AS_AT, Trust

KEPT = 5
DELIVERIES = 10
ROLLBACK_EACH = 5
WARM_UP_SHARE = 0.3
# What noise of allocators and of DuckDB's blocks of 256 kB may add between the middle and the end.
MAY_GROW = {"files": 0, "megabytes on disk": 8, "memory of a run, MB": 25, "memory of a reader, MB": 25, "handles": 4}


@dataclass(frozen=True)
class Soaked:
    """What an hour did: samples by name, one after each run, and what the readers say."""

    runs: int
    rollbacks: int
    samples: dict[str, list[float]]
    readers: list[Reading]

    def settled(self, name: str) -> tuple[float, float]:
        """The median of a sample in the first third after warming up, and in the last third."""
        series = self.samples[name][int(len(self.samples[name]) * WARM_UP_SHARE) :]
        third = max(1, len(series) // 3)
        return median(series[:third]), median(series[-third:])

    def grown(self) -> dict[str, tuple[float, float]]:
        """What grew beyond noise, from and to."""
        both = {name: self.settled(name) for name in MAY_GROW}
        return {name: (first, last) for name, (first, last) in both.items() if last - first > MAY_GROW[name]}


def soak(trust: Trust, seconds: float, *, pause: float = 0.0, tell: bool = False) -> Soaked:
    """Runs, each with a pause after it, and rolls back now and then, beside two readers, for so many seconds."""
    trust.deliver()
    _involve(trust, "run", "--as-at", AS_AT)
    end, runs, rollbacks = monotonic() + seconds, 1, 0
    samples: dict[str, list[float]] = {name: [] for name in MAY_GROW}
    with reading(trust.data, 0.2) as one, reading(trust.data, 0.2) as other:
        while monotonic() < end:
            if trust.deliveries < DELIVERIES:
                trust.deliver()
            memory = _involve(trust, "run", "--as-at", AS_AT)
            runs += 1
            trust.must_show_the_truth()
            if runs % ROLLBACK_EACH == 0:
                _involve(trust, "rollback")
                rollbacks += 1
            for name, value in _sample(trust, memory, (one, other)).items():
                samples[name].append(value)
            if tell:
                sys.stdout.write(f"{runs} " + ", ".join(f"{name} {values[-1]:.0f}" for name, values in samples.items()))
                sys.stdout.write("\n")
                sys.stdout.flush()
            sleep(pause)
    return Soaked(runs, rollbacks, samples, [one, other])


def _involve(trust: Trust, *arguments: str) -> float:
    """Carries a command out; gives the most memory its process held, in MB."""
    with tempfile.TemporaryFile() as said:
        given = trust.command(*arguments, keep_snapshots=str(KEPT))
        process = subprocess.Popen(**given, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        assert process.returncode == 0, said.read().decode()
    return usage.ru_maxrss / 1024


def _sample(trust: Trust, memory: float, readers: Sequence[Reading]) -> dict[str, float]:
    files = [path for path in trust.data.rglob("*") if path.is_file() and "logs" not in path.parts]
    return {
        "files": len(files),
        "megabytes on disk": sum(path.stat().st_size for path in files) / 2**20,
        "memory of a run, MB": memory,
        "memory of a reader, MB": max(_resident(reader.pid) for reader in readers),
        "handles": max(len(os.listdir(f"/proc/{reader.pid}/fd")) for reader in readers),  # noqa: PTH208
    }


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def say(soaked: Soaked, minutes: float) -> str:
    """The row of README's table."""
    reads, errors = (sum(len(r.errors) if e else r.reads for r in soaked.readers) for e in (False, True))
    settled = "; ".join(
        f"{name} {first:.0f} to {last:.0f}" for name in MAY_GROW for first, last in [soaked.settled(name)]
    )
    tried = f"{soaked.runs} runs, {soaked.rollbacks} rollbacks, {reads:,} reads"
    grown = ", ".join(soaked.grown()) or "nothing"
    return f"| a soak of {minutes:.0f} minutes | {tried} | {errors} errors; grown beyond noise: {grown}; {settled} |"


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--pause", type=float, default=10, help="seconds between runs")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        soaked = soak(Trust(Path(folder)), asked.minutes * 60, pause=asked.pause, tell=True)
    sys.stdout.write(say(soaked, asked.minutes) + "\n")
    for error in [error for reader in soaked.readers for error in reader.errors]:
        sys.stdout.write(f"{error}\n")
    return int(bool(soaked.grown()) or any(reader.errors for reader in soaked.readers))


if __name__ == "__main__":
    sys.exit(main())
