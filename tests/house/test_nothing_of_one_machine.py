"""The repository names no package index and no place of one machine."""

import os
import re
import subprocess
import sys

import pytest

from pipelines.settings import PROJECT_ROOT
from tests.house.tree import files, lines_with, text

# Written in pieces, so that this file does not hold what it looks for.
KNOWN_INDEXES = (
    ("py", "pi.org"),
    ("python", "hosted.org"),
    ("npm", "js.org"),
    ("npm", "js.com"),
    ("deb", ".debian.org"),
    ("yarn", "pkg.com"),
    ("ana", "conda.org"),
    ("crates", ".io"),
    ("proxy", ".golang.org"),
    ("maven", ".org"),
    ("arti", "factory"),
)
HOMES = ("home", "Users", "root", "work", "tmp")
LOOPBACK = re.compile(r"localhost|127\.|\[::1\]")


def indexes_of_this_machine() -> set[str]:
    """The hosts that pip and uv are told to ask here."""
    told = subprocess.run([sys.executable, "-m", "pip", "config", "list"], check=True, capture_output=True, text=True)
    said = [value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_"))]
    hosts = re.findall(r"https?://(?:[^/@\s]*@)?([^/'\s]+)", " ".join([told.stdout, *said]))
    return {host for host in hosts if not LOOPBACK.match(host)}


@pytest.mark.parametrize("pieces", KNOWN_INDEXES, ids="".join)
def test_no_file_names_a_known_package_index(pieces: tuple[str, str]) -> None:
    assert lines_with(re.escape("".join(pieces))) == []


def test_no_file_names_an_index_this_machine_asks() -> None:
    got = {host: lines_with(re.escape(host)) for host in indexes_of_this_machine()}
    assert {host: places for host, places in got.items() if places} == {}


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_requirements_hold_pins_and_hashes_alone(name: str) -> None:
    lines = (PROJECT_ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if not line.lstrip().startswith("#")]
    odd = [
        line for line in told if not re.match(r"^(\S+==\S+( ; [^:/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?)$", line)
    ]
    assert told
    assert odd == []


@pytest.mark.parametrize("home", HOMES)
def test_no_file_holds_a_path_of_one_machine(home: str) -> None:
    assert lines_with(rf"(?<![\w.~$}}-])/{home}/\w") == []


def test_no_file_holds_the_path_of_this_checkout() -> None:
    assert lines_with(rf"{re.escape(str(PROJECT_ROOT))}(?!\w)") == []


def test_the_search_reads_the_files_it_should() -> None:
    readable = {str(path) for path in files() if text(path) is not None}
    assert {"Makefile", "pyproject.toml", "requirements/run.txt"} <= readable
