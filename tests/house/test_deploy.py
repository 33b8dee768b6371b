"""What lies in deploy/ fits the program: the settings are read, the units are sound and start commands there are."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.alerts.posting import addresses
from pipelines.cli.application import app
from pipelines.feed import discover
from pipelines.scheduling.timetable import read, read_digest
from pipelines.settings import PROJECT_ROOT, load

DEPLOY = PROJECT_ROOT / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
INSTALLED = "/opt/involve/.venv/bin/involve"


@pytest.mark.filterwarnings("ignore:.imghdr. is deprecated")  # a library of Apprise asks for it
def test_the_example_of_settings_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INVOLVE_CONFIG", str(DEPLOY / "involve.toml"))
    load.cache_clear()
    settings = load()
    load.cache_clear()
    assert list(read(settings)) == ["night", "registers"]
    assert read_digest(settings)
    assert addresses(settings.alerts.to, "alerts.to")
    named = {feed for entry in settings.schedule for feed in entry.feeds} | settings.late_after_days_by_feed.keys()
    assert named <= {feed.name for feed in discover()}


@pytest.mark.parametrize(
    "path", [path for path in DEPLOY.iterdir() if path.suffix != ".toml"], ids=lambda path: path.name
)
def test_every_command_that_is_started_is_one_of_ours(path: Path) -> None:
    ours = {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}
    text = path.read_text(encoding="utf-8")
    started = re.findall(rf'{INSTALLED} (\w+)|-Argument "(\w+)|CMD \["(\w+)', text)
    assert {name for names in started for name in names if name} <= ours
    assert started or path.suffix in {".timer", ".md"}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_finds_no_fault_in_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        # Neither the program nor its user need be installed where this runs.
        text = unit.read_text(encoding="utf-8").replace(INSTALLED, sys.executable).replace("User=involve\n", "")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    said = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in UNITS)], capture_output=True, text=True
    )
    assert (said.returncode, said.stderr) == (0, "")
