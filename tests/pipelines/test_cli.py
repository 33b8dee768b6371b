"""The commands: help, wrong use, and what a person reads."""

import json
import os
import pty
import shutil
import subprocess
from pathlib import Path
from subprocess import PIPE

import pytest

from pipelines.cli.application import app, day
from tests.pipelines.terminal import KEY, command, involve, shown_at

COMMANDS = [
    ("run",),
    ("demo",),
    ("serve",),
    ("status",),
    ("check",),
    ("quarantine",),
    ("quarantine", "list"),
    ("quarantine", "export"),
    ("rollback",),
    ("backup",),
    ("restore",),
    ("forget",),
    ("rebuild",),
    ("schedule",),
    ("alerts",),
    ("digest",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command: tuple[str, ...]) -> None:
    said = involve(*command, "--help")
    assert said.returncode == 0
    assert "Example: involve " in said.stdout


def test_no_command_is_without_a_test_of_its_help() -> None:
    names = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    groups = {group.name for group in app.registered_groups}
    assert names | groups == {command[0] for command in COMMANDS}


@pytest.mark.parametrize(
    ("arguments", "settings", "says"),
    [
        (("run", "--bogus"), {}, "No such option: --bogus"),
        (("run", "--as-at", "0001-01-01"), {}, "is not a day between 2000 and 2199"),
        (("status",), {"late_after_days_by_feed": "junk"}, "Settings cannot be used"),
        (("frobnicate",), {}, "No such command 'frobnicate'"),
        (("run", "--as-at", "10/07/2026"), {}, "'10/07/2026' is not a date such as 2026-07-10"),
        (("serve", "--port", "99999"), {}, "port"),
        (("status",), {"port": "many"}, "port: Input should be a valid integer"),
        (("run",), {"pseudonym_key": KEY, "landing": "nowhere"}, "The landing folder nowhere is not there"),
        (("run",), {"landing": "."}, "The secret of the pseudonyms is not set"),
        (("run",), {"landing": ".", "pseudonym_key": "short"}, "shorter than 32 characters"),
        (("run",), {"landing": ".", "pseudonym_key_file": "nowhere"}, "The key file nowhere cannot be read"),
        (("run", "--feed", "weather"), {"landing": ".", "pseudonym_key": KEY}, "There is no feed 'weather'"),
    ],
)
def test_wrong_use_is_one_readable_line_and_exit_2(
    tmp_path: Path, arguments: tuple[str, ...], settings: dict[str, str], says: str
) -> None:
    said = involve(*arguments, folder=tmp_path, **settings)
    assert says in said.stderr
    assert (said.returncode, len(said.stderr.strip().splitlines()), said.stdout) == (2, 1, "")
    assert list(tmp_path.iterdir()) == []


def test_a_settings_file_that_is_not_toml_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "involve.toml").write_text("port = = 1\n")
    said = involve("status", folder=tmp_path)
    assert (said.returncode, "involve.toml" in said.stderr, "Traceback" in said.stderr) == (2, True, False)


def test_an_unknown_setting_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "involve.toml").write_text("prot = 8501\n")
    said = involve("status", folder=tmp_path)
    assert (said.returncode, "prot" in said.stderr) == (2, True)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "involve.toml").write_text('data = "of-the-file"\n')
    assert "of-the-file" in involve("status", folder=tmp_path).stderr
    assert "of-the-environment" in involve("status", folder=tmp_path, data="of-the-environment").stderr


def test_status_before_anything_is_published_says_what_to_do(tmp_path: Path) -> None:
    said = involve("status", folder=tmp_path)
    assert said.returncode == 1
    assert "Run: involve run" in said.stderr


def test_check_reads_every_view_and_suite() -> None:
    said = involve("check")
    assert (said.returncode, "are in order" in said.stdout) == (0, True)


def test_a_date_is_read_as_iso() -> None:
    assert day("2026-07-10").isoformat() == "2026-07-10"


@pytest.fixture(scope="module")
def shown(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration, in `data` of its folder."""
    folder = tmp_path_factory.mktemp("shown")
    shutil.copytree(demo, folder / "data", symlinks=True)
    shutil.copy2(demo.with_name(f"{demo.name}.key"), folder / "data.key")
    return folder


def test_the_demonstrations_key_lies_outside_the_data_folder_for_its_owner_alone(demo: Path) -> None:
    key = demo.with_name(f"{demo.name}.key")
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_text().strip()) >= 32


def test_a_second_demonstration_loads_nothing_new(shown: Path) -> None:
    said = involve("demo", "--no-serve", "--data", shown / "data", folder=shown)
    assert (said.returncode, said.stdout.startswith("No new file.")) == (0, True)


def test_status_tells_files_checks_and_freshness(shown: Path) -> None:
    said = involve("status", "--data", shown / "data")
    assert "1 refused" in said.stdout
    assert "Meetings: the last file came on" in said.stdout
    found = json.loads(involve("status", "--json", "--data", shown / "data").stdout)
    assert {"run_id", "as_at", "files", "failed_checks", "feeds", "held_back"} <= found.keys()


def test_quarantine_list_tells_what_is_held_back_and_why(shown: Path) -> None:
    said = involve("quarantine", "list", "--data", shown / "data")
    assert said.returncode == 0
    assert "recruitment    before_interest" in said.stdout


@pytest.mark.parametrize(
    ("arguments", "step"),
    [
        (("check",), "Building every view"),
        (("quarantine", "export", "--feed", "meetings"), "Looking for the rows held back"),
        (("forget",), "Removing every row"),
    ],
    ids=lambda given: given if isinstance(given, str) else given[0],
)
def test_somebody_at_a_terminal_sees_what_is_going_on(shown: Path, arguments: tuple[str, ...], step: str) -> None:
    settings = {"data": str(shown / "data"), "pseudonym_key_file": str(shown / "data.key")}
    reader, writer = pty.openpty()
    subprocess.run(**command(*arguments, folder=shown, **settings), stdout=PIPE, stderr=writer, input=b"nobody\n")
    os.close(writer)
    assert f"  {step}" in shown_at(reader)


def test_settings_that_are_named_and_not_there_are_told(tmp_path: Path) -> None:
    said = involve("status", folder=tmp_path, config=str(tmp_path / "gone.toml"))
    assert (said.returncode, "gone.toml, and there is no such file" in said.stderr) == (2, True)
