"""Great Expectations: verdicts and counts for every feed's suite. The only importer of it, and of SQLAlchemy.

It runs in a process of its own: importing it costs seconds and 250 MB, which the run spends while files load, and its
last words when the interpreter ends are not for people. The process reads the warehouse when the run has let go of it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Any

from pipelines.errors import InvolveError
from pipelines.feed import Feed, discover
from pipelines.settings import child_environment
from pipelines.suite import Check, read_suite
from pipelines.warehouse import Warehouse

BATCHES = {
    "all": "select * from facts.{feed}",
    "sound": "select * from facts.{feed} where not is_ragged",
    "good": "select * from good.{feed}",
    "settled": "select * from settled.{feed}",
    "table": "select * from dispositions.feed_state where feed = '{feed}'",
}


class CheckError(InvolveError):
    """A check could not be carried out, or its count and the dispositions' differ; the run stops."""


@dataclass(frozen=True)
class Verdict:
    """What Great Expectations says of one check of one feed: `unexpected_count` of `element_count` rows break it."""

    feed: str
    check_name: str
    success: bool
    unexpected_count: int
    element_count: int


@contextmanager
def checking(memory_limit: str, threads: int) -> Iterator["Checking"]:
    """Starts the process that checks; it gets ready while the block goes on."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.checks"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[1],
        env=child_environment(GX_ANALYTICS_ENABLED="false"),
    )
    try:
        yield Checking(process, memory_limit, threads)
    finally:
        process.kill()
        process.communicate()


class Checking:
    """The process that checks, seen from the run."""

    def __init__(self, process: subprocess.Popen[str], memory_limit: str, threads: int) -> None:
        """`process` waits for the path of a warehouse on its standard input."""
        self._process = process
        self._order = {"memory_limit": memory_limit, "threads": threads}

    def verdicts(self, warehouse: Path) -> list[Verdict]:
        """Every verdict on a warehouse that no other process holds. Raises CheckError."""
        order = json.dumps(self._order | {"path": str(warehouse.resolve())})
        # Its standard input stays open: when that closes, the run is gone, and so is who would hear the answer.
        orders, self._process.stdin = self._process.stdin, None
        assert orders is not None
        with orders:
            with suppress(BrokenPipeError):  # it ended before; what it said is told below
                orders.write(order + "\n")
                orders.flush()
            answer, said = self._process.communicate()
        if self._process.returncode != 0:
            last = (said.strip().splitlines() or ["it said nothing"])[-1]
            raise CheckError(f"The checks could not be carried out: {last}")
        return [Verdict(**verdict) for verdict in json.loads(answer)]


def must_agree(feed: Feed, verdicts: Iterable[Verdict], counts: Mapping[str, int]) -> None:
    """Raises CheckError where Great Expectations and the dispositions count differently."""
    found = {verdict.check_name: verdict.unexpected_count for verdict in verdicts if verdict.feed == feed.name}
    for check in read_suite(feed):
        if found.get(check.name) != counts[check.name]:
            raise CheckError(
                f"{feed.name}: Great Expectations finds {found.get(check.name)} rows that break {check.name}, "
                f"the dispositions {counts[check.name]}. Nothing is published."
            )


def main(orders: IO[str], answers: IO[str]) -> None:
    """The process that checks: imports, waits for an order, answers with every verdict."""
    import great_expectations  # noqa: F401  the import is what takes long, so it happens before the order comes

    order = json.loads(orders.readline())
    Thread(target=_end_with_the_run, args=[orders.fileno()], daemon=True).start()
    with Warehouse(
        Path(order["path"]), memory_limit=order["memory_limit"], threads=order["threads"], is_read_only=True
    ) as warehouse:
        source = _source(warehouse)
        verdicts = [asdict(verdict) for feed in discover() for verdict in _verdicts(source, warehouse, feed)]
    json.dump(verdicts, answers)
    answers.flush()


def _end_with_the_run(orders: int) -> None:
    """Ends this process at once when the run is gone, however it ended: the next one needs the warehouse."""
    while os.read(orders, 1024):
        pass
    os._exit(1)


def _source(warehouse: Warehouse) -> Any:
    import great_expectations
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from sqlalchemy.dialects import registry

    dialect = _dialect(warehouse)
    registry.impls["duckdb.involve"] = lambda: dialect
    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context.data_sources.add_sql(name="warehouse", connection_string="duckdb+involve:///")


def _dialect(warehouse: Warehouse) -> type[Any]:
    from duckdb_engine import ConnectionWrapper, Dialect

    class Involve(Dialect):
        """DuckDB without transactions of its own: a ROLLBACK on close drops a result that is still being read."""

        driver = "involve"
        supports_statement_cache = False

        def connect(self, *_: Any, **__: Any) -> Any:
            return ConnectionWrapper(warehouse.cursor())

        def do_begin(self, _: Any) -> None:
            """Nothing to begin."""

        def do_commit(self, _: Any) -> None:
            """Nothing to commit."""

        def do_rollback(self, _: Any) -> None:
            """Nothing to roll back."""

    return Involve


def _verdicts(source: Any, warehouse: Warehouse, feed: Feed) -> Iterator[Verdict]:
    suite = read_suite(feed)
    for over in dict.fromkeys(check.over for check in suite):
        sql = BATCHES[over].format(feed=feed.name)
        asset = source.add_query_asset(name=f"{feed.name}_{over}", query=sql)
        batch = asset.add_batch_definition_whole_table("whole").get_batch()
        rows = int(warehouse.value(f"select count(*) from ({sql}) as batch"))
        yield from _judge(feed, [check for check in suite if check.over == over], batch, rows)


def _judge(feed: Feed, checks: list[Check], batch: Any, rows: int) -> Iterator[Verdict]:
    from great_expectations import ExpectationSuite

    by_name = {check.name: check for check in checks}
    suite = ExpectationSuite(name=feed.name, expectations=[_expectation(check) for check in checks])
    for result in batch.validate(suite, result_format={"result_format": "SUMMARY"}).results:
        yield _verdict(feed, by_name[result.expectation_config.meta["check"]], result, rows)


def _expectation(check: Check) -> Any:
    from great_expectations.expectations.registry import get_expectation_impl

    return get_expectation_impl(check.expectation)(**_arguments(check), meta={"check": check.name})


def _arguments(check: Check) -> dict[str, Any]:
    arguments = dict(check.arguments)
    if "where" in arguments:
        return {"unexpected_rows_query": f"select row_id from {{batch}} where {arguments['where']}"}
    if "query" in arguments:
        return {"unexpected_rows_query": arguments["query"]}
    if "column_A" in arguments:
        arguments["ignore_row_if"] = "either_value_is_missing"
    return arguments


def _verdict(feed: Feed, check: Check, result: Any, rows: int) -> Verdict:
    # A check that broke is reported as unsuccessful: without this look, 'broken' would read as 'bad data'.
    if result.exception_info.get("raised_exception", True):
        raise CheckError(f"{feed.name}: the check {check.name} broke.")
    unexpected = result.result.get("unexpected_count", result.result.get("observed_value"))
    if unexpected is None and rows == 0:
        unexpected = 0
    return Verdict(feed.name, check.name, bool(result.success), int(unexpected), rows)


if __name__ == "__main__":
    answers = sys.stdout
    # Whatever a library prints is not an answer.
    sys.stdout = sys.stderr
    try:
        main(sys.stdin, answers)
    except InvolveError as error:
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()
        os._exit(1)  # before the libraries say their last words
