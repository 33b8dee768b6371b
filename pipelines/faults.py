"""Faults in files under sql/: each names file and line, says the rule and shows how to mend exactly this fault."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

from pipelines.errors import InvolveError


class ViewError(InvolveError):
    """A file under sql/ cannot be used; the message names file and line, says why and shows a right example."""

    def __init__(self, path: Path, line: int, why: str, example: str) -> None:
        """`path` as it should be printed, `line` counted from 1."""
        super().__init__(f"{path}:{line}: {why}\nFor example:\n{example}")


class ManyViewsError(ViewError):
    """Several files cannot be used, or one for several reasons."""

    def __init__(self, faults: Iterable[ViewError], ending: str = "") -> None:
        """`faults` in the order in which they should be read, `ending` a last line."""
        InvolveError.__init__(self, "\n\n".join([*map(str, faults), *([ending] if ending else [])]))


class Faults:
    """Gathers what is wrong, so that everything of a kind is told in one go."""

    def __init__(self) -> None:
        """Nothing is wrong yet."""
        self._found: list[ViewError] = []

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keeps the fault that ends the block."""
        try:
            yield
        except ViewError as fault:
            self._found.append(fault)

    def add(self, fault: ViewError) -> None:
        """Keeps a fault."""
        self._found.append(fault)

    def tell(self, ending: str = "") -> None:
        """Raises what was gathered, if anything was; `ending` is a last line of its own."""
        if len(self._found) == 1 and not ending:
            raise self._found[0]
        if self._found:
            raise ManyViewsError(self._found, ending)


def did_you_mean(name: str | None) -> str:
    """A question behind a fault, where a name is like the one that was written."""
    return f" Did you mean '{name}'?" if name else ""


def closest(name: str, known: Iterable[str]) -> str | None:
    """Which of the `known` names was probably meant; None where none is like it."""
    near = get_close_matches(name, sorted(set(known)), 1)
    return near[0] if near else None
