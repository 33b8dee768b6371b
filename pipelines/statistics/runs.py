"""Runs: neighbouring points on one side of the centre, or neighbouring steps the same way."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrik

from pipelines.statistics.boxes import FEWEST, MOST, find_box
from pipelines.statistics.matrix import Flags, Floats, Signs

Counts = NDArray[np.int64]
Method = Literal["anhoej", "bestbox", "cutbox"]
TAIL = 0.05


@dataclass(frozen=True)
class RunTest:
    """How the runs of each series compare with chance; arrays of (series,).

    useful: points not on the centre. signal: a run longer than longest_max, or fewer crossings than crossings_min
    (Anhøj); or runs outside the box of another method.
    """

    useful: Counts
    longest: Counts
    longest_max: Counts
    crossings: Counts
    crossings_min: Counts
    signal: Flags


def sign_of(values: Floats, low: Floats, high: Floats) -> Signs:
    """1 above high, -1 below low, else 0; also 0 where a value or border is missing."""
    return (values > high).view(np.int8) - (values < low).view(np.int8)


def step_of(values: Floats) -> Signs:
    """1 where a point is higher than the one before, -1 lower, 0 equal or unknown; one row fewer than values."""
    return (values[1:] > values[:-1]).view(np.int8) - (values[1:] < values[:-1]).view(np.int8)


def find_long_runs(signs: Signs, least: int, skips: Flags | None = None) -> Signs:
    """The signs in runs of at least `least` equal ones; 0 ends a run, unless skips says to step over it."""
    if skips is not None:
        return np.where(measure_whole_runs(signs, skips) >= least, signs, 0).astype(np.int8)
    windows = _all_of_the_next(_sides(signs), least)
    return np.asarray(signs * (_any_of_the_last(windows, least, len(signs)) != 0))


def measure_runs(signs: Signs, skips: Flags | None = None) -> Counts:
    """How many equal signs have come in a row at each point, itself included; 0 where the sign is 0."""
    lengths = np.zeros(signs.shape, dtype=np.int64)
    length, last = np.zeros(signs.shape[1], dtype=np.int64), np.zeros(signs.shape[1], dtype=np.int8)
    for row, sign in enumerate(signs):
        grown = np.where(sign == last, length + 1, 1)
        ended = sign == 0 if skips is None else (sign == 0) & ~skips[row]
        length = np.where(sign != 0, grown, np.where(ended, 0, length))
        last = np.where(sign != 0, sign, np.where(ended, 0, last)).astype(np.int8)
        lengths[row] = np.where(sign != 0, length, 0)
    return lengths


def measure_whole_runs(signs: Signs, skips: Flags | None = None) -> Counts:
    """The length of the whole run each point belongs to; 0 where the sign is 0."""
    forwards = measure_runs(signs, skips)
    backwards = measure_runs(signs[::-1], None if skips is None else skips[::-1])[::-1]
    return np.asarray(np.maximum(forwards + backwards - 1, 0))


def judge_runs(side: Signs, method: Method = "anhoej") -> RunTest:
    """Test for non-random variation, for all series at once.

    In: side of the centre (points, series); points on the centre and missing ones are left out. `bestbox` and `cutbox`
    judge series of 10 to 100 useful points by the boxes of `boxes`, others as `anhoej`; the bounds are always Anhøj's.
    Source: Anhøj and Olesen 2014 (PLoS ONE 9(11): e113825), bounds as qicharts2 0.8.1.
    """
    useful = (side != 0).sum(axis=0)
    lengths = measure_runs(side, side == 0)
    runs = (lengths == 1).sum(axis=0)
    few = useful < 1
    longest, crossings = lengths.max(axis=0, initial=0), np.maximum(runs - 1, 0)
    longest_max = np.round(np.log2(np.where(few, 1, useful))).astype(np.int64) + 3
    crossings_min = _fewest_crossings(useful)
    signal = (longest > longest_max) | (crossings < crossings_min)
    if method != "anhoej":
        for series in np.flatnonzero((useful >= FEWEST) & (useful <= MOST)):
            box = find_box(int(useful[series]))
            signal[series] = box.is_signal(int(crossings[series]), int(longest[series]), method == "cutbox")
    return RunTest(useful, longest, longest_max, crossings, crossings_min, signal)


def find_unusual_runs(side: Signs) -> Signs:
    """The points Anhøj's test speaks of: its runs that are too long or, where there are only too few, the longest."""
    tested, lengths = judge_runs(side), measure_whole_runs(side, side == 0)
    least = np.where(tested.longest > tested.longest_max, tested.longest_max + 1, tested.longest)
    return np.where(tested.signal & (lengths >= least), side, 0).astype(np.int8)


def _sides(signs: Signs) -> NDArray[np.uint8]:
    """One bit for each way, so that both are looked for in one go."""
    return (signs > 0).view(np.uint8) | (signs < 0).view(np.uint8) << np.uint8(1)


def _all_of_the_next(bits: NDArray[np.uint8], length: int) -> NDArray[np.uint8]:
    """The bits that are set in each of the `length` rows from here on; as many rows fewer."""
    if len(bits) < length:
        return bits[:0]
    windows, width = bits, 1
    while width < length:
        by = min(width, length - width)
        windows = windows[:-by] & windows[by:]
        width += by
    return windows


def _any_of_the_last(windows: NDArray[np.uint8], length: int, rows: int) -> NDArray[np.uint8]:
    """Give each window's bits back to all its rows."""
    marks, width = np.zeros((rows, windows.shape[1]), dtype=np.uint8), 1
    marks[: len(windows)] = windows
    while width < length:
        by = min(width, length - width)
        grown = marks.copy()
        grown[by:] |= marks[:-by]
        marks, width = grown, width + by
    return marks


def _fewest_crossings(useful: Counts) -> Counts:
    """The 5 % quantile of the crossings that chance gives: heads in `useful` - 1 throws of a coin."""
    throws = np.maximum(useful - 1, 1)
    # scipy.stats has the same in one word, but takes longer to import than many a command takes.
    heads = np.ceil(bdtrik(TAIL, throws, 0.5))
    below = np.maximum(heads - 1, 0)
    quantile = np.where(bdtr(below, throws, 0.5) >= TAIL, below, heads)
    return np.where(useful < 2, 0, quantile).astype(np.int64)
