"""Disclosure control: which cells each edition hides. The only place that decides it.

The figures (up to how many people, for whom) are the table `sql/published/policy.sql`; the rules are read here from top
to bottom. `OWN` hides a cell for what it holds itself. `AMONG_SIBLINGS` then hides more, so that nothing hidden follows
from what is shown: children add up to their parent, and what a parent holds beyond its children counts as one more
child that is never shown. Children are the places a place is made of, and, of a breakdown, the categories of a place.
Editions are decided from the most open to the most closed; what one hides, the next hides too. Of a breakdown, those
categories with nobody are hidden beside a hidden one, and what could still be worked out with a pencil is broken up.
Categories of an outcome decide who is in the numerator: some add up to it, the others to the rest, each a family too.
Source: the disclosure paragraph of the contract; NHS Digital's rule for counts of people (1 to 7, nearest 5).
"""

from collections.abc import Callable

import numpy as np
import polars as pl

from pipelines.deduction import know, work_out
from pipelines.families import BoolArray, Families, IntArray, families_from_the_trust_down, whom_each_counts

CELL = ("indicator_id", "grain", "level", "place_id", "period_start", "dimension", "category")
TEAM = "team"
# Where only one or two service users came, presence is their diary. (marts.service_user_presence counts to one more.)
PEOPLE_WHOSE_DIARY_IT_IS = 2


def few(column: str, limit: int) -> pl.Expr:
    """Whether `column` is 1 to `limit`; nobody is not a few."""
    return pl.col(column).is_between(1, limit)


def has_not_ended(limit: int) -> pl.Expr:
    """A period that is still filling: from one day to the next it would show who came."""
    return ~pl.col("is_complete")


def counts_few(limit: int) -> pl.Expr:
    """Few of those counted, few in all, or few who were not counted."""
    others = pl.col("denominator") - pl.col("numerator")
    return few("numerator", limit) | few("denominator", limit) | others.is_between(1, limit)


def is_of_few_people(limit: int) -> pl.Expr:
    """Few distinct people, however much they did."""
    return few("people_count", limit)


def only_one_hidden(families: Families, hidden: BoolArray, limit: int) -> BoolArray:
    """One hidden child of a shown parent is the parent less the others."""
    asks: BoolArray = ~hidden[families.parent] & (families.count_hidden(hidden) == 1)
    return asks


def too_few_hidden(families: Families, hidden: BoolArray, limit: int) -> BoolArray:
    """Hidden children that hold little together are each known nearly, whether their parent is shown or not."""
    asks: BoolArray = (families.count_hidden(hidden) > 0) & (families.held_by_hidden(hidden) <= 2 * limit)
    return asks


def none_hidden(families: Families, hidden: BoolArray, limit: int) -> BoolArray:
    """Children that are all shown add up to their hidden parent."""
    asks: BoolArray = hidden[families.parent] & (families.count_hidden(hidden) == 0)
    return asks


OWN: tuple[Callable[[int], pl.Expr], ...] = (has_not_ended, counts_few, is_of_few_people)
# Each says of which families the next smallest child is hidden too.
AMONG_SIBLINGS: tuple[Callable[[Families, BoolArray, int], BoolArray], ...] = (
    only_one_hidden,
    too_few_hidden,
    none_hidden,
)


def decide(cells: pl.DataFrame, places: pl.DataFrame, policy: pl.DataFrame) -> pl.DataFrame:
    """The cells each edition hides: `edition` and the columns of CELL, one row for each.

    `cells`: CELL, numerator, denominator, people_count, service_users_count, counts_people, diary, is_complete,
    is_outcome; the empty dimension is everybody. `places`: level, place_id, parent_id. `policy`: one row an edition.
    """
    # From small to large, so that the next smallest child is the one of the lowest row.
    cells = cells.sort("denominator", "place_id", "category", "level", *CELL)
    cells = cells.with_columns(counts_in=whom_each_counts(cells))
    tiers = families_from_the_trust_down(cells, places)
    hidden = np.zeros(len(cells), dtype=bool)
    decided = []
    for edition in policy.sort("hide_up_to").iter_rows(named=True):
        limit, is_seen = edition["hide_up_to"], pl.lit(edition["has_teams"]) | (pl.col("level") != TEAM)
        own = pl.col("counts_people") & pl.any_horizontal(rule(limit) for rule in OWN)
        diary = pl.col("diary") & edition["hides_diaries"] & few("service_users_count", PEOPLE_WHOSE_DIARY_IT_IS)
        hidden = hidden | cells.select(own | diary).to_series().to_numpy()
        seen = [families for families in tiers if edition["has_teams"] or families.children_level != TEAM]
        judged = [families for families in seen if not families.is_split]
        hide_among_siblings(judged, hidden, limit)
        while (joining := next_in_breakdowns(cells, seen, hidden, limit, edition["round_to"])).size:
            hidden[joining] = True
            hide_among_siblings(judged, hidden, limit)
        keys = cells.filter(pl.Series(hidden | empty_beside_hidden(judged, hidden)) & is_seen).select(*CELL)
        decided.append(keys.with_columns(edition=pl.lit(edition["edition"])))
    return pl.concat(decided)


def hide_among_siblings(tiers: list[Families], hidden: BoolArray, limit: int) -> None:
    """Hides further cells in `hidden`, from the trust down and repeated until nothing changes."""
    before = -1
    while before != (before := int(hidden.sum())):
        for families in tiers:
            while (joining := _next_to_hide(families, hidden, limit)).size:
                hidden[joining] = True


def empty_beside_hidden(tiers: list[Families], hidden: BoolArray) -> BoolArray:
    """Categories with nobody where another, or the place itself, is hidden: beside it, "none" says who is some."""
    found = np.zeros_like(hidden)
    for families in tiers:
        if families.are_categories:
            is_beside = ((families.count_hidden(hidden) > 0) | hidden[families.parent])[families.family]
            found[families.child] |= is_beside & (families.denominator[families.child] == 0)
    return found


def next_in_breakdowns(
    cells: pl.DataFrame, tiers: list[Families], hidden: BoolArray, limit: int, round_to: int
) -> IntArray:
    """The smallest shown category near each hidden count of a breakdown that still can be worked out.

    Near is the same place or the same category; where nothing is left to hide there, anywhere in the breakdown.
    """
    told = _few_that_can_be_worked_out(cells, tiers, hidden, limit, round_to)
    numbered = cells.select(*CELL, "denominator", hidden=pl.Series(hidden)).with_row_index("row")
    series = ["indicator_id", "grain", "period_start"]
    found = numbered.filter(pl.Series(told)).select(*series, "dimension", at="place_id", of="category")
    can_join = numbered.filter((pl.col("dimension") != "") & ~pl.col("hidden") & (pl.col("denominator") > 0))
    same_breakdown = (pl.col("dimension") == pl.col("dimension_right")) | (pl.col("dimension") == "")
    is_far = (pl.col("at") != pl.col("place_id")) & (pl.col("of") != pl.col("category"))
    nearest = (
        found.join(can_join, on=series)
        .filter(same_breakdown)
        .sort(is_far, "row", maintain_order=True)
        .unique([*series, "dimension", "at", "of"], keep="first", maintain_order=True)
    )
    return nearest["row"].unique().cast(pl.Int64).to_numpy()


def _few_that_can_be_worked_out(
    cells: pl.DataFrame, tiers: list[Families], hidden: BoolArray, limit: int, round_to: int
) -> BoolArray:
    if not (cells["dimension"] != "").any():
        return np.zeros_like(hidden)
    whole, part = (cells[name].cast(pl.Int64).to_numpy() for name in ("denominator", "numerator"))
    unseen = hidden | empty_beside_hidden([families for families in tiers if not families.is_split], hidden)
    # A place with anybody at all is not empty; a hidden category may be.
    is_somebody = np.where((cells["dimension"] == "").to_numpy(), whole > 0, False).astype(np.int64)
    slack = round_to // 2
    counts = (part, whole - part, whole)
    never = [(cells["counts_in"] == other).to_numpy() for other in ("others", "part", "nobody")]
    known = [
        know(true, unseen, least, slack, is_nobody)
        for true, least, is_nobody in zip(counts, (0 * whole, 0 * whole, is_somebody), never, strict=True)
    ]
    work_out([families for families in tiers if families.adds_up == "whole"], *known)
    told = np.zeros_like(hidden)
    for true, ranges in zip(counts, known, strict=True):
        told |= hidden & (ranges.low == ranges.high) & (true >= 1) & (true <= limit)
    return told


def _next_to_hide(families: Families, hidden: BoolArray, limit: int) -> IntArray:
    asked = np.zeros(len(families.parent), dtype=bool)
    for rule in AMONG_SIBLINGS:
        asked |= rule(families, hidden, limit)
    return families.smallest_shown(hidden, asked)
