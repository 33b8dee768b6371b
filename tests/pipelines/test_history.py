"""The history of runs, and the lock's holder, who is told when he ended without letting go."""

import json
import signal
import socket
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.run_history import newest
from pipelines import history
from pipelines.lock import BusyError, locked
from pipelines.lock_holder import HOLDER, Holder, holder
from pipelines.run import Report
from pipelines.run_lines import RUNS
from pipelines.settings import Settings
from tests.pipelines.terminal import involve

HOLD = "import sys; from pathlib import Path; from pipelines.lock import locked\nwith locked(Path(sys.argv[1])): {}"
NOW = datetime(2026, 7, 10, 5, tzinfo=UTC)
WHOLE = history.Record("published", "2026-07-10T05:00:00Z", "2026-07-10T05:00:00Z", "2026-07-10T05:00:00Z")
NO_RECORDS = [
    b"\xff\xfe\x00",
    b"null",
    b"[1]",
    b"{}",
    *(
        json.dumps(asdict(WHOLE) | wrong).encode()
        for wrong in ({"outcome": "eaten"}, {"next_by": "soon"}, {"ended_at": None}, {"refused": 3}, {"gates": [1]})
    ),
]


def test_a_line_cut_off_in_the_middle_costs_no_other(tmp_path: Path) -> None:
    history.enter_failure(Settings(data=tmp_path), NOW, "one")
    with (tmp_path / RUNS).open("a") as file:
        file.write('{"outcome": "pub')
    history.enter_failure(Settings(data=tmp_path), NOW, "two")
    assert [record.error for record in history.read(tmp_path)] == ["one", "two"]


def test_the_last_runs_are_read_and_no_more(tmp_path: Path) -> None:
    for number in range(5):
        history.enter_failure(Settings(data=tmp_path), NOW, str(number))
    assert [record.error for record in history.read(tmp_path, 2)] == ["3", "4"]
    assert history.read(tmp_path / "elsewhere") == []


def test_whoever_lets_go_of_the_lock_leaves_nothing_behind(tmp_path: Path) -> None:
    with locked(tmp_path) as left:
        assert left is None
        assert holder(tmp_path) is not None
    with pytest.raises(KeyError), locked(tmp_path):
        raise KeyError
    assert holder(tmp_path) is None


def test_a_holder_who_was_killed_is_told_by_the_next(tmp_path: Path) -> None:
    code = HOLD.format("print('held', flush=True); sys.stdin.read()")
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        with pytest.raises(BusyError, match=rf"Another run is at work .*process {process.pid} on "), locked(tmp_path):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        with locked(tmp_path) as left:
            assert left is not None
            assert (left.pid, left.is_gone) == (process.pid, True)


def test_a_lock_still_held_in_the_name_of_a_process_that_is_gone_is_told(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    with locked(tmp_path):  # as what a process started may hold its lock on, or a share whose server has not noticed
        (tmp_path / HOLDER).write_text(
            json.dumps(asdict(Holder(gone.pid, socket.gethostname(), "2026-07-10T05:00:00Z")))
        )
        with pytest.raises(BusyError, match=rf"taken by process {gone.pid} at .*, which is gone"), locked(tmp_path):
            pass


def test_status_tells_of_what_was_killed_before_the_next_run_does(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    (tmp_path / HOLDER).write_text(json.dumps(asdict(Holder(gone.pid, socket.gethostname(), "2026-07-10T05:00:00Z"))))
    said = involve("status", "--data", tmp_path, folder=tmp_path)
    assert "What began Fri 10 Jul 2026 06:00 was killed, or the machine went down" in said.stdout


def test_work_that_was_cut_off_is_entered_once(tmp_path: Path) -> None:
    history.enter_cut_off(tmp_path, "2026-07-10T05:00:00Z")
    history.enter_cut_off(tmp_path, "2026-07-10T05:00:00Z")
    assert [record.outcome for record in history.read(tmp_path)] == ["cut_off"]


def test_two_kills_in_a_row_are_two_though_the_second_began_while_the_first_was_told(tmp_path: Path) -> None:
    now = history.moment(datetime.now(UTC))
    history.enter_cut_off(tmp_path, "2026-07-10T05:00:00Z")
    history.enter_cut_off(tmp_path, now)
    assert [record.started_at for record in history.read(tmp_path)] == ["2026-07-10T05:00:00Z", now]


@pytest.mark.parametrize("bad", NO_RECORDS)
def test_a_line_that_is_no_record_costs_no_other_and_the_log_tells(tmp_path: Path, bad: bytes) -> None:
    settings = Settings(data=tmp_path)
    history.enter_failure(settings, NOW, "one")
    with (tmp_path / RUNS).open("ab") as file:
        file.write(bad + b"\n")
    report = Report("20260710-050000", NOW.date())
    history.enter(settings, report, NOW)
    assert [record.outcome for record in history.read(tmp_path)] == ["failed", "published"]
    assert [run["outcome"] for run in newest(tmp_path / "published", 9)] == ["published", "failed"]
    [log] = [path.read_text() for path in (tmp_path / "logs").iterdir()]
    assert (json.loads(log)["event"], json.loads(log)["lines"]) == ("history_lines_left_out", 1)
