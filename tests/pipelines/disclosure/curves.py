"""What waiting curves say of people: which whole numbers a published share, with its limits, leaves possible."""

from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tests.pipelines.disclosure.attacker import SLACK, TOOK_PART, Key, Knowledge

STEP = {"internal": 1, "board": 5}
Z = 1.959963984540054
A_HAIR = 1e-6
FOLLOWED_DAYS = 180
Row = dict[str, Any]


def read_curves(known: Knowledge, curves: pl.DataFrame, waits: pl.DataFrame, truth: dict[Key, int]) -> None:
    """Adds to what is known of the people with an interest what one period's curves tell; `waits` adds the truth.

    For every place, those who took part by each day that is told anywhere: they grow from day to day, care settings add
    up to the trust, and after the last day they are the numerator of the same people.
    """
    if not curves.height:
        return
    period = f"four_quarters {curves['period_start'][0]}"
    days = sorted({0, FOLLOWED_DAYS, *curves["day"]})
    of_period = waits.filter(pl.col("period_start") == curves["period_start"][0])
    places = of_period["place_id"].unique().sort().to_list()
    for place in places:
        mine = of_period.filter(pl.col("place_id") == place, "happened")["days"]
        for day in days:
            key = (period, place, _named(day), TOOK_PART)
            known.learn(key, 0, 10_000 if day else 0)
            truth[key] = int((mine <= day).sum()) if day else 0
            known.at_least_nothing.append({key: -1, (period, place, "", "denominator"): 1})
        for one, other in pairwise(days):
            pair = {(period, place, _named(other), TOOK_PART): 1, (period, place, _named(one), TOOK_PART): -1}
            known.at_least_nothing.append(pair)
        last = (period, place, _named(FOLLOWED_DAYS), TOOK_PART)
        known.sums.append({last: 1, (period, place, "", "numerator"): -1})
    for day in days:
        parts = {(period, place, _named(day), TOOK_PART): 1 for place in places if place != "trust"}
        known.sums.append(parts | {(period, "trust", _named(day), TOOK_PART): -1})
    # How many there are in all is exact in the internal edition, and helps to read the board's shares.
    for row in curves.sort("edition", descending=True).iter_rows(named=True):
        _read_step(known, period, row)


def _named(day: int) -> str:
    return f"day {day:03}"


def _read_step(known: Knowledge, period: str, row: Row) -> None:
    slack, whole = SLACK[row["edition"]], (period, row["place_id"], "", "denominator")
    known.learn(whole, row["people"] - slack, row["people"] + slack)
    if not row["day"]:
        return
    fewest, most = known.ranges[whole]
    possible = np.concatenate([_could_be(row, people) for people in range(max(fewest, 1), most + 1)])
    key = (period, row["place_id"], _named(row["day"]), TOOK_PART)
    known.learn(key, int(possible.min()), int(possible.max()))


def _could_be(row: Row, people: int) -> NDArray[np.int64]:
    """How many of `people` may have taken part, where the share and its limits are these."""
    took_part = np.arange(people + 1)
    staying = 1 - took_part / people
    half = STEP[row["edition"]] / 2 + A_HAIR
    fits = np.abs(100 * staying - row["waiting"]) <= half
    inside = (took_part > 0) & (took_part < people)
    share = np.where(inside, staying, 0.5)
    greenwood = np.where(inside, took_part / (people * np.maximum(people - took_part, 1)), 0)
    spread = np.exp(Z * np.sqrt(greenwood) / np.abs(np.log(share)))
    for name, end in (("lower", share**spread), ("upper", share ** (1 / spread))):
        if row[name] is None:
            fits &= ~inside
        else:
            fits &= inside & (np.abs(100 * end - row[name]) <= half)
    possible: NDArray[np.int64] = took_part[fits]
    return possible
