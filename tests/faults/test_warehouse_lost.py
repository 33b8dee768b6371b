"""The warehouse deleted, cut short or overwritten: told in words, what is shown stands, and all can be built anew."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.run import WAREHOUSE
from tests.faults.conftest import Tried, in_part
from tests.faults.trust import Trust
from tests.pipelines.terminal import KEY, involve

SEED = 20261125
BLOCK = 4096


def overwrite(path: Path, begin: float, end: float) -> None:
    """Puts noise between two places of a file, given as shares of its length."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(int(size * begin))
        file.write(random.Random(SEED).randbytes(int(size * (end - begin))))


def cut(path: Path, share: float) -> None:
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * share))


DAMAGE: dict[str, Callable[[Path], None]] = {
    "its head": lambda path: overwrite(path, 0, 0.001),
    "its middle": lambda path: overwrite(path, 0.1, 0.9),
    "cut to nothing": lambda path: cut(path, 0),
    "cut by half": lambda path: cut(path, 0.5),
}


@pytest.mark.parametrize("how", in_part(DAMAGE, 1))
def test_a_damaged_warehouse_is_told_and_built_anew(kept: Trust, loaded: Trust, how: str, tried: Tried) -> None:
    DAMAGE[how](kept.data / WAREHOUSE)
    code, said = kept.run()
    assert (code, "is damaged" in said, "involve rebuild" in said, "Traceback" in said) == (1, True, True, False), said
    kept.must_show_the_truth()
    assert involve("rebuild", folder=kept.folder, pseudonym_key=KEY).returncode == 0
    assert kept.kept() == loaded.kept()
    tried("the warehouse overwritten or cut short", 1, "told in words; what was shown stands; built anew, all equal")


def test_a_deleted_warehouse_is_built_anew_by_the_next_run(kept: Trust, loaded: Trust, tried: Tried) -> None:
    (kept.data / WAREHOUSE).unlink()
    assert kept.run()[0] == 0
    assert kept.kept() == loaded.kept()
    tried("the warehouse deleted", 1, "built anew by the next run, every row, file and cell equal")


@pytest.mark.faults
@pytest.mark.parametrize("number", range(12))
def test_any_block_overwritten_is_never_misread(kept: Trust, loaded: Trust, number: int, tried: Tried) -> None:
    path = kept.data / WAREHOUSE
    place = random.Random(number).random()
    overwrite(path, place, place + BLOCK / path.stat().st_size)
    code, said = kept.run()
    assert code == 0 or ("is damaged" in said and "Traceback" not in said), said
    kept.must_show_the_truth()
    assert involve("rebuild", folder=kept.folder, pseudonym_key=KEY).returncode == 0
    assert kept.kept() == loaded.kept()
    found = "not in use: the run completed, all right" if code == 0 else "told in words; built anew, all equal"
    tried("4 kB of the warehouse overwritten, anywhere", 1, found)
