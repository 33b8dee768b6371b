"""Which crossings and longest runs are no sign of change: the best box, and the best box with its corner cut.

Source: Anhøj and Wentzel-Larsen 2020 (doi 10.1371/journal.pone.0233920), computed from its definitions: among the boxes
of at least so many crossings C and no longer run L that hold 92.5 % of chance, the one that a shift of 0.8 standard
deviations leaves most often; cut, it loses its corner and what of the two edges beside it chance can spare.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import ndtr

from pipelines.statistics.matrix import Floats

HOLDS = 0.925
SHIFT = 0.8
FEWEST, MOST = 10, 100  # useful points for which the paper gives boxes


@dataclass(frozen=True)
class Box:
    """Chance is C >= crossings and L <= longest; cut, not where L = longest and C < edge_crossings, nor where
    C = crossings and L > edge_longest.
    """

    crossings: int
    longest: int
    edge_crossings: int
    edge_longest: int

    def is_signal(self, crossings: int, longest: int, cut: bool) -> bool:
        """Whether runs like these lie outside the box."""
        if crossings < self.crossings or longest > self.longest:
            return True
        corner = longest == self.longest and crossings < self.edge_crossings
        return cut and (corner or (crossings == self.crossings and longest > self.edge_longest))


@cache
def find_box(useful: int) -> Box:
    """The box for so many points off the centre. Raises ValueError outside 10..100."""
    if not FEWEST <= useful <= MOST:
        raise ValueError(f"Boxes are known for {FEWEST} to {MOST} useful points, not {useful}.")
    chance, shifted = (_joint(useful, float(ndtr(shift))) for shift in (0.0, SHIFT))
    held, left = _box_sums(chance), _box_sums(shifted)
    allowed = (chance > 0) & (held >= HOLDS)
    crossings, longest = np.unravel_index(np.argmin(np.where(allowed, left, np.inf)), left.shape)
    return _cut(chance, shifted, float(held[crossings, longest]), int(crossings), int(longest))


def _cut(chance: Floats, shifted: Floats, held: float, crossings: int, longest: int) -> Box:
    """Take away cells from the corner along both edges, first those a shift leads to more often."""
    up, down = crossings, longest  # the next cell of each edge: (up, longest) and (crossings, down)
    spare = held - float(chance[crossings, longest]) - HOLDS
    if spare < 0:
        return Box(crossings, longest, crossings, longest)
    up, down = up + 1, down - 1
    while True:
        cells = [(up, longest), (crossings, down)]
        can = [chance[cell] > 0 and spare >= chance[cell] for cell in cells]
        if not any(can):
            return Box(crossings, longest, up, down)
        along_longest = can[0] and (not can[1] or shifted[cells[0]] >= shifted[cells[1]])
        spare -= float(chance[cells[0] if along_longest else cells[1]])
        up, down = (up + 1, down) if along_longest else (up, down - 1)


def _box_sums(joint: Floats) -> Floats:
    """Probability of at least so many crossings and no longer run."""
    return np.asarray(joint[::-1].cumsum(axis=0)[::-1].cumsum(axis=1))


def _joint(points: int, above: float) -> Floats:
    """P(C = row, L = column) of independent points, each above the centre with that probability."""
    no_longer = _no_longer(points, above)
    joint = np.diff(no_longer, axis=0, prepend=0).T
    crossings, longest = np.indices(joint.shape)
    possible = (longest * (crossings + 1) >= points) & (longest <= points - crossings)
    return np.where(possible, joint, 0.0)


def _no_longer(points: int, above: float) -> Floats:
    """P(C = column and L <= row), summed over the last run; a run of k points has the probability above ** k."""
    limits = np.arange(points + 1)[:, None]
    ends: list[list[Floats]] = [[], []]  # for each side, at each point: its last run ends here
    for point in range(1, points + 1):
        for side, chance in enumerate((above, 1 - above)):
            found = np.zeros((points + 1, points + 1))
            found[:, 0] = (point <= limits[:, 0]) * chance**point
            for length in range(1, point):
                before = ends[1 - side][point - length - 1]
                found[length:, 1:] += before[length:, :-1] * chance**length
            ends[side].append(found)
    return ends[0][-1] + ends[1][-1]
