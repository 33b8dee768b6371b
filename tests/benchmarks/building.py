"""python -m tests.benchmarks.building: from staging to a snapshot on the demonstration's trust, beside a floor.

Prints seconds by the clock and of the processors (which other work on the machine does not stretch), the size of the
files, and how long questions of a page take; no test has a clock in it. The floor is one plain statement for each
indicator: its monthly count for the trust, which no house could do without.
"""

import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from dashboard.access import scope_of_role
from dashboard.store import Store
from pipelines.demo import Trust, write_trust
from pipelines.headers import IndicatorHeader
from pipelines.publish import publish
from pipelines.road import build
from pipelines.warehouse import Warehouse
from tests.pipelines.bench import Bench

PLAIN = "select date_trunc('month', counted_on) as month, sum(numerator), sum(denominator) from {view} group by month"
MILLION = 1_000_000


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trust = write_trust(folder / "landing")
        with Warehouse(folder / "warehouse.duckdb", memory_limit="4GB", threads=2) as warehouse:
            bench = Bench(folder / "landing", warehouse, as_at=trust.as_at)
            _tell("load and judge every row (not in the sum)", _time(bench.run))
            published = folder / "published"
            steps = {
                "staging, marts, indicators, both editions": _time(lambda: _build(bench)),
                "snapshot written": _time(lambda: _publish(bench, published)),
            }
            for step, took in steps.items():
                _tell(step, took)
            _tell("sum", tuple(map(sum, zip(*steps.values(), strict=True))))
            _tell("floor: one plain statement an indicator", _time(lambda: _count_plainly(bench)))
        _tell_of_files(published / bench.run_id, trust)
        _tell_of_questions(Store(published, bench.run_id))
    return 0


def _build(bench: Bench) -> None:
    build(bench.warehouse, bench.road, [])


def _publish(bench: Bench, published: Path) -> None:
    publish(bench.warehouse, bench.views, published, {"run_id": bench.run_id}, is_gated=False)


def _count_plainly(bench: Bench) -> None:
    for view in bench.views:
        if isinstance(view.header, IndicatorHeader):
            bench.warehouse.rows(PLAIN.format(view=view.full_name))


def _tell_of_files(snapshot: Path, trust: Trust) -> None:
    sizes = (f"{path.name} {path.stat().st_size / MILLION:.1f} MB" for path in sorted(snapshot.glob("*.duckdb")))
    sys.stdout.write(f"{trust.teams} teams, {trust.attendances:,} attendances: {', '.join(sizes)}\n")


def _tell_of_questions(store: Store) -> None:
    """The two longest questions of a page, for every place: each is asked once, so none comes from memory."""
    scope = scope_of_role("analyst")
    places = store.places(scope).select("level", "place_id").rows()
    indicators = store.indicators(scope)["indicator_id"].to_list()
    asked = {
        "summary": [_time(partial(store.summary, scope, *place)) for place in places],
        "series": [_time(partial(store.series, scope, "service_area", indicator_id=name)) for name in indicators],
    }
    for question, took in asked.items():
        clock, processor = (1000 * median(each) for each in zip(*took, strict=True))
        sys.stdout.write(
            f"question '{question}', median of {len(took)}: {clock:.1f} ms, {processor:.1f} of processors\n"
        )


def _time(work: Callable[[], object]) -> tuple[float, float]:
    clock, processor = perf_counter(), process_time()
    work()
    return perf_counter() - clock, process_time() - processor


def _tell(step: str, took: tuple[float, ...]) -> None:
    sys.stdout.write(f"{step:<44} {took[0]:6.2f} s by the clock {took[1]:6.2f} s of processors\n")


if __name__ == "__main__":
    sys.exit(main())
