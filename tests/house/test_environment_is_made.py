"""What a newcomer sees when `make .venv` cannot work on their machine: one line that says what to type."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.settings import PROJECT_ROOT

TOO_OLD = """#!/bin/sh
case "$2" in *version_info*3,*11*) exit 1 ;; *) echo 3.9.2 ;; esac
"""
WITHOUT_ENSUREPIP = f"""#!/bin/sh
case "$2" in *ensurepip*) exit 1 ;; *) exec "{sys.executable}" "$@" ;; esac
"""
NAMES = ("python3", "python3.13", "python3.12", "python3.11")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the script and the files it reads."""
    shutil.copytree(PROJECT_ROOT / "requirements", tmp_path / "requirements")
    shutil.copy(PROJECT_ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def make(checkout: Path, *, python: str = "", only: str = "") -> subprocess.CompletedProcess[str]:
    """Runs the script; `only` is the body of every Python it can find by itself."""
    first = checkout / "bin"
    first.mkdir()
    for name in NAMES if only else ():
        (first / name).write_text(only, encoding="utf-8")
        (first / name).chmod(0o755)
    told = os.environ | {"PATH": f"{first}:{os.environ['PATH']}", "PYTHON": python}
    return subprocess.run(
        ["sh", "requirements/environment.sh", "run"],
        cwd=checkout,
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_python_too_old_gives_one_line_that_says_what_to_type(checkout: Path) -> None:
    got = make(checkout, only=TOO_OLD)
    assert got.returncode == 2
    assert got.stderr.startswith("Python 3.11 or newer is needed, python3 is 3.9.2: ")
    assert (got.stdout, got.stderr.count("\n"), (checkout / ".venv").exists()) == ("", 1, False)


def test_a_python_without_ensurepip_gives_one_line_that_says_what_to_type(checkout: Path) -> None:
    got = make(checkout, only=WITHOUT_ENSUREPIP)
    assert got.returncode == 2
    assert got.stderr.startswith("python3 cannot make environments (python3-venv is missing): ")
    assert (got.stdout, got.stderr.count("\n"), (checkout / ".venv").exists()) == ("", 1, False)


def test_a_python_that_does_not_exist_is_named(checkout: Path) -> None:
    got = make(checkout, python="python9.9")
    assert got.returncode == 2
    assert "python9.9 is not there" in got.stderr


def test_a_failed_install_shows_why_and_leaves_nothing_to_trust(checkout: Path) -> None:
    (checkout / "requirements" / "run.txt").write_text("not a requirement\n", encoding="utf-8")
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "half-made").touch()
    got = make(checkout, python=sys.executable)
    assert got.returncode == 2
    assert "not a requirement" in got.stderr
    assert not (checkout / ".venv").exists()
