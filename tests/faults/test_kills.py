"""SIGKILL at any moment of a run: what is shown stays right, the next run completes, no row is lost or doubled."""

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from pipelines.settings import PROJECT_ROOT
from tests.faults.conftest import Tried
from tests.faults.trust import AS_AT, PATIENCE_SECONDS, Trust

SEED = 20261125
LEAN, WHOLE = 2, 200
AIMED = 60  # of the hundreds of writes of a run, evenly
NEVER = 10**9


def undisturbed(trust: Trust, folder: Path) -> Trust:
    """Another trust with the same deliveries, loaded by one run that nothing disturbed."""
    twin = Trust(folder)
    while twin.deliveries < trust.deliveries:
        twin.deliver()
    assert twin.run()[0] == 0
    return twin


def killed(trust: Trust, moment: float) -> bool:
    """Whether a run was killed `moment` seconds after its start; one that had ended before was not."""
    process = trust.start()
    try:
        process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
    return process.returncode == -signal.SIGKILL


def moments(trust: Trust, chance: random.Random) -> Iterator[float]:
    """Moments of a run, from its start to just past its end, as long as the last whole one took."""
    began = monotonic()
    trust.complete()
    length = monotonic() - began
    while True:
        yield chance.uniform(0, 1.05 * length)


@pytest.mark.parametrize("kills", [LEAN, pytest.param(WHOLE, marks=pytest.mark.faults)])
def test_killed_at_random_moments(trust: Trust, tmp_path: Path, tried: Tried, kills: int) -> None:
    chance = random.Random(SEED)
    trust.deliver()
    moment = moments(trust, chance)
    done = 0
    while done < kills:
        before = trust.deliveries
        trust.deliver()
        in_a_row = chance.randint(1, 6)  # a run killed, and those that take up its work killed too
        while in_a_row and done < kills:
            if killed(trust, next(moment)):
                done, in_a_row = done + 1, in_a_row - 1
                trust.must_show_the_truth(before, trust.deliveries)
                tried("SIGKILL at a random moment of a run", 1, "what is shown whole and right each time")
        trust.complete()
        tried("the next run after one to six such kills", 1, "completed, and shows every delivery")
    twin = undisturbed(trust, tmp_path / "twin")
    assert trust.kept() == twin.kept()
    tried(
        "all that these runs left, beside a run that nothing disturbed", 1, "every row, file and cell equal; none twice"
    )


def dies_before(trust: Trust, write: int) -> list[str]:
    """The writes of a run that ends itself by SIGKILL just before one of them, in order; that one is the last."""
    told = trust.folder / "writes.txt"
    given = trust.command()
    given["args"] = [sys.executable, "-m", "tests.faults.dying", str(write), told, "run", "--as-at", AS_AT]
    given["env"] = given["env"] | {"PYTHONPATH": str(PROJECT_ROOT)}
    ended = subprocess.run(**given, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)
    assert ended.returncode == (0 if write == NEVER else -signal.SIGKILL), ended.stderr
    return told.read_text(encoding="utf-8").splitlines()


@pytest.mark.faults
@pytest.mark.parametrize("kills", [AIMED])
def test_killed_just_before_a_write(trust: Trust, tmp_path: Path, tried: Tried, kills: int) -> None:
    trust.deliver()
    trust.complete()
    trust.deliver()
    writes = len(dies_before(trust, NEVER))
    shown = trust.must_show_the_truth()
    for number in range(kills):
        trust.deliver()
        dies_before(trust, 1 + number * (writes - 1) // kills)
        shown = trust.must_show_the_truth(*range(shown, trust.deliveries + 1))
        tried("SIGKILL just before a write, from the first of a run to the last", 1, "what is shown whole and right")
        if number % 6 == 5:
            trust.complete()
    trust.complete()
    assert trust.kept() == undisturbed(trust, tmp_path / "twin").kept()
    tried("all that these runs left, beside a run that nothing disturbed", 1, "every row, file and cell equal")
