"""What the faults share: a small trust, which tests are long, and the table of what was tried."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from pipelines.backup import back_up
from pipelines.run import run
from tests.faults.trust import DAY, Trust

Tried = Callable[[str, int, str], None]
TABLE = pytest.StashKey[list[tuple[str, int, str]]]()


def in_part(cases: Iterable[object], first: int) -> list[object]:
    """Cases of which the `first` ones run with every suite and the others when faults are asked for."""
    return [case if n < first else pytest.param(case, marks=pytest.mark.faults) for n, case in enumerate(cases)]


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    """A trust with nothing delivered yet."""
    return Trust(tmp_path)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    """A trust with two runs behind it and a backup beside it; tests work on copies."""
    trust = Trust(tmp_path_factory.mktemp("loaded"))
    for _ in range(2):
        trust.deliver()
        run(trust.settings(), DAY, tell=lambda _: None)
    back_up(trust.settings(), trust.folder / "backup")
    return trust


@pytest.fixture
def kept(loaded: Trust, tmp_path: Path) -> Trust:
    """A copy of that trust and its backup."""
    shutil.copytree(loaded.folder, tmp_path / "copy", symlinks=True)
    return Trust(tmp_path / "copy", loaded.deliveries)


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> Tried:
    """Enters into the table what was broken, how often, and what was found after."""
    table = request.config.stash.setdefault(TABLE, [])
    return lambda fault, times, found: table.append((fault, times, found))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what is marked `faults` unless `-m` speaks of it."""
    if "faults" not in (config.getoption("markexpr") or ""):
        left_out = [item for item in items if item.get_closest_marker("faults")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the table, as it stands in README."""
    table = config.stash.get(TABLE, [])
    if table:
        terminalreporter.write_line("\n| fault | tried | found after |\n|---|---|---|")
        for fault, found in dict.fromkeys((fault, found) for fault, _, found in table):
            times = sum(row[1] for row in table if (row[0], row[2]) == (fault, found))
            terminalreporter.write_line(f"| {fault} | {times:,} | {found} |")
