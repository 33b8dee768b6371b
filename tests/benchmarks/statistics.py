"""python -m tests.benchmarks.statistics: XmR with every rule, 6,000 series of 60 points, beside a plain loop.

Prints series a second, the median of several runs, and how many times faster than the loop; no test has a clock in it.
"""

import sys
from collections.abc import Callable
from itertools import pairwise
from statistics import fmean, median
from time import perf_counter

import numpy as np
import polars as pl

from pipelines.statistics.charts import xmr
from pipelines.statistics.lines import LimitOptions, Observations
from pipelines.statistics.matrix import Floats
from pipelines.statistics.rules import CAUSES, MDC_7_7, find_special_causes
from pipelines.statistics.spc import signal_points

SERIES, POINTS, RUNS = 6000, 60, 9
FEW = 200  # series for the loop, which is slow
FRAMES = 3


def main() -> int:
    values = np.random.default_rng(1).normal(50, 10, (POINTS, SERIES))
    sample = values[:, :FEW].T.tolist()
    ours, loop = _time(lambda: judge(values), RUNS), _time(lambda: [judge_plainly(one) for one in sample], FRAMES)
    frame = _frame(values)
    whole = _time(lambda: signal_points(frame), FRAMES)
    fast, slow, stored = SERIES / ours, FEW / loop, SERIES / whole
    lines = [
        f"{SERIES:,} series of {POINTS} points, XmR with all rules of {MDC_7_7.id}, median of {RUNS} runs",
        f"in one call: {fast:,.0f} series a second ({1000 * ours:.1f} ms)",
        f"plain Python loop: {slow:,.0f} series a second; ours is {fast / slow:,.0f} times as fast",
        f"with sorting, grading and the stored columns (signal_points): {stored:,.0f} series a second",
        f"both agree on every point of {FEW} series: {_agree(values, sample)}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def judge(values: Floats) -> Floats:
    lines = xmr(Observations(values), LimitOptions(screen_moving_ranges=True))
    return np.asarray(find_special_causes(values, lines, MDC_7_7).cause)


def judge_plainly(values: list[float]) -> list[str]:
    """The same for one series, as one would write it down."""
    mean = fmean(values)
    ranges = [abs(here - before) for before, here in pairwise(values)]
    kept = [each for each in ranges if each < 3.267 * fmean(ranges)]
    half = 2.66 * fmean(kept)
    side = [(value > mean) - (value < mean) for value in values]
    step = [(here > before) - (here < before) for before, here in pairwise(values)]
    outside = [abs(value - mean) > half for value in values]
    near = [abs(value - mean) > half * 2 / 3 and not beyond for value, beyond in zip(values, outside, strict=True)]
    trend, close, shift = set[int](), set[int](), set[int]()
    for start in range(len(values) - 2):
        window = range(start, start + 3)
        if abs(sum(side[at] for at in window)) == 3 and sum(near[at] for at in window) >= 2:
            close |= {at for at in window if near[at]}
        if abs(sum(side[start : start + 7])) == 7:
            shift |= set(range(start, start + 7))
        if abs(sum(step[start : start + 6])) == 6:
            trend |= set(range(start, start + 7))
    return [
        "outside_limits"
        if outside[at]
        else next(
            (name for name, found in (("trend", trend), ("two_in_three", close), ("shift", shift)) if at in found),
            "none",
        )
        for at in range(len(values))
    ]


def _agree(values: Floats, sample: list[list[float]]) -> bool:
    fast = judge(values)[:, : len(sample)].T
    return [[CAUSES[int(cause)] for cause in row] for row in fast] == [judge_plainly(one) for one in sample]


def _time(work: Callable[[], object], runs: int) -> float:
    """Seconds: the median of several runs after one to warm up."""
    work()
    taken = []
    for _ in range(runs):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return median(taken)


def _frame(values: Floats) -> pl.DataFrame:
    points, series = values.shape
    months = pl.date_range(pl.date(2020, 1, 1), pl.date(2024, 12, 1), "1mo", eager=True)
    return pl.DataFrame(
        {
            "indicator_id": "waiting",
            "level": "team",
            "place_id": np.repeat([f"t{number:04}" for number in range(series)], points),
            "chart": "xmr",
            "period_start": pl.concat([months] * series),
            "value": values.T.ravel(),
            "better": "higher",
        }
    ).with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in ("numerator", "denominator"))


if __name__ == "__main__":
    sys.exit(main())
