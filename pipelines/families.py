"""Families of cells: children that add up to their parent, found in the places and in the categories of a breakdown."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
LEVELS = ("trust", "care_setting", "service_area", "team")
SERIES = ("indicator_id", "grain", "period_start")
PLACE = ("level", "place_id")
CHILDREN = ("child", "parent", "level", "parent_level", "dimension", "counts_in")
# Which count of its parent a family adds up to.
Count = Literal["whole", "part", "others"]


@dataclass(frozen=True)
class Families:
    """Many families at once; cells are named by their row, lower rows being the smaller cells.

    `are_categories`: of a place, else places. `child` are the rows of all children and `family` says for each which
    family it belongs to; `parent` is the row of each family's parent. `denominator` and `numerator` are of all cells;
    where a family `adds_up` to another count of its parent than the whole, both are that count. What `is_split` stands
    there once more as two such families, by which it is decided.
    """

    children_level: str
    are_categories: bool
    child: IntArray
    family: IntArray
    parent: IntArray
    numerator: IntArray
    denominator: IntArray
    adds_up: Count = "whole"
    is_split: bool = False

    @cached_property
    def beyond(self) -> IntArray:
        """What each parent holds beyond its children: the denominator; 0 where it holds nothing."""
        more: IntArray = self.denominator[self.parent] - self.add(self.denominator[self.child])
        return more.clip(min=0)

    @cached_property
    def holds_beyond(self) -> BoolArray:
        """Whether a parent holds anything beyond its children."""
        numerator = self.numerator[self.parent] - self.add(self.numerator[self.child])
        holds: BoolArray = (self.beyond > 0) | (numerator > 0)
        return holds

    @cached_property
    def is_short(self) -> BoolArray:
        """Whether a parent holds less than its children: somebody counts for two of them, and nothing adds up."""
        counts = (self.numerator, self.denominator, self.denominator - self.numerator)
        short = [count[self.parent] < self.add(count[self.child]) for count in counts]
        is_short: BoolArray = np.any(short, axis=0)
        return is_short

    def count_hidden(self, hidden: BoolArray) -> IntArray:
        """How many children of each family are not shown; what the parent holds beyond them is one of them."""
        return self.add(hidden[self.child]) + self.holds_beyond

    def held_by_hidden(self, hidden: BoolArray) -> IntArray:
        """The denominators of the children that are not shown, together."""
        return self.add(self.denominator[self.child] * hidden[self.child]) + self.beyond

    def smallest_shown(self, hidden: BoolArray, asked: BoolArray) -> IntArray:
        """The row of the smallest shown child with activity in each family that is `asked`, where there is one."""
        can_join = asked[self.family] & ~hidden[self.child] & (self.denominator[self.child] > 0)
        rows = self.child[can_join]
        order = np.argsort(rows)
        _, first = np.unique(self.family[can_join][order], return_index=True)
        smallest: IntArray = rows[order][first]
        return smallest

    def add(self, of_children: NDArray[np.generic]) -> IntArray:
        """Adds up a number of every child by family."""
        return np.bincount(self.family, of_children, len(self.parent)).astype(np.int64)


def families_from_the_trust_down(cells: pl.DataFrame, places: pl.DataFrame) -> list[Families]:
    """Every family of cells of people, level by level: each place's categories, then the places it is made of.

    `cells`: indicator_id, grain, period_start, level, place_id, dimension, category, numerator, denominator,
    counts_people, counts_in (see `whom_each_counts`), in the order of their rows. `places`: level, place_id, parent_id.
    """
    numbered = cells.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    people = numbered.filter("counts_people").select("row", *SERIES, *PLACE, "dimension", "category", "counts_in")
    numerator, denominator = (cells[name].cast(pl.Int64).to_numpy() for name in ("numerator", "denominator"))
    kinds = ((True, _children_by_category(people)), (False, _children_by_place(people, places)))
    found = []
    for parent_level in LEVELS:
        for are_categories, children in kinds:
            of_level = children.filter(pl.col("parent_level") == parent_level)
            for (level,), kin in of_level.partition_by("level", as_dict=True).items():
                is_of_outcome = are_categories & (pl.col("counts_in") != "whole")
                for is_split, some in ((False, kin.filter(~is_of_outcome)), (True, kin.filter(is_of_outcome))):
                    if len(some):
                        whole = Families(
                            str(level), are_categories, *_members(some), numerator, denominator, is_split=is_split
                        )
                        found.extend([whole, *_sides(some, whole)] if is_split else [whole])
    return found


def whom_each_counts(cells: pl.DataFrame) -> pl.Series:
    """For each cell whom a reader knows it to count: only people in the numerator (`part`) or none of them (`others`).

    That is known of the categories of an outcome, which decides who is in the numerator, and of no other (`whole`).
    """
    is_part = (pl.col("numerator") > 0).any().over("indicator_id", "dimension", "category")
    of_outcome = pl.when(is_part).then(pl.lit("part")).otherwise(pl.lit("others"))
    return cells.select(pl.when("is_outcome").then(of_outcome).otherwise(pl.lit("whole"))).to_series()


def _members(kin: pl.DataFrame) -> tuple[IntArray, IntArray, IntArray]:
    """Child, family and parent, as Families names them."""
    families = kin.select("parent", "dimension").unique(maintain_order=True).with_row_index("family")
    known = kin.join(families, on=["parent", "dimension"], maintain_order="left")
    return known["child"].to_numpy(), known["family"].cast(pl.Int64).to_numpy(), families["parent"].to_numpy()


def _sides(kin: pl.DataFrame, whole: Families) -> Iterator[Families]:
    """The categories of an outcome once more: some add up to their place's numerator, the rest to its others."""
    sides: tuple[tuple[Count, IntArray], ...] = (
        ("part", whole.numerator),
        ("others", whole.denominator - whole.numerator),
    )
    for adds_up, count in sides:
        of_side = kin.filter(pl.col("counts_in") == adds_up)
        if len(of_side):
            yield Families(whole.children_level, True, *_members(of_side), count, count, adds_up)


def _children_by_category(people: pl.DataFrame) -> pl.DataFrame:
    """Each category of a place under the place's figure of everybody."""
    everybody = people.filter(pl.col("dimension") == "").select(*SERIES, *PLACE, parent="row")
    children = people.filter(pl.col("dimension") != "").rename({"row": "child"})
    return children.join(everybody, on=[*SERIES, *PLACE]).with_columns(parent_level="level").select(CHILDREN)


def _children_by_place(people: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Each place under the nearest place above it that has a cell of the same series and category."""
    same = [*SERIES, "dimension", "category"]
    above = {"level": "parent_level", "place_id": "parent_id", "row": "parent"}
    return (
        people.rename({"row": "child"})
        .join(_places_above(places), on=PLACE)
        .join(people.rename(above), on=[*same, "parent_level", "parent_id"])
        .sort("steps")
        .unique("child", keep="first", maintain_order=True)
        .select(CHILDREN)
    )


def _places_above(places: pl.DataFrame) -> pl.DataFrame:
    """Every place with each place above it and how many steps lie between: level, place_id, parent_level, parent_id."""
    levels = dict(zip(LEVELS[1:], LEVELS, strict=False))
    one = places.filter(pl.col("parent_id").is_not_null()).select(
        *PLACE, "parent_id", parent_level=pl.col("level").replace_strict(levels, default=None), steps=1
    )
    further = one.rename({"level": "parent_level", "place_id": "parent_id", "parent_level": "to", "parent_id": "to_id"})
    found = [one]
    for _ in LEVELS[2:]:
        reached = found[-1].join(further.drop("steps"), on=["parent_level", "parent_id"])
        found.append(
            reached.select(*PLACE, parent_id="to_id", parent_level="to", steps=pl.col("steps") + 1).select(one.columns)
        )
    return pl.concat(found)
