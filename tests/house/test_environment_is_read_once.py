"""Settings come from one place: no other module looks at the environment."""

import ast
from pathlib import Path

import pytest

from pipelines.settings import PROJECT_ROOT
from tests.house.tree import PACKAGES, modules

READER = Path("pipelines/settings.py")
WORDS = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}


def mentions(source: str) -> list[int]:
    """The lines on which `source` names the environment, by attribute or by import."""
    nodes = ast.walk(ast.parse(source))
    return sorted(
        node.lineno
        for node in nodes
        if (isinstance(node, ast.Attribute) and node.attr in WORDS)
        or (isinstance(node, ast.ImportFrom) and node.module == "os" and WORDS & {name.name for name in node.names})
    )


def lines(path: Path) -> list[int]:
    """The lines of a file of the project that name the environment."""
    return mentions((PROJECT_ROOT / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [path for path in modules(*PACKAGES) if path != READER], ids=str)
def test_no_other_module_looks_at_the_environment(path: Path) -> None:
    assert lines(path) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.environ['A']",
        "import os as o\no.getenv('A')",
        "from os import environ as e",
        "from os import getenv",
    ],
)
def test_every_way_to_the_environment_is_seen(source: str) -> None:
    assert mentions(source)
