"""Everything published of one small trust, as read by somebody with both files and by a reader of the board's alone."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from tests.pipelines.bench import Bench
from tests.pipelines.disclosure.attacker import Ways, find_out, read_published, truth_of
from tests.pipelines.disclosure.curves import read_curves

READERS = (("both", 4, ["internal", "board"]), ("board", 7, ["board"]))
OF_THE_CURVE = "interest_to_active_in_180_days"
Found = dict[str, list[tuple[tuple[str, ...], str, int]]]
CELLS = """
    select cell.* from marts.cell as cell inner join marts.indicator_catalogue using (indicator_id)
    where cell.counts_people and cell.period_end >= date '2024-01-01'
"""
PUBLISHED = """
    select *, '' as dimension, '' as category from published.indicator_value
    union all by name select * from published.indicator_breakdown
"""
# One person in two teams counts in both, and once for what they are part of.
IN_TWO_TEAMS = """
    select distinct indicator_id from marts.indicator_unit group by indicator_id, unit_id
    having count(distinct team_id) > 1
"""


def attack(bench: Bench) -> Found:
    """The hidden counts of people that are found out, by indicator, period and reader."""
    ask = bench.warehouse.frame
    truths = ask(CELLS)
    rows, curves, waits = ask(PUBLISHED), ask("select * from published.waiting_curve"), ask("select * from marts.wait")
    in_two = set(ask(IN_TWO_TEAMS)["indicator_id"])
    found: Found = {}
    for (indicator, period), cells in truths.partition_by("indicator_id", "period_start", as_dict=True).items():
        mine = rows.filter(pl.col("indicator_id") == indicator, pl.col("period_start") == period)
        of_curve = curves.filter(pl.col("period_start") == period, pl.lit(indicator == OF_THE_CURVE))
        for reader, limit, editions in READERS:
            is_seen = pl.col("edition").is_in(editions)
            truth = truth_of(cells)
            has_more = any(value for key, value in truth.items() if key[1] == "no team")
            ways = Ways(
                parents=dict(
                    bench.warehouse.rows("select place_id, parent_id from marts.place where level <> 'trust'")
                ),
                sides=sides(bench),
                has_people_without_team=has_more and indicator not in in_two,
                counts_in_two_teams=str(indicator) in in_two,
            )
            known = read_published(mine.filter(is_seen), ways)
            read_curves(known, of_curve.filter(is_seen), waits, truth)
            told = find_out(known, truth, limit)
            if told and not is_one_in_each_place(mine.filter(is_seen), cells):
                found[f"{indicator} {period} {reader}"] = told
    return found


def is_one_in_each_place(rows: pl.DataFrame, cells: pl.DataFrame) -> bool:
    """Whether hidden places hold one person each, as many as are shown of all.

    The contract leaves this open: nothing is left to hide beside them, and it hides no shown parent. README says so.
    """
    places = rows.filter(pl.col("dimension") == "", pl.col("status") == "hidden").select("level", "place_id").unique()
    levels = [level for level in ("team", "service_area", "care_setting") if level in places["level"]]
    if not levels:
        return False
    smallest = places.filter(pl.col("level") == levels[0])
    counts = cells.filter(pl.col("dimension") == "").join(smallest, on=["level", "place_id"], how="semi")
    return bool((counts["denominator"] == 1).all())


def sides(bench: Bench) -> dict[str, str]:
    """Of which categories everybody is in the numerator, and of which nobody, as published."""
    told = bench.warehouse.rows("select distinct category, side from published.reason")
    return {f"reason {category}": "part" if side == "ours" else "others" for category, side in told}


# What charts, funnels, comparisons and sentences say is made of the published figures of cells.
MADE_OF_CELLS = (
    "indicator_value",
    "indicator_breakdown",
    "signal_point",
    "signal",
    "rebase_proposal",
    "comparison",
    "funnel_point",
    "waiting_curve",
    "briefing",
    "chart_series",
    "compared_value",
    "latest_value",
)


def everything(bench: Bench) -> Iterator[tuple[str, str, list[tuple[Any, ...]]]]:
    """Edition, table and rows of all that is made of cells."""
    for table in MADE_OF_CELLS:
        for edition in ("internal", "board"):
            query = f"select * from published.{table} where edition = ? order by all"
            yield edition, table, bench.warehouse.rows(query, [edition])
