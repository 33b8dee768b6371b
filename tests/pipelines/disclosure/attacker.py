"""Somebody who has both files and a solver: looks for hidden counts of people that can have one value only.

What is known of a trust is a set of whole numbers under linear rules: children add up to their parent, categories to
their place; shown cells are what they show, rounded ones within half a step; an empty cell is no activity, a hidden
one holds somebody; of a reason on our side everybody is in the numerator, of the others nobody. A hidden count is found
out where every solution gives it the same value.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

from tests.pipelines.disclosure.trusts import NOT_OURS, OURS, PARENTS, dimension_of

Key = tuple[str, str, str, str]  # grain and period, place, category, and which count
Row = dict[str, Any]
Target = tuple[dict[int, float], int]
Name = tuple[tuple[str, str, str], str]
COUNTS = ("numerator", "denominator")
NO_TEAM = "no team"
MOST = 1_000
# How far a published number lies from the true one at most, and the fewest people it stands for.
SLACK = {"internal": 0, "board": 2}
LEAST = {"internal": 5, "board": 8}


@dataclass
class Knowledge:
    """What is known of one trust: a range for each count, and rows of sums that are equal to nothing."""

    ranges: dict[Key, tuple[int, int]] = field(default_factory=dict)
    sums: list[dict[Key, int]] = field(default_factory=list)
    hidden: set[tuple[str, str, str]] = field(default_factory=set)

    def learn(self, key: Key, low: int, high: int) -> None:
        """Narrows the range of one count."""
        was = self.ranges.get(key, (0, MOST))
        self.ranges[key] = max(low, was[0]), min(high, was[1])


def read_published(rows: pl.DataFrame, *, has_people_without_team: bool, hidden_is_somebody: bool = False) -> Knowledge:
    """What the published rows of one trust say; where `hidden_is_somebody`, a hidden category is never empty."""
    known = Knowledge()
    for row in rows.iter_rows(named=True):
        _read_cell(known, row, 1 if hidden_is_somebody or not row["category"] else 0)
    cells = {key[:3] for key in known.ranges}
    if has_people_without_team:
        for period, place, category in list(cells):
            if place == "trust":
                cells.add((period, NO_TEAM, category))
                known.hidden.add((period, NO_TEAM, category))
                for count in COUNTS:
                    known.learn((period, NO_TEAM, category, count), 0, MOST)
    known.sums.extend(_sums(cells))
    return known


def _read_cell(known: Knowledge, row: Row, fewest: int) -> None:
    period, edition = f"{row['grain']} {row['period_start']}", str(row["edition"])
    cell = (period, str(row["place_id"]), str(row["category"]))
    for count in COUNTS:
        if row["status"] == "shown":
            shown, slack = row[count], SLACK[edition]
            known.learn((*cell, count), max(shown - slack, LEAST[edition]) if shown else 0, shown and shown + slack)
        elif row["status"] == "no_activity":
            known.learn((*cell, count), 0, 0)
        else:
            known.learn((*cell, count), fewest * (count == "denominator"), MOST)
    if row["category"] in NOT_OURS:
        known.learn((*cell, "numerator"), 0, 0)
    if row["status"] == "hidden":
        known.hidden.add(cell)


def _sums(cells: set[tuple[str, str, str]]) -> Iterator[dict[Key, int]]:
    above = PARENTS | {NO_TEAM: "trust"}
    for period, place, category in cells:
        quarters = [cell for cell in cells if cell[1:] == (place, category) and is_quarter_of(cell[0], period)]
        children = [cell for cell in cells if cell[::2] == (period, category) and above.get(cell[1]) == place]
        categories = [cell for cell in cells if cell[:2] == (period, place) and not category]
        by_dimension = [[cell for cell in categories if dimension_of(cell[2]) == name] for name in ("gender", "reason")]
        for parts in (children, *by_dimension, quarters):
            for count in COUNTS if parts else ():
                yield {(period, place, category, count): -1} | {(*part, count): 1 for part in parts}
        if category in OURS:
            yield {(period, place, category, "numerator"): 1, (period, place, category, "denominator"): -1}


def is_quarter_of(period: str, year: str) -> bool:
    """Whether one period is a quarter of the other, which are four quarters from January on."""
    return period.startswith("quarter") and year.startswith("four_quarters") and year[-10:-6] == period[-10:-6]


def find_out(known: Knowledge, truth: dict[Key, int], limit: int) -> list[tuple[tuple[str, ...], str, int]]:
    """The hidden counts of 1 to `limit` that follow from what is known: place and category, which count, its value.

    `truth` tells which counts are worth a look, and is one solution; another with another value clears a count.
    """
    keys = sorted(known.ranges)
    place = {key: n for n, key in enumerate(keys)}
    targets: dict[Name, Target] = {}
    for cell in sorted(known.hidden):
        n, d = place[*cell, "numerator"], place[*cell, "denominator"]
        values = {"numerator": truth[keys[n]], "denominator": truth[keys[d]]}
        values["others"] = values["denominator"] - values["numerator"]
        forms = {"numerator": {n: 1.0}, "denominator": {d: 1.0}, "others": {d: 1.0, n: -1.0}}
        targets |= {(cell, what): (forms[what], value) for what, value in values.items() if 1 <= value <= limit}
    if not targets:
        return []
    solve = _Solver(known, keys)
    random = np.random.default_rng(0)
    for _ in range(4):
        objective = np.zeros(len(keys))
        for form, _ in targets.values():
            for n, sign in form.items():
                objective[n] += sign * random.normal()
        targets = _not_cleared(targets, solve(objective))
    found: list[tuple[tuple[str, ...], str, int]] = []
    for (cell, what), (form, value) in targets.items():
        ends = [solve(_objective(form, sign, len(keys))) for sign in (1, -1)]
        if all(_value(form, end) == value for end in ends):
            found.append((cell[1:], what, value))
    return found


class _Solver:
    """Whole numbers that obey all that is known, the first by a wish."""

    def __init__(self, known: Knowledge, keys: list[Key]) -> None:
        place = {key: n for n, key in enumerate(keys)}
        pairs = [key for key in keys if key[3] == "numerator"]
        matrix = lil_array((len(known.sums) + len(pairs), len(keys)))
        for n, parts in enumerate(known.sums):
            for key, sign in parts.items():
                matrix[n, place[key]] = sign
        for n, key in enumerate(pairs, len(known.sums)):
            matrix[n, place[key]], matrix[n, place[*key[:3], "denominator"]] = 1, -1
        at_least = np.concatenate([np.zeros(len(known.sums)), np.full(len(pairs), -np.inf)])
        self._rules = LinearConstraint(matrix.tocsr(), at_least, 0)
        low, high = zip(*(known.ranges[key] for key in keys), strict=True)
        self._bounds = Bounds(low, high)

    def __call__(self, wish: NDArray[np.float64]) -> NDArray[np.float64]:
        answer = milp(wish, integrality=np.ones(len(wish)), bounds=self._bounds, constraints=self._rules)
        assert answer.x is not None, f"what is published contradicts itself: {answer.message}"
        numbers: NDArray[np.float64] = np.round(answer.x)
        return numbers


def _objective(form: dict[int, float], sign: int, length: int) -> NDArray[np.float64]:
    objective = np.zeros(length)
    for n, weight in form.items():
        objective[n] = sign * weight
    return objective


def _value(form: dict[int, float], solution: NDArray[np.float64]) -> int:
    return int(sum(weight * solution[n] for n, weight in form.items()))


def _not_cleared(targets: dict[Name, Target], solution: NDArray[np.float64]) -> dict[Name, Target]:
    return {name: (form, value) for name, (form, value) in targets.items() if _value(form, solution) == value}


def truth_of(cells: pl.DataFrame) -> dict[Key, int]:
    """The true counts of one trust's cells, and of the people without a team."""
    truth: dict[Key, int] = {}
    for row in cells.iter_rows(named=True):
        for count in COUNTS:
            key = (f"{row['grain']} {row['period_start']}", row["place_id"], row["category"], count)
            truth[key] = row[count]
    for (period, place, category, count), whole in list(truth.items()):
        if place == "trust":
            parts = [truth.get((period, setting, category, count), 0) for setting in ("I", "C")]
            truth[period, NO_TEAM, category, count] = whole - sum(parts)
    return truth
