"""Every package we lean on directly is pinned, and has its line in README's decision log."""

import re
import tomllib

import pytest

from pipelines.settings import PROJECT_ROOT

PROJECT = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
TEST = PROJECT["dependency-groups"]["test"]


def name_of(requirement: str) -> str:
    """`duckdb>=2.0,<3` is duckdb."""
    return re.split(r"[^A-Za-z0-9_.-]", requirement, maxsplit=1)[0]


def pinned(file: str) -> dict[str, str]:
    """Package and version of every pin in a requirements file."""
    text = (PROJECT_ROOT / "requirements" / file).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;]+)", text, re.MULTILINE))


def decision_log() -> str:
    """The part of README below its heading 'Decision log'."""
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    parts = re.split(r"^#+ ", readme, flags=re.MULTILINE)
    return next(part for part in parts if part.lower().startswith("decision log"))


@pytest.mark.parametrize("requirement", [*RUN, *TEST])
def test_the_decision_log_has_one_line_for_each_direct_dependency(requirement: str) -> None:
    name = re.escape(name_of(requirement))
    lines = [line for line in decision_log().splitlines() if re.match(rf"[-|] ?`{name}`", line, re.IGNORECASE)]
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("requirement", "file"), [*((each, "run.txt") for each in RUN), *((each, "test.txt") for each in TEST)]
)
def test_every_direct_dependency_is_pinned(requirement: str, file: str) -> None:
    names = {name.lower().replace("_", "-") for name in pinned(file)}
    assert name_of(requirement).lower().replace("_", "-") in names


def test_the_tests_run_on_the_versions_that_users_run() -> None:
    assert pinned("run.txt").items() <= pinned("test.txt").items()


def test_no_dependency_is_an_open_end() -> None:
    assert [requirement for requirement in PROJECT["project"]["dependencies"] if "<" not in requirement] == []
