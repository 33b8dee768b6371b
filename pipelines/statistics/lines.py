"""Where the centre and the limits of a chart lie, and how limits are found."""

from dataclasses import dataclass

import numpy as np

from pipelines.statistics.matrix import Flags, Floats, moving_ranges, plain_mean

SIGMAS = 3
NEAR = 2 / 3  # of the way from the centre to a limit: two of three sigma
MEAN_RANGE_TO_SIGMA = 1.128  # d2 for ranges of two
SCREEN = 3.267  # upper limit of a moving range, in mean moving ranges (D4 for ranges of two)


@dataclass(frozen=True)
class LimitOptions:
    """How limits are found.

    screen_moving_ranges leaves out moving ranges beyond 3.267 mean moving ranges, once (Nelson 1982).
    baseline_points computes the lines from the first so many points of each segment and holds them from there on.
    scale is the unit of shares (100, percent, unless given) and rates (1 unless given).
    least_sigma_z 1 keeps a P-prime limit from lying inside the plain p limit: with few meetings a month the
    estimate is often below 1 by luck, and narrow limits would call that luck a change. None, with
    screen_moving_ranges, is what qicharts2 does.
    """

    screen_moving_ranges: bool = False
    least_sigma_z: float | None = 1.0
    baseline_points: int | None = None
    scale: float | None = None


@dataclass(frozen=True)
class Observations:
    """What a chart is drawn from: matrices of (points, series), NaN where missing.

    values in the unit of the chart; numerators and denominators only for charts of shares and rates, whose values
    are scale * numerator / denominator; baseline says which points the lines are computed from, None all.
    """

    values: Floats
    numerators: Floats | None = None
    denominators: Floats | None = None
    baseline: Flags | None = None
    scale: float = 1.0

    def in_baseline(self, values: Floats) -> Floats:
        """The values of the baseline, the others NaN."""
        return values if self.baseline is None else np.where(self.baseline, values, np.nan)


@dataclass(frozen=True)
class Lines:
    """Centre, limits at three sigma and warning lines at two, not cut at what is possible.

    Each of shape (points, series), or (series,) where the line is level; NaN where there is none.
    mean_range, where limits come from moving ranges: the mean one used, (series,).
    """

    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    mean_range: Floats | None = None

    @classmethod
    def around(cls, centre: Floats, half: Floats, mean_range: Floats | None = None) -> "Lines":
        """Lines at the same distance, half, on both sides of the centre."""
        near = NEAR * half
        return cls(centre, centre - half, centre + half, centre - near, centre + near, mean_range)

    @classmethod
    def without_limits(cls, centre: Floats) -> "Lines":
        """A centre alone."""
        none = np.full(centre.shape, np.nan)
        return cls(centre, none, none, none, none)


def mean_moving_range(ranges: Floats, screen: bool) -> Floats:
    """Mean of each series' moving ranges; NaN where there is none.

    screen leaves out those of 3.267 means or more, once. Where all that is left are ranges of 0, the unscreened mean
    stands: of a nearly constant series screening would leave limits of no width, and every value outside them.
    (Our rule; the reference collapses.)
    """
    mean = plain_mean(ranges)
    if not screen:
        return mean
    with np.errstate(invalid="ignore"):
        kept = plain_mean(np.where(ranges < SCREEN * mean, ranges, np.nan))
        return np.where(kept > 0, kept, mean)


def moving_range_of(values: Floats, seen: Observations, screen: bool) -> Floats:
    """Mean moving range of the baseline of some values of a chart, (series,)."""
    return mean_moving_range(moving_ranges(values, seen.baseline), screen)
