"""Waiting curves as published: shares still waiting, told in steps so large that nobody can be picked out.

The steps are the same for all places of a period, so that no place can be worked out from its parent and siblings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from pipelines.statistics.survival import waiting_curve
from pipelines.statistics.wording import round_half_up, say_count

METHOD = "kaplan_meier_greenwood"
STEP_DAYS = 28
FEWEST_STEPS = 3  # of fewer, care settings are not told apart
WAIT_SCHEMA = pl.Schema(
    {
        "level": pl.String,
        "place_id": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "day": pl.Int32,
        "waiting": pl.Float64,
        "lower": pl.Float64,
        "upper": pl.Float64,
        "people": pl.Int64,
        "half_by_day": pl.Int32,
        "sentence": pl.String,
        "rule_set": pl.String,
    }
)
PLACE, PERIOD = ["level", "place_id"], ["period_start", "period_end"]


@dataclass(frozen=True)
class Disclosure:
    """An edition's row of `published.policy`, as far as it speaks of curves; shares are rounded to as many points."""

    hide_up_to: int
    round_to: int
    least_denominator: int

    def may_tell(self, count: int) -> bool:
        """Whether a count of people may be told, or worked out."""
        return count == 0 or count > self.hide_up_to

    def round(self, number: float) -> int:
        """To the nearest multiple, halves up."""
        return round_half_up(number / self.round_to) * self.round_to


def tell_waits(waits: pl.DataFrame, disclosure: Disclosure) -> pl.DataFrame:
    """The curve of every place and period that may be told.

    In: one row a person and place: level (`trust`, `care_setting`), place_id, period_start, period_end (by the first
    interest), days, happened (see `survival.waiting_curve`). Out: columns of WAIT_SCHEMA, one row for each step, first
    day 0; waiting, lower and upper in percent 0..100, rounded; people: all in the curve; half_by_day: the first step at
    which half or fewer wait, NULL where there is none. A step is told only where in every place of that period nobody
    or enough people took part since the step before, and nobody or enough wait, and have not taken part; where that
    leaves too few steps, care settings are left out.
    """
    rows = [
        row
        for period in waits.sort(*PERIOD, *PLACE).partition_by(PERIOD, maintain_order=True)
        for row in _tell_period(period, disclosure)
    ]
    return pl.DataFrame(rows, schema=WAIT_SCHEMA, orient="row")


def _tell_period(waits: pl.DataFrame, disclosure: Disclosure) -> Iterator[tuple[object, ...]]:
    places = waits.partition_by(PLACE, maintain_order=True)
    trust = [place for place in places if place["level"][0] == "trust"]
    for told in (places, trust):
        steps = _find_steps(told, disclosure)
        if len(steps) >= FEWEST_STEPS:
            for place in told:
                yield from _tell_place(place, steps, disclosure)
            return


def _find_steps(places: Sequence[pl.DataFrame], disclosure: Disclosure) -> list[int]:
    """The days at which all these places may be told, up to the last on which somebody of each is known to wait."""
    least = max(disclosure.hide_up_to + 1, disclosure.least_denominator)
    if not places or any(place.height < least for place in places):
        return []
    steps, last = [0], min(int(place["days"].max() or 0) for place in places)  # type: ignore[arg-type]
    for day in range(STEP_DAYS, last + STEP_DAYS, STEP_DAYS):
        if all(_may_tell_step(place, steps[-1], day, disclosure) for place in places):
            steps.append(day)
    return steps


def _may_tell_step(place: pl.DataFrame, before: int, day: int, disclosure: Disclosure) -> bool:
    """Day 0 counts into the first step. Those who have not taken part are those who wait and those who went away."""
    by_then, before_that = pl.col("days") <= day, pl.col("days") <= before
    took_part = pl.col("happened") & by_then
    since = took_part if before == 0 else took_part & ~before_that
    counts = place.select(since=since.sum(), waiting=(~by_then).sum(), not_yet=(~took_part).sum())
    return all(disclosure.may_tell(count) for count in counts.row(0))


def _tell_place(place: pl.DataFrame, steps: list[int], disclosure: Disclosure) -> Iterator[tuple[object, ...]]:
    curve = waiting_curve(place).with_columns(pl.col("waiting", "lower", "upper") * 100)
    at = pl.DataFrame({"day": steps}, schema={"day": pl.Int64}).join_asof(curve, on="day")
    shares = [disclosure.round(100.0 if share is None else share) for share in at["waiting"]]
    half = next((day for day, share in zip(steps, shares, strict=True) if share <= 50), None)
    people = disclosure.round(place.height)
    told = say_wait(people, half, steps[-1], shares[-1])
    given = place.row(0, named=True)
    for day, share, lower, upper in zip(steps, shares, at["lower"], at["upper"], strict=True):
        ends = (None if end is None else disclosure.round(end) for end in (lower, upper))
        known = (given[name] for name in (*PLACE, *PERIOD))
        yield (*known, day, share, *ends, people, half, told, METHOD)


def say_wait(people: int, half: int | None, last: int, left: int) -> str:
    """The sentence of one curve: when half had taken part, or how many were still waiting at its end."""
    of = f"Of {say_count(people)} people who said they were interested"
    if half is not None:
        return f"{of}, half had taken part within {half // 7} weeks."
    return f"{of}, more than half were still waiting after {last // 7} weeks (about {left} %)."
