"""SIGKILL at any moment of a run: what is shown stays right, the next run completes, no row is lost or doubled."""

import random
import signal
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from tests.faults.conftest import Tried
from tests.faults.trust import AS_AT, Trust

DAY = date.fromisoformat(AS_AT)
SEED = 20261125
LEAN, WHOLE = 4, 200


def undisturbed(trust: Trust, folder: Path) -> Trust:
    """Another trust with the same deliveries, loaded by one run that nothing disturbed."""
    twin = Trust(folder)
    while twin.deliveries < trust.deliveries:
        twin.deliver()
    assert twin.run()[0] == 0
    return twin


def complete(trust: Trust) -> None:
    """The next run comes to its end, and shows the truth."""
    code, said = trust.run()
    assert (code, "Traceback" in said) == (0, False), said
    trust.must_show_the_truth()
    assert not list(trust.published.glob(".*"))


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
    complete(trust)
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
        complete(trust)
        tried("the next run after one to six such kills", 1, "completed, and shows every delivery")
    twin = undisturbed(trust, tmp_path / "twin")
    assert trust.kept() == twin.kept()
    tried(
        "all that these runs left, beside a run that nothing disturbed", 1, "every row, file and cell equal; none twice"
    )
