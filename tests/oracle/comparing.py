"""Compares an answer with what the reference printed: numbers to 1e-9, flags and words exactly."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose, isnan
from typing import Any

from tests.oracle.case import Answer, Case

TOLERANCE = {"phe_funnel_limits": 1e-6}  # an iterative bisection in the reference
# Words and bookkeeping of the reference, no results: its messages, and whether it agrees with its own workbook.
NO_RESULTS = {"error", "error_message", "warnings", "messages", "all_equal_published"}


@dataclass(frozen=True)
class Difference:
    """One cell: its column or place in the summary, its row from 0 (None in the summary), wanted and got."""

    column: str
    row: int | None
    want: Any
    got: Any

    def __str__(self) -> str:
        where = self.column if self.row is None else f"{self.column}, row {self.row + 1}"
        return f"{where}: want {self.want!r}, got {self.got!r}"


def compare(case: Case, answer: Answer) -> list[Difference]:
    """Every differing cell of table and summary, in the order of the reference."""
    tolerance = TOLERANCE.get(case.kind, 1e-9)
    table = case.expected or {}
    found = [cell for name, cells in table.items() for cell in _compare_column(name, cells, answer, tolerance)]
    wanted = {name: value for name, value in case.summary.items() if name not in NO_RESULTS}
    return found + list(_compare_tree("summary", wanted, answer.summary, tolerance))


def _compare_column(name: str, cells: list[str], answer: Answer, tolerance: float) -> Iterator[Difference]:
    got = answer.columns.get(name)
    if got is None or len(got) != len(cells):
        yield Difference(name, None, f"{len(cells)} rows", "no such column" if got is None else f"{len(got)} rows")
        return
    for row, (want, have) in enumerate(zip(cells, got, strict=True)):
        if not is_same(want, have, tolerance):
            yield Difference(name, row, want, have)


def is_same(want: str, got: Any, tolerance: float) -> bool:
    """Whether a printed cell says what we have; an empty flag of the reference is no flag."""
    if want in ("", "NaN", "NA"):
        return got in (None, False, want) or (isinstance(got, float) and isnan(got))
    if isinstance(got, bool):
        return want == ("TRUE" if got else "FALSE")
    if isinstance(got, int | float):
        return _is_close(want, float(got), tolerance)
    return bool(want == got)


def _is_close(want: str, got: float, tolerance: float) -> bool:
    try:
        return isclose(float(want), got, rel_tol=tolerance, abs_tol=1e-15)
    except ValueError:
        return False


def _compare_tree(path: str, want: Any, got: Any, tolerance: float) -> Iterator[Difference]:
    if isinstance(want, dict) and isinstance(got, dict):
        for name, value in want.items():
            yield from _compare_tree(f"{path}.{name}", value, got.get(name, "nothing"), tolerance)
    elif isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        for place, pair in enumerate(zip(want, got, strict=True)):
            yield from _compare_tree(f"{path}[{place}]", *pair, tolerance)
    elif not _is_same_value(want, got, tolerance):
        yield Difference(path, None, want, got)


def _is_same_value(want: Any, got: Any, tolerance: float) -> bool:
    if want is None or want == "NaN":
        return got is None or (isinstance(got, float) and isnan(got))
    if isinstance(want, bool) or isinstance(got, bool):
        return want is got
    if isinstance(want, int | float) and isinstance(got, int | float):
        return isclose(want, got, rel_tol=tolerance, abs_tol=1e-15)
    return bool(want == got)
