"""A full disk at every write, and one that takes no write at all: told in words, nothing lost, and made good after."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import Tried, in_part
from tests.faults.trust import Trust

# Root may write where nobody may, unless these rights are taken away.
WITHOUT_ROOTS_RIGHTS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
STEPS = 40
# Rows and cells of the small trust need less than this beside what stands there.
NEEDED_KILOBYTES = 12_000


def must_be_told(trust: Trust, code: int, said: str) -> None:
    """A run that found no room says so, and what was published before stands."""
    assert (code, "Traceback" in said) == (1, False), said
    assert "disk is full" in said or "cannot be written: " in said or "not finished" in said, said
    trust.must_show_the_truth(trust.deliveries - 1)


@pytest.mark.faults
@pytest.mark.parametrize("bytes_allowed", [1_000_000, 1_000])
def test_no_file_may_grow_further(kept: Trust, bytes_allowed: int, tried: Tried) -> None:
    kept.deliver()
    must_be_told(kept, *kept.run("prlimit", f"--fsize={bytes_allowed}"))
    kept.complete()
    tried("no file may grow beyond a limit", 1, "told in words; what was shown stands; the next run completed")


@pytest.fixture
def on_a_small_disk(trust: Trust) -> Iterator[Trust]:
    """The trust with its data folder on a filesystem of its own, whose size can be changed."""
    if os.geteuid() != 0:
        pytest.fail("Only root may mount a small disk: run this as root, in a container, say.")
    trust.data.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", trust.data], check=True)
    yield trust
    subprocess.run(["umount", "--lazy", trust.data], check=True)


def resize(folder: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", folder], check=True)


def used_kilobytes(folder: Path) -> int:
    disk = os.statvfs(folder)
    return (disk.f_blocks - disk.f_bfree) * disk.f_frsize // 1024


@pytest.mark.faults
def test_the_disk_fills_at_every_write(on_a_small_disk: Trust, tried: Tried) -> None:
    trust = on_a_small_disk
    trust.deliver()
    trust.complete()
    trust.deliver()
    filled = 0
    for step in range(STEPS):
        room = step * NEEDED_KILOBYTES // STEPS
        resize(trust.data, f"size={used_kilobytes(trust.data) + room}k")
        code, said = trust.run()
        if code == 0:
            break
        must_be_told(trust, code, said)
        filled += 1
        tried("a disk that fills (from no room on, in steps)", 1, "told in words; what was shown stands")
    assert filled > STEPS // 2
    resize(trust.data, "size=256m")
    trust.complete()
    tried("the next run when there is room again", 1, "completed, and shows every delivery")


@pytest.mark.faults
def test_the_disk_is_read_only(on_a_small_disk: Trust, tried: Tried) -> None:
    trust = on_a_small_disk
    trust.deliver()
    trust.complete()
    trust.deliver()
    resize(trust.data, "ro")
    must_be_told(trust, *trust.run())
    resize(trust.data, "rw")
    trust.complete()
    tried("a disk that turned read-only", 1, "told in words; what was shown stands; the next run completed")


@pytest.mark.parametrize("place", in_part(["data/warehouse.duckdb", "data", "data/published", "data/logs"], 1))
def test_what_may_not_be_written_is_told(kept: Trust, place: str, tried: Tried) -> None:
    kept.deliver()
    path, mode = kept.folder / place, (kept.folder / place).stat().st_mode
    path.chmod(0o444 if path.is_file() else 0o555)
    files = list(path.iterdir()) if place in ("data", "data/logs") else []
    for file in files:
        file.chmod(0o444 if file.is_file() else 0o555)
    code, said = kept.run(*WITHOUT_ROOTS_RIGHTS)
    for file in files:
        file.chmod(0o644 if file.is_file() else 0o755)
    path.chmod(mode)
    must_be_told(kept, code, said)
    kept.complete()
    tried("a folder or file that may not be written", 1, "told in words; what was shown stands; the next run completed")
