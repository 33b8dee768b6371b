"""The server: it starts from anywhere, answers on this machine only, and ends quietly."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from dashboard.serve import serve
from pipelines.settings import PROJECT_ROOT

START = """
import sys
from pathlib import Path
from dashboard.serve import serve
sys.exit(serve(Path(sys.argv[1]), port=0, demo=True))
"""
Server = subprocess.Popen[str]


@pytest.fixture
def server(data: Path, tmp_path: Path) -> Iterator[tuple[Server, str]]:
    """A server on a free port, started from a folder of its own, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", START, os.path.relpath(data, tmp_path)],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, line
    yield process, found[0]
    if process.poll() is None:
        process.kill()
    process.communicate()


def test_it_answers_when_it_says_so_and_sends_security_headers(server: tuple[Server, str]) -> None:
    with urlopen(f"{server[1]}/trends") as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'; ")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert b"BACKEND_BASE_URL" in answer.read()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly(server: tuple[Server, str], number: signal.Signals) -> None:
    process, address = server
    os.killpg(process.pid, number) if number is signal.SIGINT else process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "", "")
    with pytest.raises(OSError, match="refused"):
        urlopen(address)


def test_the_server_ends_when_what_started_it_is_killed(server: tuple[Server, str]) -> None:
    process, address = server
    process.kill()
    process.communicate(timeout=20)  # its pipes close only when the server has let go of them too
    with pytest.raises(OSError, match="refused"):
        urlopen(address)


def test_a_file_that_is_no_page_ends_the_server_with_one_message(tmp_path: Path) -> None:
    for folder in ("dashboard", ".streamlit"):
        shutil.copytree(PROJECT_ROOT / folder, tmp_path / folder)
    (tmp_path / "dashboard/pages/unfinished.py").write_text("TITLE = 'Unfinished'\n", encoding="utf-8")
    command = [sys.executable, "-m", "dashboard.server", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        got = process.stderr.read()  # its standard input stays open: the thread that waits for its end still waits
    want = "The page file dashboard/pages/unfinished.py lacks ORDER, ICON, FILTERS, render. A page declares"
    assert got.startswith(want)
    assert process.returncode == 1
    assert "Traceback" not in got
    assert "Fatal" not in got


def test_a_port_that_is_taken_gives_one_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve(data, port=port, demo=True) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"Port {port} is taken. Name another with --port, or 0 for a free one.\n")
