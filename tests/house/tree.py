"""What the house tests look at: the files git knows or would take, and the modules among them."""

import re
import subprocess
from functools import cache
from pathlib import Path

from pipelines.settings import PROJECT_ROOT

PACKAGES = ("dashboard", "pipelines")


@cache
def files() -> tuple[Path, ...]:
    """Every tracked or new file that .gitignore does not name, relative to the project's folder."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=PROJECT_ROOT, check=True, capture_output=True, text=True).stdout
    paths = (Path(name) for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if (PROJECT_ROOT / path).is_file()))


def modules(*tops: str) -> tuple[Path, ...]:
    """The Python files below the top folders named."""
    return tuple(path for path in files() if path.suffix == ".py" and path.parts[0] in tops)


def text(path: Path) -> str | None:
    """A file's text; nothing for a file that holds bytes."""
    try:
        return (PROJECT_ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def lines_with(pattern: str) -> list[str]:
    """Every place, as `file:line`, where the regular expression matches, whatever the case."""
    wanted = re.compile(pattern, re.IGNORECASE)
    return [
        f"{path}:{number}"
        for path in files()
        for number, line in enumerate((text(path) or "").splitlines(), start=1)
        if wanted.search(line)
    ]
