"""What a reader of shown cells can work out about hidden ones: a range for every count, narrowed until nothing changes.

Children and what their parent holds beyond them add up to the parent, and a cell's part and others to its whole. Each
such sum narrows each of its members by the others. It is what can be done with a pencil; the solver that looks for more
is among the tests.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pipelines.families import BoolArray, Families, IntArray

# More than any count, small enough to be added up.
MOST = 1 << 40
SWEEPS = 50


@dataclass(frozen=True)
class Ranges:
    """The least and the most each cell's count can be."""

    low: IntArray
    high: IntArray

    def narrow(self, rows: IntArray, low: IntArray, high: IntArray) -> None:
        """Takes the narrower of what was known of `rows` and this."""
        np.maximum.at(self.low, rows, low)
        np.minimum.at(self.high, rows, high)


def know(true: IntArray, hidden: BoolArray, at_least: IntArray, slack: int, is_nobody: BoolArray) -> Ranges:
    """What is known of a count at first: where shown, its value within `slack`, else `at_least` and no more.

    Where `is_nobody`, what is counted says that there can be none.
    """
    low = np.where(hidden, at_least, np.maximum(true - slack, 0))
    high = np.where(is_nobody, 0, np.where(hidden, MOST, true + slack * (true > 0)))
    return Ranges(low.astype(np.int64), high.astype(np.int64))


def work_out(families: Iterable[Families], part: Ranges, others: Ranges, whole: Ranges) -> None:
    """Narrows the ranges of the three counts of every cell, together, as far as sums allow."""
    families = list(families)
    every = np.arange(len(whole.low))
    for _ in range(SWEEPS):
        before = [ranges.low.sum() - ranges.high.sum() for ranges in (part, others, whole)]
        for ranges in (part, others, whole):
            for tier in families:
                _add_up(tier, ranges)
        whole.narrow(every, part.low + others.low, part.high + others.high)
        for one, other in ((part, others), (others, part)):
            one.narrow(every, whole.low - other.high, whole.high - other.low)
        if before == [ranges.low.sum() - ranges.high.sum() for ranges in (part, others, whole)]:
            return


def _add_up(tier: Families, ranges: Ranges) -> None:
    child, family, parent = tier.child, tier.family, tier.parent
    low, high = tier.add(ranges.low[child]), tier.add(ranges.high[child])
    # What lies beyond the children is never shown, but whether there is any is known from how units are counted.
    high = high + np.where(tier.holds_beyond | tier.is_short, MOST, 0)
    low = low - np.where(tier.is_short, MOST, 0)
    ranges.narrow(parent, low, high)
    less, more = high[family] - ranges.high[child], low[family] - ranges.low[child]
    ranges.narrow(child, ranges.low[parent][family] - less, ranges.high[parent][family] - more)
