"""python -m tests.benchmarks.checking: what an analyst waits for who types `involve check`, beside a floor.

Medians of seven runs of the whole command, seconds by the clock and of the processors. The floor is a process that
imports the three libraries which no such check could do without, and ends.
"""

import os
import sys
from pathlib import Path
from statistics import median

from tests.benchmarks.measuring import measure

ROUNDS = 7
FLOOR = [sys.executable, "-c", "import duckdb, pydantic, sqlglot.dialects.duckdb"]
CHECK = [str(Path(sys.executable).with_name("involve")), "check"]


def main() -> int:
    rounds = [(measure(CHECK), measure(FLOOR)) for _ in range(ROUNDS)]
    for name, costs in zip(("involve check", "floor: imports"), zip(*rounds, strict=True), strict=True):
        clock, cpu = (median(getattr(cost, part) for cost in costs) for part in ("seconds", "cpu_seconds"))
        sys.stdout.write(f"{name:15} {clock:5.2f} s, {cpu:5.2f} s of processors\n")
    sys.stdout.write(f"load of the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
