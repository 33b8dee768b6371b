"""Trusts of cells, without files: drawn at random or written out, and carried through the views that publish them."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from pipelines.building import build, hide_cells
from pipelines.settings import SQL_ROOT
from pipelines.views import read_views
from pipelines.warehouse import Warehouse

CATEGORIES = ("female", "male", "Not known")
# What decides who is in the numerator, and what decides that somebody is not.
OURS = ("judged_by_us", "nobody_asked", "our_systems")
NOT_OURS = ("active", "could_change", "no_reply")
REASONS = {*OURS, *NOT_OURS}
SIDES = {f"reason {name}": "part" for name in OURS} | {f"reason {name}": "others" for name in NOT_OURS}
PUBLISHED = {f"published.{name}" for name in ("policy", "disclosed_cell", "disclosed_value")} | {
    "published.indicator_value",
    "published.indicator_breakdown",
}
VIEWS = [view for view in read_views(SQL_ROOT) if view.full_name in PUBLISHED]
# One tree for all: a place of which a trust has no cell is not a place of that trust.
SHAPE = {setting: {f"{setting}{a}": [f"{setting}{a}{t}" for t in "1234"] for a in "abc"} for setting in ("I", "C")}
PLACES = pl.DataFrame(
    [
        ("trust", "trust", None),
        *(("care_setting", setting, "trust") for setting in SHAPE),
        *(("service_area", area, setting) for setting, areas in SHAPE.items() for area in areas),
        *(("team", team, area) for areas in SHAPE.values() for area, teams in areas.items() for team in teams),
    ],
    schema=["level", "place_id", "parent_id"],
    orient="row",
)
PARENTS = {place: parent for _, place, parent in PLACES.iter_rows() if parent}
Counts = Mapping[tuple[str, str], tuple[int, int]]


def cells_of(trust: str, counts: Counts, places: Iterable[str], *, period: date = date(2025, 1, 1)) -> pl.DataFrame:
    """Every cell of one trust: `counts` are (numerator, denominator) by team and category; the team '' is none.

    Categories are genders, whose people are everybody, or reasons, which tell of the same people again.
    """
    placed: dict[tuple[str, str], list[int]] = {(place, ""): [0, 0] for place in places}
    categories = {category for _, category in counts if category}
    placed |= {(place, category): [0, 0] for place in places for category in categories}
    for (team, told), (numerator, denominator) in counts.items():
        for place in [team, *above(team)] if team else ["trust"]:
            for category in {told} if told in REASONS else {"", told}:
                placed[place, category][0] += numerator
                placed[place, category][1] += denominator
    level = dict(PLACES.select("place_id", "level").iter_rows())
    rows = [
        (trust, level[place], place, dimension_of(category), category, numerator, denominator, period)
        for (place, category), (numerator, denominator) in placed.items()
    ]
    names = ["indicator_id", "level", "place_id", "dimension", "category", "numerator", "denominator", "period_start"]
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(
        kind=pl.lit("percent"),
        counts_people=True,
        diary=False,
        grain=pl.lit("four_quarters"),
        period_end=pl.col("period_start").dt.offset_by("12mo"),
        people_count="denominator",
        service_users_count=pl.lit(0, pl.Int64),
        is_complete=True,
        is_outcome=pl.col("dimension") == "reason",
    )


def dimension_of(category: str) -> str:
    """What a category is one of; everybody is of none."""
    return "reason" if category in REASONS else category and "gender"


def above(place: str) -> list[str]:
    """The places a place lies in, the nearest first."""
    return [PARENTS[place], *above(PARENTS[place])] if place in PARENTS else []


def random_trust(number: int) -> pl.DataFrame:
    """A small trust: one or two settings, few people in most teams, some without a team, three genders, six reasons."""
    random = np.random.default_rng(number)
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    size = random.choice([1.0, 3.0, 8.0])
    for setting in list(SHAPE)[: random.integers(1, 3)]:
        for area in list(SHAPE[setting])[: random.integers(1, 4)]:
            for team in SHAPE[setting][area][: random.integers(1, 5)]:
                counts |= _people(random, team, size * random.choice([0.3, 1.0, 6.0]))
    if number % 2:
        counts |= _people(random, "", size)
    for team in dict.fromkeys(team for team, _ in counts):
        counts |= _reasons(random, team, {key: count for key, count in counts.items() if key[0] == team})
    teams = {team for team, _ in counts if team}
    places = {"trust", *teams, *(place for team in teams for place in above(team))}
    return cells_of(f"trust_{number:04}", counts, sorted(places))


def _people(random: np.random.Generator, team: str, mean: float) -> dict[tuple[str, str], tuple[int, int]]:
    found = {}
    for gender, share in zip(CATEGORIES, (0.55, 0.4, 0.05), strict=True):
        denominator = int(random.poisson(mean * share))
        found[team, gender] = int(random.binomial(denominator, 0.4)), denominator
    return found


def _reasons(random: np.random.Generator, team: str, people: Counts) -> Counts:
    ours, all_of_them = (sum(counts) for counts in zip(*people.values(), strict=True))
    others = all_of_them - ours
    by_us, not_by_us = random.multinomial(ours, (0.5, 0.15, 0.35)), random.multinomial(others, (0.6, 0.3, 0.1))
    found = {(team, reason): (int(count), int(count)) for reason, count in zip(OURS, by_us, strict=True)}
    return found | {(team, reason): (0, int(count)) for reason, count in zip(NOT_OURS, not_by_us, strict=True)}


def publish(cells: pl.DataFrame) -> pl.DataFrame:
    """What both editions publish of `cells`: edition, the cell's names, dimension, category, counts and status."""
    with Warehouse(Path(":memory:"), memory_limit="1GB", threads=1) as warehouse:
        warehouse.replace_table("marts.cell", cells)
        warehouse.replace_table("marts.place", PLACES)
        hide_cells(warehouse, VIEWS)
        build(warehouse, VIEWS, ("published",))
        return warehouse.frame(
            """select *, '' as dimension, '' as category from published.indicator_value
            union all by name select * from published.indicator_breakdown"""
        )
