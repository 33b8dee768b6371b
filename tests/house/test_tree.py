"""The shape of the house: what stands at the top, how long a file is, where tests stand."""

import ast
import re
from pathlib import Path

import pytest

from pipelines.settings import PROJECT_ROOT
from tests.house.tree import PACKAGES, files, modules, text

GIVEN = {"dashboard", "pipelines", "sql", "tests", ".streamlit", "pyproject.toml", "README.md", "LICENSE", ".ci"}
REASONED = {"Makefile", "requirements", "CHANGELOG.md", ".gitignore", "deploy"}
LONGEST = 300
# A file may be longer only for a reason: {"folder/file.py": "why it cannot be two"}.
LONGER: dict[str, str] = {}
ACROSS = {"browser", "house", "oracle", "faults", "benchmarks", "sql"}
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|base|manager|misc)(_|$)")


def test_the_top_holds_only_what_has_a_reason() -> None:
    assert {path.parts[0] for path in files()} - GIVEN - REASONED == set()


@pytest.mark.parametrize("entry", sorted(REASONED))
def test_readme_gives_the_reason_of_each_extra_entry_at_the_top(entry: str) -> None:
    lines = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    reasons = [line for line in lines if re.match(rf"[-|] ?`{re.escape(entry)}/?`(\W+\w+){{4,}}", line)]
    assert len(reasons) == 1


@pytest.mark.parametrize("path", modules(*PACKAGES), ids=str)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse((PROJECT_ROOT / path).read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [path for path in files() if path.suffix in {".py", ".sql"}], ids=str)
def test_no_file_grows_past_what_one_can_hold_in_mind(path: Path) -> None:
    length = len((PROJECT_ROOT / path).read_text(encoding="utf-8").splitlines())
    assert length <= LONGEST or LONGER.get(str(path))


def test_every_exception_to_the_length_is_still_needed() -> None:
    long = {str(path) for path in files() if len((PROJECT_ROOT / path).read_bytes().splitlines()) > LONGEST}
    assert set(LONGER) - long == set()


@pytest.mark.parametrize("path", modules(*PACKAGES, "tests"), ids=str)
def test_no_module_has_a_name_that_says_nothing(path: Path) -> None:
    assert not VAGUE.search(path.stem)


def rooms() -> set[str]:
    """The packages and the packages in them, dotted."""
    return {".".join(path.parts[:-1]) for path in modules(*PACKAGES)}


def test_every_folder_of_tests_bears_the_name_of_what_it_tests() -> None:
    folders = {path.parts[1] for path in files() if path.parts[0] == "tests" and len(path.parts) > 2}
    assert folders - {room.rsplit(".", 1)[-1] for room in rooms()} - ACROSS == set()


@pytest.mark.parametrize("room", sorted(rooms()))
def test_every_room_is_entered_by_a_test(room: str) -> None:
    parent, _, name = room.rpartition(".")
    imported = re.compile(rf"\b{re.escape(room)}\b" + (rf"|\bfrom {parent} import .*\b{name}\b" if parent else ""))
    tests = [path for path in modules("tests") if path.parts[1] != "house"]
    assert [path for path in tests if imported.search(text(path) or "")]
