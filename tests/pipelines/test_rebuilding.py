"""Everything anew from the landing folder and the ledger: equal values, and what was there stands until it is done."""

import os
import shutil
import signal
import subprocess
import time
from datetime import date
from pathlib import Path

import pytest

from pipelines.ledger_copy import LEDGER, read_copy
from pipelines.lock import REBUILDING
from pipelines.rebuilding import RebuildError, rebuild
from pipelines.run import WAREHOUSE, Report, run
from pipelines.status import current_snapshot
from pipelines.warehouse import Warehouse
from tests.pipelines.bench import SECRET, TEAMS, attended, meeting
from tests.pipelines.kept import opened, settings
from tests.pipelines.terminal import command

DAY = date(2026, 7, 10)
CORRECTION = "a later correction.csv"  # before file.csv by name


@pytest.fixture(scope="module")
def twice_delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trust whose second delivery supersedes a row of the first, though it comes first by name."""
    folder = tmp_path_factory.mktemp("twice")
    with opened(folder) as bench:
        bench.deliver("teams", *TEAMS)
        bench.deliver("meetings", meeting("M1"), meeting("M2"), meeting("M3", held_at="2026-06-01 10:00"))
        bench.deliver("attendance", attended("M1", "P1", person_role="service_user"), name="a.csv")
        bench.deliver("attendance", {"meeting_id": "M1"}, name="no person.csv")
    tell_all(folder)
    with opened(folder) as bench:
        bench.deliver("meetings", meeting("M2", status="cancelled"), name=CORRECTION)
    tell_all(folder)
    return folder


@pytest.fixture
def trust(twice_delivered: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(twice_delivered, tmp_path / "copy", symlinks=True))


def tell_all(folder: Path) -> Report:
    return run(settings(folder), DAY, tell=lambda _: None)


def build_anew(folder: Path, *, is_without_missing: bool = False) -> Report:
    return rebuild(
        settings(folder), None, today=date(2030, 1, 1), is_without_missing=is_without_missing, tell=lambda _: None
    )


def status_of_m2(folder: Path) -> str:
    with Warehouse(folder / "data" / WAREHOUSE, memory_limit="1GB", threads=1, is_read_only=True) as warehouse:
        return str(warehouse.value("select status from validated.meetings where meeting_id = 'M2'"))


def test_every_value_is_equal_in_the_order_of_arrival(trust: Path) -> None:
    before, ledger = current_snapshot(trust / "data").name, (trust / "data" / LEDGER).read_bytes()
    (trust / "data" / WAREHOUSE).unlink()
    report = build_anew(trust)
    assert report.notes == (f"Every published value is as in {before}.",)
    assert (report.exit_code, report.as_at, status_of_m2(trust)) == (0, DAY, "cancelled")
    assert current_snapshot(trust / "data").name == report.run_id > before
    assert ((trust / "data" / LEDGER).read_bytes(), (trust / "data" / REBUILDING).exists()) == (ledger, False)


def test_without_the_ledger_it_says_so_and_goes_by_name(trust: Path) -> None:
    (trust / "data" / LEDGER).unlink()
    report = build_anew(trust)
    assert report.notes[0] == "There was no ledger: files were taken in the order of their names."
    assert "Not as in" in report.notes[1]
    assert status_of_m2(trust) == "held"


def test_files_that_vanished_or_changed_stop_it_and_are_named(trust: Path) -> None:
    (trust / "landing" / "meetings" / CORRECTION).unlink()
    with (trust / "landing" / "attendance" / "a.csv").open("a") as file:
        file.write("M2,P2,attended,carer\n")
    before = state(trust)
    with pytest.raises(RebuildError) as stopped:
        build_anew(trust)
    said = str(stopped.value)
    assert f"meetings/{CORRECTION} is no longer there" in said
    assert "attendance/a.csv has changed since it was loaded" in said
    assert "--without-missing" in said
    assert state(trust) == before


def test_without_missing_files_it_is_built_from_the_rest_and_told(trust: Path) -> None:
    (trust / "landing" / "meetings" / CORRECTION).unlink()
    report = build_anew(trust, is_without_missing=True)
    assert report.notes[0] == f"Built without: meetings/{CORRECTION} is no longer there."
    assert status_of_m2(trust) == "held"
    assert CORRECTION not in {arrival.file_name for arrival in read_copy(trust / "data" / LEDGER).arrivals}


def test_killed_half_way_the_old_warehouse_and_snapshot_stand(trust: Path) -> None:
    before = state(trust)
    started = subprocess.Popen(
        **command("rebuild", folder=trust, pseudonym_key=SECRET.decode()), stderr=subprocess.DEVNULL
    )
    patience = time.monotonic() + 120
    while not (trust / "data" / REBUILDING / LEDGER).exists() and time.monotonic() < patience:
        time.sleep(0.01)
    os.kill(started.pid, signal.SIGKILL)
    assert (started.wait(), (trust / "data" / REBUILDING).exists()) == (-signal.SIGKILL, True)
    assert state(trust) == before


def state(folder: Path) -> tuple[bytes, bytes, str]:
    """The warehouse, the ledger and which snapshot is shown."""
    data = folder / "data"
    return (data / WAREHOUSE).read_bytes(), (data / LEDGER).read_bytes(), current_snapshot(data).name
