"""python -m tests.benchmarks.dashboard: what readers wait for, and what many of them cost, beside a plain page.

The demonstration's snapshot, the real server process, a real Chromium for what one reader sees; the many readers are
sessions of our own over the server's websocket (tests/benchmarks/sessions.py), which draw nothing. Everything stays on
this machine, each part has a bound in count or time, and no test has a clock in it. The plain page
(tests/benchmarks/plain_page.py) is measured in the same minute by the same sessions.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from subprocess import PIPE, Popen
from time import monotonic, perf_counter, sleep

from dashboard.serve import answers, free_port
from pipelines.demonstration import prepare
from pipelines.settings import PROJECT_ROOT
from tests.benchmarks.browsing import wait_times
from tests.benchmarks.sessions import Session, session

PLACES, LAPS, VISITS, CLICKS = 12, 2, 7, 21
MANY, EVERY_SECONDS, FOR_SECONDS = 50, 5, 30
EAGER, EAGER_SECONDS = 20, 10
OTHER_PAGE = 0.2
STARTS_WITHIN_SECONDS = 60
PLAIN = PROJECT_ROOT / "tests" / "benchmarks" / "plain_page.py"


def main() -> int:
    parser = argparse.ArgumentParser(description="What readers of the dashboard wait for, on the demonstration.")
    parser.add_argument("--data", type=Path, help="a demonstration's data folder; made anew unless told")
    parser.add_argument("--rounds", type=int, default=1, help="how often all is measured; medians are told")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = (asked.data or _demonstration(Path(folder))).resolve()
        rounds = [_measure(data, number) for number in range(asked.rounds)]
    _tell("measured", "median", "rounds")
    for what, limit in {name: limit for each in rounds for name, (_, limit) in each.items()}.items():
        values = [each[what][0] for each in rounds]
        _tell(what, f"{median(values):,.3g} {limit}", " ".join(f"{value:,.3g}" for value in values))
    return 0


def _demonstration(folder: Path) -> Path:
    prepare(folder / "data", tell=lambda _: None)
    return folder / "data"


Figures = dict[str, tuple[float, str]]


def _measure(data: Path, number: int) -> Figures:
    """Every figure of one round, with its unit and what it should keep to."""
    found: Figures = {}
    with serving(data) as (address, pid):
        first, drawn, clicked = wait_times(address, VISITS, CLICKS)
        found["first page after start, Chromium"] = first, "s (< 2)"
        found["page drawn, Chromium, nothing cached"] = drawn, "s (< 1.3)"
        found["filter click to new chart, Chromium"] = 1000 * clicked, "ms (< 400)"
        found |= asyncio.run(page_runs(address))
        found |= asyncio.run(many(address))
        found[f"memory of the server after {MANY} sessions"] = _megabytes(pid), "MB (< 500)"
        found[f"{EAGER} sessions, any page and place"] = asyncio.run(eager(address, number)), "pages/s (40)"
        ours = asyncio.run(eager(address, number, "trends", view="Service areas"))
        found[f"{EAGER} sessions, any number, six charts"] = ours, "pages/s (40)"
    with serving_plain(data) as address:
        plain = asyncio.run(eager(address, number))
        found[f"{EAGER} sessions, a plain page's six charts"] = plain, "pages/s"
    found["ours beside the plain page"] = ours / plain, "times"
    return found


async def page_runs(address: str) -> Figures:
    """For each page the p95 of its runs, over all readers and some places, each shown once before.

    Milliseconds from asking to the last message.
    """
    took: dict[str, list[float]] = {}
    async with session(address) as reader:
        await reader.open()
        for role in list(reader.options["reader"]):
            await reader.choose("reader", role)
            for page in list(reader.pages):
                await reader.open(page)
                places = reader.options["place"][:PLACES]
                runs = [await reader.choose("place", place) for _ in range(1 + LAPS) for place in places]
                took.setdefault(page or "overview", []).extend(runs[len(places) :])
    return {f"page run, p95: {page}": (1000 * p95(runs), "ms (< 60)") for page, runs in took.items()}


async def many(address: str) -> Figures:
    """Readers who each click every few seconds."""
    async with AsyncExitStack() as stack:
        readers = [await stack.enter_async_context(session(address)) for _ in range(MANY)]
        for reader in readers:
            await reader.open("trends")
        until = monotonic() + FOR_SECONDS
        took = await asyncio.gather(*(_now_and_then(reader, n, until) for n, reader in enumerate(readers)))
    waits = [wait for each in took for wait in each]
    return {f"{MANY} sessions, a click each {EVERY_SECONDS} s, p95": (p95(waits), "s (< 1)")}


async def _now_and_then(reader: Session, number: int, until: float) -> list[float]:
    took, chance = [], random.Random(number)
    await asyncio.sleep(chance.uniform(0, EVERY_SECONDS))
    while monotonic() < until:
        took.append(await _any(reader, chance))
        await asyncio.sleep(max(0.0, EVERY_SECONDS - took[-1]))
    return took


async def eager(address: str, number: int, page: str = "", **choices: str) -> float:
    """Pages a second of readers who choose at random and wait for nothing but the page."""
    async with AsyncExitStack() as stack:
        readers = [await stack.enter_async_context(session(address)) for _ in range(EAGER)]
        for reader in readers:
            await reader.open(page, **choices)
        begun = perf_counter()
        seeds = [random.Random(EAGER * number + n) for n in range(EAGER)]
        counts = await asyncio.gather(*map(_without_rest, readers, seeds))
        return sum(counts) / (perf_counter() - begun)


async def _without_rest(reader: Session, chance: random.Random) -> int:
    pages, until = 0, monotonic() + EAGER_SECONDS
    while monotonic() < until:
        await _any(reader, chance)
        pages += 1
    return pages


async def _any(reader: Session, chance: random.Random) -> float:
    """One click: six charts of another number; else another place, or, once in five times, another page."""
    if "view" in reader.choices:
        return await reader.choose("indicator", chance.choice(reader.options["indicator"]))
    if len(reader.pages) > 1 and chance.random() < OTHER_PAGE:
        return await reader.open(chance.choice(list(reader.pages)))
    return await reader.choose("place", chance.choice(reader.options["place"]))


@contextmanager
def serving(data: Path) -> Iterator[tuple[str, int]]:
    """Our server on `data`; its address and the number of its process."""
    port = free_port()
    asked = {"INVOLVE_DATA": str(data), "INVOLVE_ACCESS": "demo"}
    command = [sys.executable, "-m", "dashboard.server", str(port)]
    with _running(command, f"http://127.0.0.1:{port}", asked) as process:
        yield f"http://127.0.0.1:{port}", process.pid


@contextmanager
def serving_plain(data: Path) -> Iterator[str]:
    """The plain page on the same snapshot, as Streamlit starts it."""
    port = free_port()
    options = {"server.port": port, "server.address": "127.0.0.1", "server.headless": "true"}
    flags = [f"--{name}={value}" for name, value in (options | {"browser.gatherUsageStats": "false"}).items()]
    file = data / "published" / "current" / "board.duckdb"
    command = [sys.executable, "-m", "streamlit", "run", str(PLAIN), *flags, "--", str(file)]
    with tempfile.TemporaryDirectory() as elsewhere, _running(command, f"http://127.0.0.1:{port}", {}, elsewhere):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(
    command: list[str], address: str, more: dict[str, str], folder: str | None = None
) -> Iterator[Popen[bytes]]:
    process = Popen(command, cwd=folder or PROJECT_ROOT, env=os.environ | more, stdin=PIPE, stdout=PIPE)
    try:
        until = monotonic() + STARTS_WITHIN_SECONDS
        while not answers(address):
            if process.poll() is not None or monotonic() > until:
                raise RuntimeError(f"{' '.join(command)} does not answer")
            sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.communicate()


def p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def _megabytes(pid: int) -> float:
    """The memory of a process that is its own, what it shares counted in proportion (PSS)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


def _tell(what: str, figure: str, rounds: str) -> None:
    sys.stdout.write(f"{what:<44} {figure:>22}   {rounds}\n")


if __name__ == "__main__":
    sys.exit(main())
