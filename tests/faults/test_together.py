"""Runs started together, readers beside publishes, a clock that goes back, and too little memory."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from pipelines.publish import EDITIONS, next_run_id, publish
from pipelines.retention import remove_old
from pipelines.run import WAREHOUSE
from pipelines.settings import SQL_ROOT
from pipelines.views import read_views
from pipelines.warehouse import Warehouse
from tests.faults.conftest import Tried
from tests.faults.reader import Reading, reading
from tests.faults.soak import KEPT, soak
from tests.faults.trust import PATIENCE_SECONDS, Trust


@pytest.mark.parametrize("times", [1, pytest.param(10, marks=pytest.mark.faults)])
def test_of_two_runs_started_together_one_gives_way(trust: Trust, times: int, tried: Tried) -> None:
    for _ in range(times):
        trust.deliver()
        both = [trust.start(), trust.start()]
        said = [(process.communicate(timeout=PATIENCE_SECONDS)[1], process.returncode) for process in both]
        ended = {words.partition(" on ")[0]: code for words, code in said}
        assert ended in ({"": 0}, {"": 0, "involve: Another run is at work": 1}), said
        trust.must_show_the_truth()
        tried("two runs started together", 1, "one completed, the other gave way in words; each row once")
    trust.complete()


def published_again(trust: Trust, times: int) -> Iterator[str]:
    """Publishes the same figures again and again with the code of a run, old snapshots removed as in a run."""
    views, keeping = read_views(SQL_ROOT), trust.settings().model_copy(update={"keep_snapshots": 5})
    with Warehouse(trust.data / WAREHOUSE, memory_limit="1GB", threads=1) as warehouse:
        for _ in range(times):
            run_id = next_run_id(trust.published, None, datetime.now(UTC))
            warehouse.execute("update published.snapshot set run_id = ?", [run_id])
            publish(warehouse, views, trust.published, {"run_id": run_id}, is_gated=False)
            assert remove_old(keeping) == ()
            yield run_id


@pytest.mark.parametrize("times", [10, pytest.param(500, marks=pytest.mark.faults)])
def test_a_dashboard_reads_on_through_publishes(kept: Trust, times: int, tried: Tried) -> None:
    readers: list[Reading] = []
    with ExitStack() as stack:
        readers += [stack.enter_context(reading(kept.data)) for _ in range(2)]
        last = list(published_again(kept, times))[-1]
    reads, seen = (sum(getattr(reader, name) for reader in readers) for name in ("reads", "snapshots"))
    assert ([error for reader in readers for error in reader.errors], kept.shown()) == ([], last)
    assert reads > 0
    tried("publishes beside two readers", times, f"0 errors in {reads:,} reads of {seen:,} snapshots")


@pytest.mark.faults
@pytest.mark.parametrize("day", ["2001-01-01 00:00:00", "2026-01-01 12:00:00"])
def test_a_clock_that_went_back_hides_no_new_figures(kept: Trust, day: str, tried: Tried) -> None:
    if not shutil.which("faketime"):
        pytest.fail("The clock is set back by faketime, which is not here: apt-get install faketime")
    before = kept.shown()
    kept.deliver()
    assert kept.run("faketime", "-f", f"@{day}")[0] == 0
    kept.must_show_the_truth()
    assert before is not None
    assert (kept.shown() or "") > before
    tried("a run with its clock set back by years", 1, "newer than what was shown, and shown; each row once")


@pytest.mark.faults
@pytest.mark.parametrize("limit", ["25MB", "5MB"])
def test_too_little_memory_for_the_warehouse_is_told(kept: Trust, limit: str, tried: Tried) -> None:
    kept.deliver()
    code, said = kept.run(memory_limit=limit)
    assert (code, "INVOLVE_MEMORY_LIMIT" in said, "Traceback" in said) == (1, True, False), said
    kept.must_show_the_truth(kept.deliveries - 1)
    kept.complete()
    tried("the memory limit reached", 1, "told in words; what was shown stands; the next run completed")


@pytest.mark.faults
@pytest.mark.parametrize("megabytes", [300, 500, 700, 900, 1100, 1300])
def test_a_process_that_gets_no_more_memory_harms_nothing(kept: Trust, megabytes: int, tried: Tried) -> None:
    kept.deliver()
    code, _ = kept.run("prlimit", f"--as={megabytes * 2**20}")
    kept.must_show_the_truth(kept.deliveries - 1, kept.deliveries)
    kept.complete()
    end = "ended" if code else "completed"
    tried(f"a run that may hold only so much memory, and {end}", 1, "what was shown stands; the next run completed")


def test_a_short_soak_leaves_the_files_of_its_snapshots_and_no_more(trust: Trust) -> None:
    soaked = soak(trust, 12)
    assert [error for reader in soaked.readers for error in reader.errors] == []
    files = soaked.samples["files"]  # the first after two runs
    beside_snapshots = {count - (len(EDITIONS) + 1) * min(2 + n, KEPT) for n, count in enumerate(files)}
    assert len(beside_snapshots) == 1, files
