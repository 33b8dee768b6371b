"""Waiting curves as published: how many have not yet taken part, told in steps so large that nobody can be picked out.

Everybody of a curve is followed for the same time, so a step is a plain count of people, held to the rules of
STEP_COUNTS. Steps are the same days for all places of a period, so that no place can be worked out from its parent and
siblings, and a more closed edition tells only days that a more open one tells.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.families import IntArray
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

    def may_tell(self, counts: IntArray) -> bool:
        """Whether these counts of people may all be told, or worked out."""
        return not ((counts >= 1) & (counts <= self.hide_up_to)).any()

    def round(self, number: float) -> int:
        """To the nearest multiple, halves up."""
        return round_half_up(number / self.round_to) * self.round_to


def since_the_step_before(took_part: IntArray, before: int, day: int) -> IntArray:
    """Those who took part since the step before; day 0 counts into the first step."""
    since: IntArray = took_part[day] - (took_part[before] if before else 0)
    return since


def from_here_to_the_end(took_part: IntArray, before: int, day: int) -> IntArray:
    """Those who take part after this step: how many there are at the end is the figure of the same people."""
    later: IntArray = took_part[-1] - took_part[day]
    return later


# What a step lets a reader work out: people by place, from those who took part by day (rows) and place (columns). Each
# must be nobody, or enough people. Who has not taken part is then protected too: by these, and as the figure is shown.
STEP_COUNTS: tuple[Callable[[IntArray, int, int], IntArray], ...] = (since_the_step_before, from_here_to_the_end)


def tell_waits(waits: pl.DataFrame, disclosure: Disclosure, more_open: pl.DataFrame | None = None) -> pl.DataFrame:
    """The curve of every place and period that may be told.

    In: one row a person and place: level (`trust`, `care_setting`), place_id, period_start, period_end (by the first
    interest), days, happened (see `survival.waiting_curve`), followed_days (the days of all who did not take part),
    is_told (whether the edition shows the figure of the same people). more_open: the curves of the more open edition,
    whose days alone may be told here. Out: columns of WAIT_SCHEMA, one row for each step, first day 0; waiting (not yet
    taken part), lower and upper in percent 0..100, rounded; people: all in the curve; half_by_day: the first step by
    which half or more have taken part, NULL where there is none. Where care settings cannot all be told, or their
    steps are too few, the trust is told alone.
    """
    rows = [
        row
        for period in waits.sort(*PERIOD, *PLACE).partition_by(PERIOD, maintain_order=True)
        for row in _tell_period(period, disclosure, more_open)
    ]
    return pl.DataFrame(rows, schema=WAIT_SCHEMA, orient="row")


def _tell_period(
    waits: pl.DataFrame, disclosure: Disclosure, more_open: pl.DataFrame | None
) -> Iterator[tuple[object, ...]]:
    places = waits.partition_by(PLACE, maintain_order=True)
    trust = [place for place in places if place["level"][0] == "trust"]
    for told in (places, trust):
        steps = _find_steps(told, disclosure, _days_of(more_open, told))
        if len(steps) >= FEWEST_STEPS:
            for place in told:
                yield from _tell_place(place, steps, disclosure)
            return


def _days_of(more_open: pl.DataFrame | None, places: Sequence[pl.DataFrame]) -> set[int] | None:
    """The days the more open edition tells of all these places; None where no edition is more open."""
    if more_open is None:
        return None
    of_places = (
        set(more_open.join(place.select(*PLACE, *PERIOD).unique(), on=[*PLACE, *PERIOD], how="semi")["day"])
        for place in places
    )
    return set.intersection(*of_places) if places else set()


def _find_steps(places: Sequence[pl.DataFrame], disclosure: Disclosure, days: set[int] | None) -> list[int]:
    """The days at which all these places may be told, up to the last one of all."""
    least = max(disclosure.hide_up_to + 1, disclosure.least_denominator)
    if not places or any(place.height < least or not place["is_told"].all() for place in places):
        return []
    last_day, steps = int(places[0]["followed_days"][0]), [0]
    by_day = [np.bincount(place.filter("happened")["days"], minlength=last_day + 1).cumsum() for place in places]
    took_part = np.column_stack(by_day)
    for day in (*range(STEP_DAYS, last_day, STEP_DAYS), last_day):
        counts = (count(took_part, steps[-1], day) for count in STEP_COUNTS)
        if (days is None or day in days) and all(disclosure.may_tell(of_places) for of_places in counts):
            steps.append(day)
    return steps


def _tell_place(place: pl.DataFrame, steps: list[int], disclosure: Disclosure) -> Iterator[tuple[object, ...]]:
    curve = waiting_curve(place).with_columns(pl.col("waiting", "lower", "upper") * 100)
    at = pl.DataFrame({"day": steps}, schema={"day": pl.Int64}).join_asof(curve, on="day")
    # Who took part on the day itself counts into the first step.
    at = at.with_columns(pl.when(pl.col("day") > 0).then(name).alias(name) for name in ("waiting", "lower", "upper"))
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
    """The sentence of one curve: when half had come to a meeting, or how many had not by its end."""
    of = f"Of {say_count(people)} people who said they were interested"
    if half is not None:
        return f"{of}, half came to a first meeting within {half // 7} weeks."
    return f"{of}, more than half were not yet at a meeting after {last // 7} weeks (about {left} %)."
