"""A whole run: what stops it, what it leaves, and what stands in the meantime."""

import json
import shutil
import signal
import subprocess
from datetime import date
from pathlib import Path
from time import sleep

import pytest
from filelock import FileLock

from pipelines.run import run as carry_out
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from tests.pipelines.bench import TEAMS, Row, meeting, write_csv
from tests.pipelines.terminal import KEY, command, involve


def deliver(landing: Path, feed: str, *rows: Row, name: str = "file.csv") -> None:
    write_csv(landing / feed / name, rows)


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    """A folder with a landing folder of two teams and a meeting."""
    deliver(tmp_path / "landing", "teams", *TEAMS)
    deliver(tmp_path / "landing", "meetings", meeting("M1"))
    return tmp_path


@pytest.fixture(scope="module")
def run_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That folder after a run; tests work on copies."""
    folder = tmp_path_factory.mktemp("once")
    deliver(folder / "landing", "teams", *TEAMS)
    deliver(folder / "landing", "meetings", meeting("M1"))
    code, said = run(folder)
    assert (code, "3 read = 3 loaded" in said, len(snapshots(folder))) == (0, True, 1), said
    return folder


@pytest.fixture
def ran(run_once: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(run_once, tmp_path / "copy", symlinks=True))


def run(folder: Path, *more: str, key: str = KEY) -> tuple[int, str]:
    said = involve("run", "--as-at", "2026-07-10", *more, folder=folder, pseudonym_key=key)
    return said.returncode, said.stdout + said.stderr


def bytes_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def snapshots(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "data" / "published").iterdir() if path.name[0].isdigit())


def test_a_good_folder_ends_with_0_and_a_snapshot(trust: Path) -> None:
    code, said = run(trust)
    assert (code, len(snapshots(trust))) == (0, 1), said
    assert "3 read = 3 loaded" in said


def test_a_refused_file_is_published_around_and_told_once(trust: Path) -> None:
    deliver(trust / "landing", "attendance", {"meeting_id": "M1"})
    first, said = run(trust)
    assert (first, len(snapshots(trust)), "the required columns are missing: person, attendance" in said) == (
        1,
        1,
        True,
    )
    assert run(trust)[0] == 0


def test_an_empty_landing_folder_is_a_share_that_is_down_unless_it_is_emptied_on_purpose(ran: Path) -> None:
    teams, meetings = ran / "landing/teams/file.csv", ran / "landing/meetings/file.csv"
    meetings.unlink()
    assert run(ran)[0] == 0  # some that are missing are told and no fault
    before = bytes_of(ran / "data")
    teams.unlink()
    code, said = run(ran)
    assert (code, "is empty, though 2 files were loaded from it: is the share mounted?" in said) == (2, True), said
    assert bytes_of(ran / "data") == before
    on_purpose = involve("run", "--as-at", "2026-07-10", folder=ran, pseudonym_key=KEY, landing_may_be_empty="true")
    assert (on_purpose.returncode, on_purpose.stderr) == (0, "")


def test_without_teams_nothing_is_published_and_what_was_stands(trust: Path) -> None:
    (trust / "landing" / "teams" / "file.csv").unlink()
    code, said = run(trust)
    assert (code, "Not published" in said, "There is at least one team" in said) == (1, True, True)
    assert not (trust / "data" / "published" / "current").exists()
    assert len(list((trust / "data" / "published" / "held-back").iterdir())) == 1
    code, said = run(trust)
    assert (code, "Not published" in said) == (0, True)  # nothing has changed, so nobody is alarmed again


def test_another_key_stops_the_run_before_it_writes(ran: Path) -> None:
    deliver(ran / "landing", "meetings", meeting("M2"), name="more.csv")
    before = bytes_of(ran / "data")
    code, said = run(ran, key=KEY[::-1])
    assert bytes_of(ran / "data") == before
    assert (code, "is not the one this data folder was made with" in said, len(snapshots(ran))) == (2, True, 1)
    assert "New files: 1 loaded." in run(ran)[1]


def test_a_run_beside_another_gives_way(trust: Path) -> None:
    (trust / "data").mkdir()
    with FileLock(trust / "data" / ".lock"):
        code, said = run(trust)
    assert (code, "Another run is at work" in said) == (1, True)


def test_one_feed_alone_leaves_the_others_files_for_later(trust: Path) -> None:
    assert "2 read = 2 loaded" in run(trust, "--feed", "teams")[1]
    assert "3 read = 3 loaded" in run(trust)[1]


def test_files_of_no_feed_are_told_and_left_alone(trust: Path) -> None:
    deliver(trust / "landing", "weather", {"rain": "yes"})
    (trust / "landing" / "notes.txt").write_text("remember the milk")
    code, said = run(trust)
    assert (code, "weather/: 1 file of a feed" in said, "notes.txt: a file beside" in said) == (0, True, True)


def test_a_lost_warehouse_is_built_anew_in_the_order_of_arrival(trust: Path) -> None:
    deliver(trust / "landing", "meetings", meeting("M1", status="cancelled"), name="a later correction.csv")
    (trust / "landing" / "meetings" / "a later correction.csv").rename(trust / "kept.csv")
    run(trust)
    (trust / "kept.csv").rename(trust / "landing" / "meetings" / "a later correction.csv")  # first by name
    run(trust)
    before = involve("status", "--json", folder=trust).stdout
    (trust / "data" / "warehouse.duckdb").unlink()
    run(trust)
    files, feeds = (
        [json.loads(text)[part] for text in (before, involve("status", "--json", folder=trust).stdout)]
        for part in ("files", "feeds")
    )
    assert files[0] == files[1]
    assert feeds[0] == feeds[1]
    assert [file["rows_superseded"] for file in files[1] if file["feed"] == "meetings"] == [0, 1]


def test_what_a_killed_run_left_half_built_is_cleared(trust: Path) -> None:
    half = trust / "data" / "published" / ".building-20260101-000000"
    half.mkdir(parents=True)
    run(trust)
    assert not half.exists()


def test_the_folder_a_run_builds_in_stands_from_its_beginning_and_goes_however_it_ends(
    trust: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(trust)
    monkeypatch.setenv("INVOLVE_PSEUDONYM_KEY", KEY)
    published, seen = trust / "data" / "published", []

    def look(_: str) -> None:
        seen.append(len(list(published.glob(".building-*"))))

    carry_out(Settings(), date(2026, 7, 10), tell=look)
    assert (set(seen), list(published.glob(".building-*"))) == ({1}, [])

    def fail(step: str) -> None:
        look(step)
        if step == "Building figures":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out(Settings(), date(2026, 7, 10), tell=fail)
    assert (seen[-1], list(published.glob(".building-*"))) == (1, [])


def test_what_a_run_that_was_cut_off_refused_is_told_by_the_next(trust: Path) -> None:
    deliver(trust / "landing", "attendance", {"meeting_id": "M1"})
    run(trust)
    with Warehouse(trust / "data" / "warehouse.duckdb", memory_limit="1GB", threads=1) as warehouse:
        warehouse.execute("update ledger.run set finished_at = null")  # as a kill before the end leaves it
    code, said = run(trust)
    assert (code, "attendance/file.csv is refused" in said) == (1, True)
    assert run(trust)[0] == 0


def test_another_key_is_told_from_the_ledger_alone(ran: Path) -> None:
    (ran / "data" / "warehouse.duckdb").unlink()
    code, said = run(ran, key=KEY[::-1])
    assert (code, "is not the one this data folder was made with" in said) == (2, True)


def test_a_damaged_ledger_without_its_warehouse_is_told_in_words(ran: Path) -> None:
    (ran / "data" / "warehouse.duckdb").unlink()
    (ran / "data" / "ledger.jsonl").write_text("{not json}\n")
    code, said = run(ran)
    assert (code, "ledger.jsonl is damaged" in said, "Traceback" in said) == (1, True, False)


def test_status_of_a_damaged_snapshot_is_told_in_words(ran: Path) -> None:
    (ran / "data" / "published" / "current" / "manifest.json").write_text("{")
    said = involve("status", folder=ran)
    assert (said.returncode, "cannot be read" in said.stderr, "Traceback" in said.stderr) == (1, True, False)


def test_a_data_folder_that_is_a_file_is_told_in_words(trust: Path) -> None:
    (trust / "data").write_text("not a folder")
    code, said = run(trust)
    assert (code, "Traceback" in said, "data" in said) == (1, False, True)


def test_a_warehouse_that_is_no_database_is_told_in_words(trust: Path) -> None:
    (trust / "data").mkdir()
    (trust / "data" / "warehouse.duckdb").write_bytes(b"no database" * 4096)
    code, said = run(trust)
    assert (code, "Traceback" in said, "warehouse.duckdb" in said) == (1, False, True)


def test_a_run_that_is_stopped_says_so_in_the_log(trust: Path) -> None:
    process = subprocess.Popen(
        **command("run", "--as-at", "2026-07-10", folder=trust, pseudonym_key=KEY), stdout=subprocess.DEVNULL
    )
    while not logged(trust):
        assert process.poll() is None
        sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    last = logged(trust)[-1]
    assert (last["event"], last["error"], "run_id" in last) == ("run_failed", "KeyboardInterrupt", True)


def logged(trust: Path) -> list[dict[str, object]]:
    """The lines of the log, in order; a line that is being written is not one yet."""
    logs = sorted((trust / "data" / "logs").glob("*.jsonl"))
    return [json.loads(line) for log in logs for line in log.read_text().splitlines(keepends=True) if "\n" in line]
