"""The schedule kept by a real process: missed runs made up once, one at a time, transient faults tried again."""

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import DEVNULL, PIPE

import pytest

from pipelines import history
from pipelines.ledger_copy import LEDGER, Arrival, LedgerCopy, write_copy
from pipelines.scheduling.keeper import HANDLED, Keeper
from pipelines.settings import Appointment, Settings, load
from tests.pipelines.bench import TEAMS, write_csv
from tests.pipelines.terminal import KEY, command, involve

ENTRY = '[{"name": "night", "cron": "15 5 * * *"}]'
LONG_AGO = (datetime.now(UTC) - timedelta(days=9)).isoformat()
Process = subprocess.Popen[str]


def log(data: Path) -> list[dict[str, object]]:
    return [json.loads(line) for path in sorted((data / "logs").glob("*")) for line in path.read_text().splitlines()]


def events(data: Path) -> list[object]:
    return [line["event"] for line in log(data)]


def wait_for(is_so: Callable[[], bool], process: Process) -> None:
    end = time.monotonic() + 120
    while not is_so():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    """A folder with a delivery, whose schedule was last kept nine days ago."""
    write_csv(tmp_path / "landing/teams/teams.csv", TEAMS)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / HANDLED).write_text(json.dumps({"night": LONG_AGO}))
    return tmp_path


@contextmanager
def schedule(folder: Path) -> Iterator[Process]:
    """`involve schedule` without a terminal; ended when the block is left."""
    settings = {"schedule": ENTRY, "pseudonym_key": KEY, "retry_after_minutes": "[0.01, 5]"}
    with subprocess.Popen(
        **command("schedule", folder=folder, **settings), stdin=DEVNULL, stdout=PIPE, stderr=PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_nine_missed_days_are_made_up_by_one_run_and_a_second_keeper_is_refused(trust: Path) -> None:
    data = trust / "data"
    with schedule(trust) as process:
        wait_for(lambda: "due" in events(data) if (data / "logs").exists() else False, process)
        second = involve("schedule", folder=trust, schedule=ENTRY, pseudonym_key=KEY)
        assert (second.returncode, "Another process keeps the schedule" in second.stderr) == (1, True)
        wait_for(lambda: json.loads((data / HANDLED).read_text())["night"] > LONG_AGO, process)
        process.terminate()
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err, out.splitlines()[-1][-8:]) == (0, "", "Stopped.")
    assert [record.outcome for record in history.read(data)] == ["published"]
    assert events(data).count("due") == 1
    assert all(line["run_id"] for line in log(data))


@pytest.mark.faults  # on a machine that is very busy the run has ended before the signal reaches it
def test_a_run_that_is_stopped_ends_at_once_and_is_made_up_later(trust: Path) -> None:
    data = trust / "data"
    with schedule(trust) as process:
        wait_for(lambda: "run_started" in events(data) if (data / "logs").exists() else False, process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert [record.outcome for record in history.read(data)] == ["cut_off"]
    assert json.loads((data / HANDLED).read_text()) == {"night": LONG_AGO}


def test_a_share_that_is_down_is_tried_again_until_it_is_there(trust: Path) -> None:
    data, landing = trust / "data", trust / "landing"
    landing.rename(trust / "away")
    with schedule(trust) as process:
        wait_for(lambda: events(data).count("put_off") == 2 if (data / "logs").exists() else False, process)
        process.terminate()
        process.communicate(timeout=60)
    assert [line.get("seconds") for line in log(data) if line["event"] == "put_off"] == [0.6, 300]
    assert history.read(data) == []


@pytest.fixture
def keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keeper]:
    """A keeper in this process whose next run is due; the runs it starts are real."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INVOLVE_PSEUDONYM_KEY", KEY)
    load.cache_clear()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / HANDLED).write_text(json.dumps({"night": LONG_AGO}))
    entry = Appointment(name="night", cron="15 5 * * *", feeds=("weather",))
    yield Keeper(Settings(schedule=(entry,), data=tmp_path / "data", landing=tmp_path, retry_after_minutes=(0, 0)))
    load.cache_clear()


def test_a_fault_that_stays_is_tried_so_often_and_then_enters_the_history(keeper: Keeper) -> None:
    keeper.settings = keeper.settings.model_copy(update={"landing": Path("gone")})
    keeper.carry_out(keeper.settings.schedule[0].model_copy(update={"feeds": ()}))
    data = keeper.settings.data
    assert events(data).count("put_off") == 2
    assert [(record.outcome, record.error) for record in history.read(data)] == [("failed", "not_possible_for_now")]


def test_an_empty_share_that_files_came_from_is_tried_again(keeper: Keeper) -> None:
    data = keeper.settings.data
    write_copy(data / LEDGER, LedgerCopy(arrivals=(Arrival("teams", "a.csv", "0" * 64, "2026-07-10"),)))
    keeper.carry_out(keeper.settings.schedule[0].model_copy(update={"feeds": ()}))
    assert events(data).count("put_off") == 2
    assert [record.error for record in history.read(data)] == ["not_possible_for_now"]


def test_what_does_not_pass_by_itself_is_not_tried_again(keeper: Keeper) -> None:
    keeper.carry_out(keeper.settings.schedule[0])  # there is no feed called weather
    data = keeper.settings.data
    assert events(data) == ["due", "due_ended"]
    assert [(record.outcome, record.error) for record in history.read(data)] == [("failed", "wrong_use")]
    assert not keeper.is_due("night", datetime.now(UTC))


def test_a_run_that_is_killed_is_tried_once_more_and_then_told_as_failed(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A command that kills itself as the system's killer would, in the place of the run.
    kill = "import os; os.kill(os.getpid(), 9)"
    started = keeper._run_child
    monkeypatch.setattr(
        keeper,
        "_run_child",
        lambda command, is_run: started([command[0], "-c", kill] if is_run else command, is_run=is_run),
    )
    keeper.carry_out(keeper.settings.schedule[0])
    data = keeper.settings.data
    assert events(data) == ["due", "put_off", "due", "due_ended"]
    assert [record.error for record in history.read(data)] == ["ended_by_signal_9"]
    assert not keeper.is_due("night", datetime.now(UTC))


def test_a_disk_that_takes_nothing_keeps_no_run_from_coming(keeper: Keeper) -> None:
    data = keeper.settings.data
    # Folders where files should be written: no write succeeds, whoever runs this.
    for name in ("schedule.new", "runs.jsonl", f"logs/{datetime.now(UTC):%Y-%m}.jsonl"):
        (data / name).mkdir(parents=True)
    keeper.carry_out(keeper.settings.schedule[0])
    assert json.loads((data / HANDLED).read_text()) == {"night": LONG_AGO}
    assert not keeper.is_due("night", datetime.now(UTC))  # kept in mind, if not on the disk
    (data / "schedule.new").rmdir()
    assert not keeper.is_due("night", datetime.now(UTC) - timedelta(days=2))
    assert json.loads((data / HANDLED).read_text())["night"] > LONG_AGO


def test_a_run_is_due_once_its_time_has_passed_however_often(keeper: Keeper) -> None:
    long_ago = datetime.fromisoformat(LONG_AGO)
    assert keeper.is_due("night", long_ago + timedelta(days=9))
    assert not keeper.is_due("night", long_ago + timedelta(seconds=1))


def test_a_clock_set_back_does_not_keep_runs_away(keeper: Keeper) -> None:
    set_back = datetime.fromisoformat(LONG_AGO) - timedelta(days=30)
    assert not keeper.is_due("night", set_back)
    assert keeper.is_due("night", set_back + timedelta(days=1, seconds=1))


def test_an_entry_seen_for_the_first_time_waits_for_its_next_time(keeper: Keeper) -> None:
    (keeper.settings.data / HANDLED).unlink()
    now = datetime.now(UTC)
    assert not keeper.is_due("night", now)
    assert keeper.is_due("night", now + timedelta(days=2))


def test_a_schedule_that_is_not_set_says_what_to_write(tmp_path: Path) -> None:
    said = involve("schedule", folder=tmp_path)
    assert (said.returncode, "[[schedule]]" in said.stderr, list(tmp_path.iterdir())) == (2, True, [])


def test_status_tells_last_and_next_runs_before_anything_is_published(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    history.enter_failure(settings, datetime(2026, 7, 10, 5, tzinfo=UTC), "wrong_use")
    said = involve("status", "--data", tmp_path, folder=tmp_path, schedule=ENTRY)
    assert "Fri 10 Jul 2026 06:00  failed (a setting cannot be used)" in said.stdout
    assert "05:15  night: every feed" in said.stdout
    found = json.loads(involve("status", "--json", "--data", tmp_path, folder=tmp_path, schedule=ENTRY).stdout)
    assert ([run["outcome"] for run in found["runs"]], found["next_runs"][0]["name"]) == (["failed"], "night")
