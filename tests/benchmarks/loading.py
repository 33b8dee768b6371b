"""python -m tests.benchmarks.loading --rows N: a whole run on N attendance rows, beside plain DuckDB statements.

Both are whole processes over the same files: from CSV to checked tables and a monthly table. CPU seconds are user and
system, children included; memory is the largest sum over all processes at one moment. No test has a clock in it.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import duckdb

from tests.benchmarks.measuring import Cost, measure
from tests.benchmarks.register import write_landing

KEY = "a key for measuring, of no use to anyone"
AS_AT = "2026-07-10"


def main() -> int:
    parser = argparse.ArgumentParser(description="A whole run on many attendance rows, beside plain statements.")
    parser.add_argument("--rows", type=int, default=1_000_000, help="attendance rows (1,000,000 unless told)")
    parser.add_argument("--runs", type=int, default=1, help="how often each is run; the median is told")
    parser.add_argument("--folder", type=Path, help="where the files go; a temporary folder unless told")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        landing = write_landing(Path(folder) / "landing", asked.rows)
        costs = [_costs(landing, Path(folder), number) for number in range(asked.runs)]
    floor, ours, importing = (_median([each[place] for each in costs]) for place in range(3))
    beyond = ours.cpu_seconds - importing.cpu_seconds
    lines = [
        f"{asked.rows:,} attendance rows, from CSV to checked tables and a monthly table",
        f"plain DuckDB statements:            {floor}",
        f"import of Great Expectations alone: {importing}",
        f"a whole run:                        {ours}",
        f"a whole run beyond that import: {beyond / floor.cpu_seconds:.1f} times the CPU of the plain statements",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _costs(landing: Path, folder: Path, number: int) -> tuple[Cost, Cost, Cost]:
    data = folder / f"data-{number}"
    data.mkdir()
    plain = measure([sys.executable, "-m", "tests.benchmarks.plain_statements", str(landing), str(data / "plain")])
    importing = measure([sys.executable, "-c", "import great_expectations"])
    whole = measure(
        [
            sys.executable,
            "-m",
            "pipelines.cli",
            "run",
            "--as-at",
            AS_AT,
            "--landing",
            str(landing),
            "--data",
            str(data),
        ],
        INVOLVE_PSEUDONYM_KEY=KEY,
    )
    _must_have_counted(data)
    shutil.rmtree(data)
    return plain, whole, importing


def _must_have_counted(data: Path) -> None:
    """Both give the same months, else there is nothing to compare."""
    with duckdb.connect(data / "plain", read_only=True) as plain:
        want = plain.sql("select * from monthly order by all").fetchall()
    with duckdb.connect(data / "warehouse.duckdb", read_only=True) as warehouse:
        got = warehouse.sql(
            "select place_id, period_start, numerator, denominator from marts.indicator_cell "
            "where indicator_id = 'share_of_seats' and level = 'team' order by all"
        ).fetchall()
    if got != want:
        raise AssertionError(f"the run and the plain statements differ: {len(got)} and {len(want)} cells")


def _median(costs: list[Cost]) -> Cost:
    return sorted(costs, key=lambda cost: cost.cpu_seconds)[len(costs) // 2]


if __name__ == "__main__":
    sys.exit(main())
