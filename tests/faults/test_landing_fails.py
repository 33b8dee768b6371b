"""A share that disappears while a file is read, and a file that ends the process that reads it."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.conftest import Tried
from tests.faults.trust import PATIENCE_SECONDS, Trust
from tests.pipelines.bench import attended, write_csv

LARGE = 500_000


def deliver_large(trust: Trust) -> Path:
    """A file that takes a while to read, of the feed that comes after meetings."""
    path = trust.landing / "attendance" / "large.csv"
    write_csv(path, [attended("M0001", f"Q{number}", person_role="staff") for number in range(LARGE)])
    return path


def position(process: int, path: Path) -> int | None:
    """How far a process has read a file; None while it does not have it open."""
    for link in Path(f"/proc/{process}/fd").iterdir():
        try:
            if link.readlink() == path:
                said = Path(f"/proc/{process}/fdinfo/{link.name}").read_text(encoding="ascii")
                return int(said.split()[1])
        except OSError:
            continue  # closed since it was listed
    return None


def wait_until_read(process: "subprocess.Popen[str]", path: Path) -> None:
    """Waits until a run that has taken the file's digest reads it for its rows."""
    furthest = 0
    while process.poll() is None:
        now = position(process.pid, path)
        if furthest and now is not None and now < furthest:
            return
        furthest = max(furthest, now or 0)
    pytest.fail("the run ended before the file was seen being read")


def shorten(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


LOSSES: dict[str, Callable[[Path], object]] = {
    "the folder vanished": lambda path: path.parent.rename(path.parent.with_name(".away")),
    "the rest of the file vanished": shorten,
}


@pytest.mark.faults
@pytest.mark.parametrize("loss", LOSSES)
def test_a_share_that_goes_in_mid_read_is_tried_again(kept: Trust, loss: str, tried: Tried) -> None:
    path = deliver_large(kept)
    content, process = path.read_bytes(), kept.start()
    wait_until_read(process, path)
    LOSSES[loss](path)
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, "will be tried again" in out, err) == (1, True, ""), out
    kept.must_show_the_truth()
    if path.parent.exists():
        path.write_bytes(content)
    else:
        path.parent.with_name(".away").rename(path.parent)
    code, said = kept.run()
    assert (code, "New files: 1 loaded" in said, f"{LARGE + kept.truth()[0]:,} read" in said) == (0, True, True), said
    tried("a share that disappears in mid-read", 1, "told and tried again; the next run loaded every row once")


@pytest.mark.faults
@pytest.mark.parametrize("read", [1, 2, 3, 5, 8, 13])
def test_a_share_that_fails_at_any_read_is_tried_again(kept: Trust, read: int, tried: Tried) -> None:
    if not shutil.which("strace"):
        pytest.fail("The error is put into reads by strace, which is not here: apt-get install strace")
    path = deliver_large(kept)
    failing = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", os.devnull, "-P", str(path)]
    code, said = kept.run(*failing, "-e", f"inject=read,pread64:error=EIO:when={read}+")
    assert (code, "will be tried again" in said, "Traceback" in said) == (1, True, False), said
    kept.must_show_the_truth()
    code, said = kept.run()
    assert (code, f"{LARGE + kept.truth()[0]:,} read" in said) == (0, True), said
    tried("a share whose reads fail from one on (EIO)", 1, "told and tried again; the next run loaded every row once")


def reader_of(parent: int) -> int | None:
    """The process that takes a workbook apart for the run `parent`."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            said = (entry / "cmdline").read_bytes()
            child_of = int((entry / "stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if b"pipelines.reading.apart" in said and child_of == parent:
            return int(entry.name)
    return None


@pytest.mark.parametrize("end", [signal.SIGSEGV, pytest.param(signal.SIGKILL, marks=pytest.mark.faults)])
def test_a_file_whose_reader_crashes_is_refused_and_the_others_load(
    trust: Trust, end: signal.Signals, tried: Tried
) -> None:
    import polars as pl

    trust.deliver()
    poisoned = trust.landing / "attendance" / "a poisoned.parquet"
    pl.DataFrame([attended("M0001", f"Q{number}") for number in range(LARGE)]).write_parquet(poisoned)
    process = trust.start()
    while (reader := reader_of(process.pid)) is None:
        assert process.poll() is None
        time.sleep(0.002)
    os.kill(reader, end)
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, "a poisoned.parquet is refused: it cannot be taken apart" in out, err) == (1, True, "")
    trust.must_show_the_truth()
    tried("a file that ends the process reading it", 1, "refused in words; every other file loaded and published")
