"""Starts the dashboard's server in a process of its own and stays until it ends."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import typer

from pipelines.settings import PROJECT_ROOT, child_environment, config_for_children

HOST = "127.0.0.1"
STARTS_WITHIN_SECONDS = 60
SECRETS = (
    "INVOLVE_PSEUDONYM_KEY",
    "INVOLVE_PSEUDONYM_KEY_FILE",
    "INVOLVE_ALERTS",  # passwords are part of the addresses
    "INVOLVE_ALERTS__TO",
    "INVOLVE_ALERTS__SIGNALS_TO",
    "INVOLVE_ALERTS__DIGEST_TO",
)


def serve(data: Path, *, port: int, demo: bool, snapshot: str | None = None) -> int:
    """Serves the snapshots of the folder `data` on this machine until Ctrl-C; returns the exit code.

    Port 0 means a free one. `demo` opens the switch between readers in place of sign-in; `snapshot` pins a run id.
    """
    if port and not _is_free(port):
        typer.echo(f"Port {port} is taken. Name another with --port, or 0 for a free one.", err=True)
        return 1
    chosen = port or free_port()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server = subprocess.Popen(
        [sys.executable, "-m", "dashboard.server", str(chosen)],
        cwd=PROJECT_ROOT,  # Streamlit looks for .streamlit/ in the working folder
        env=_environment(data.resolve(), demo, snapshot),
        stdin=subprocess.PIPE,  # closes when this process ends, however it ends, and the server with it
        start_new_session=True,  # so Ctrl-C reaches it that way too, and only once
        stdout=sys.stderr.fileno(),  # what went wrong on a page is written there
    )
    try:
        return _announce(server, f"http://{HOST}:{chosen}")
    except KeyboardInterrupt:
        return 0
    finally:
        _end(server)


def _announce(server: subprocess.Popen[bytes], address: str) -> int:
    patience = time.monotonic() + STARTS_WITHIN_SECONDS
    while server.poll() is None and not answers(address):
        if time.monotonic() > patience:
            typer.echo(f"The dashboard did not answer within {STARTS_WITHIN_SECONDS} seconds.", err=True)
            return 1
        time.sleep(0.1)
    if server.poll() is None:
        typer.echo(f"The dashboard is at {address} (Ctrl-C ends it).")
    return server.wait()


def answers(address: str) -> bool:
    """Whether a dashboard answers at `address`."""
    # Without the empty proxy list a trust's proxy settings would send this question out of the machine.
    try:
        with build_opener(ProxyHandler({})).open(f"{address}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, TimeoutError, ConnectionError):
        return False


def _end(server: subprocess.Popen[bytes]) -> None:
    if server.stdin:
        server.stdin.close()
    try:
        server.wait(timeout=5)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        server.kill()
        server.wait()


def _environment(data: Path, demo: bool, snapshot: str | None) -> dict[str, str]:
    """What the server inherits: this process's own, less what a dashboard never needs, and what was asked for."""
    asked = config_for_children() | {
        "INVOLVE_DATA": str(data),
        "INVOLVE_ACCESS": "demo" if demo else "sign_in",
    }
    pinned = {"INVOLVE_SNAPSHOT": snapshot} if snapshot else {}
    return child_environment((*SECRETS, "INVOLVE_SNAPSHOT"), **asked, **pinned)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
