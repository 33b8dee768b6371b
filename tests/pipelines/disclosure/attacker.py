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

from tests.pipelines.disclosure.trusts import PARENTS, SIDES

Key = tuple[str, str, str, str]  # grain and period, place, category, and which count
Row = dict[str, Any]
Target = tuple[dict[int, float], int]
Name = tuple[tuple[str, str, str], str]
COUNTS = ("numerator", "denominator")
TOOK_PART = "took part by then"
NO_TEAM = "no team"
MOST = 1_000
# How far a published number lies from the true one at most, and the fewest people it stands for.
SLACK = {"internal": 0, "board": 2}
LEAST = {"internal": 5, "board": 8}


@dataclass
class Knowledge:
    """What is known of one trust: a range for each count, rows of sums equal to nothing, and of at least nothing."""

    ranges: dict[Key, tuple[int, int]] = field(default_factory=dict)
    sums: list[dict[Key, int]] = field(default_factory=list)
    at_least_nothing: list[dict[Key, int]] = field(default_factory=list)
    hidden: set[tuple[str, str, str]] = field(default_factory=set)

    def learn(self, key: Key, low: int, high: int) -> None:
        """Narrows the range of one count."""
        was = self.ranges.get(key, (0, MOST))
        self.ranges[key] = max(low, was[0]), min(high, was[1])


@dataclass(frozen=True)
class Ways:
    """What a reader knows of how people are counted.

    Which place lies in which, whose reasons are whose (category to `part` or `others`), whether there are people
    without a team, whether one may count in two teams, and whether a hidden category is known never to be empty.
    """

    parents: dict[str, str] = field(default_factory=lambda: dict(PARENTS))
    sides: dict[str, str] = field(default_factory=lambda: dict(SIDES))
    has_people_without_team: bool = False
    counts_in_two_teams: bool = False
    hidden_is_somebody: bool = False


def read_published(rows: pl.DataFrame, ways: Ways) -> Knowledge:
    """What the published rows of one indicator of a trust say."""
    known = Knowledge()
    for row in rows.iter_rows(named=True):
        _read_cell(known, row, ways)
    cells = {key[:3] for key in known.ranges}
    if ways.has_people_without_team:
        for period, place, category in list(cells):
            if place == "trust":
                cells.add((period, NO_TEAM, category))
                known.hidden.add((period, NO_TEAM, category))
                for count in COUNTS:
                    known.learn((period, NO_TEAM, category, count), 0, MOST)
    for is_exact, parts in _sums(cells, ways):
        (known.sums if is_exact else known.at_least_nothing).append(parts)
    return known


def name_of(row: Row) -> tuple[str, str, str]:
    """Period, place and category; a category carries its dimension, everybody has none."""
    category = f"{row['dimension']} {row['category']}" if row["category"] else ""
    return f"{row['grain']} {row['period_start']}", str(row["place_id"]), category


def _read_cell(known: Knowledge, row: Row, ways: Ways) -> None:
    cell, edition = name_of(row), str(row["edition"])
    fewest = 1 if ways.hidden_is_somebody or not row["category"] else 0
    for count in COUNTS:
        if row["status"] == "shown":
            shown, slack = row[count], SLACK[edition]
            known.learn((*cell, count), max(shown - slack, LEAST[edition]) if shown else 0, shown and shown + slack)
        elif row["status"] == "no_activity":
            known.learn((*cell, count), 0, 0)
        else:
            known.learn((*cell, count), fewest * (count == "denominator"), MOST)
    if ways.sides.get(cell[2]) == "others":
        known.learn((*cell, "numerator"), 0, 0)
    if row["status"] == "hidden":
        known.hidden.add(cell)


def _sums(cells: set[tuple[str, str, str]], ways: Ways) -> Iterator[tuple[bool, dict[Key, int]]]:
    above = ways.parents | {NO_TEAM: "trust"}
    dimensions = {category.split()[0] for _, _, category in cells if category}
    for period, place, category in cells:
        quarters = [cell for cell in cells if cell[1:] == (place, category) and is_quarter_of(cell[0], period)]
        children = [cell for cell in cells if cell[::2] == (period, category) and above.get(cell[1]) == place]
        categories = [cell for cell in cells if cell[:2] == (period, place) and not category]
        by_dimension = [[cell for cell in categories if cell[2].startswith(f"{name} ")] for name in dimensions]
        for parts in (children, *by_dimension, quarters):
            for count in COUNTS if parts else ():
                is_exact = not ways.counts_in_two_teams or parts is not children
                yield is_exact, {(period, place, category, count): -1} | {(*part, count): 1 for part in parts}
        if ways.sides.get(category) == "part":
            yield True, {(period, place, category, "numerator"): 1, (period, place, category, "denominator"): -1}


def is_quarter_of(period: str, year: str) -> bool:
    """Whether one period is a quarter of the other, which are four quarters from January on."""
    return period.startswith("quarter") and year.startswith("four_quarters") and year[-10:-6] == period[-10:-6]


def find_out(known: Knowledge, truth: dict[Key, int], limit: int) -> list[tuple[tuple[str, ...], str, int]]:
    """The hidden counts of 1 to `limit` that follow from what is known: place and category, which count, its value.

    `truth` tells which counts are worth a look, and is one solution; another with another value clears a count.
    """
    keys = sorted(known.ranges)
    place = {key: n for n, key in enumerate(keys)}
    targets = dict(_steps(known, truth, place, limit))
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
    while targets:
        name, (form, value) = next(iter(targets.items()))
        for sign in (1, -1):
            if name in targets:
                targets = _not_cleared(targets, solve(_objective(form, sign, len(keys))))
        if targets.pop(name, None):
            found.append((name[0][1:], name[1], value))
    return found


def _steps(known: Knowledge, truth: dict[Key, int], place: dict[Key, int], limit: int) -> Iterator[tuple[Name, Target]]:
    """Of a curve: those who took part between any two days, and those who had not by a day."""
    days = [key for key in place if key[3] == TOOK_PART]
    for one in days:
        whole = (*one[:2], "", "denominator")
        later = [other for other in days if one[:2] == other[:2] and one[2] < other[2]]
        for other in (whole, *later):
            count = truth[other] - truth[one]
            if 1 <= count <= limit:
                form = {place[other]: 1.0, place[one]: -1.0}
                yield ((*one[:2], f"{one[2]} to {other[2] or 'never'}"), "people"), (form, count)


class _Solver:
    """Whole numbers that obey all that is known, the first by a wish."""

    def __init__(self, known: Knowledge, keys: list[Key]) -> None:
        place = {key: n for n, key in enumerate(keys)}
        within = [{key: -1, (*key[:3], "denominator"): 1} for key in keys if key[3] == "numerator"]
        rows = [*known.sums, *known.at_least_nothing, *within]
        matrix = lil_array((len(rows), len(keys)))
        for n, parts in enumerate(rows):
            for key, sign in parts.items():
                matrix[n, place[key]] = sign
        at_most = np.where(np.arange(len(rows)) < len(known.sums), 0, np.inf)
        self._rules = LinearConstraint(matrix.tocsr(), 0, at_most)
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
    settings = cells.filter(pl.col("level") == "care_setting")["place_id"].unique()
    for row in cells.iter_rows(named=True):
        for count in COUNTS:
            truth[*name_of(row), count] = row[count]
    for (period, place, category, count), whole in list(truth.items()):
        if place == "trust":
            parts = [truth.get((period, setting, category, count), 0) for setting in settings]
            truth[period, NO_TEAM, category, count] = whole - sum(parts)
    return truth
