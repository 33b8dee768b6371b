"""Rule sets: which patterns of points count as special cause.

Every set has a name and a version; its id is stored with every point it judged.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.lines import Lines
from pipelines.statistics.matrix import NOISE, Flags, Floats, Signs
from pipelines.statistics.runs import find_long_runs, find_unusual_runs, sign_of, step_of

CAUSES = ("none", "outside_limits", "trend", "two_in_three", "shift")  # by priority, after none


@dataclass(frozen=True)
class RuleSet:
    """A named, versioned set of rules.

    shift_points and trend_points: how many in a row, None where the set has no such rule. near_counts_beyond: in two
    of three, a point beyond a limit counts as near. skips_ties: a point on the centre, or equal to the one before, is
    left out of the count instead of ending it. tests_runs: Anhøj's test of all runs of a series.
    """

    id: str
    shift_points: int | None
    trend_points: int | None
    points_for_limits: int
    points_for_signals: int
    near_counts_beyond: bool = False
    skips_ties: bool = False
    uses_limits: bool = True
    tests_runs: bool = False
    version: int = 1
    source: str = ""


MDC_7_7 = RuleSet("mdc_7_7", 7, 7, 6, 12, source="NHSRplotthedots 0.2.2")
MDC_2023 = RuleSet(
    "mdc_2023", 7, 7, 6, 12, near_counts_beyond=True, source="Making Data Count tools since November 2023"
)
IHI_RUN_6_5 = RuleSet("ihi_run_6_5", 6, 5, 6, 12, skips_ties=True, uses_limits=False, source="Perla 2011")
ANHOEJ = RuleSet("anhoej", None, None, 6, 12, tests_runs=True, source="Anhøj and Olesen 2014, as qicharts2 0.8.1")
RULE_SETS = {rules.id: rules for rules in (MDC_7_7, MDC_2023, IHI_RUN_6_5, ANHOEJ)}


@dataclass(frozen=True)
class Findings:
    """What each point is, as matrices of (points, series): 1 high or rising, -1 low or falling, 0 neither.

    side: of the centre. near: between two and three sigma. The rules: outside, trend, two_in_three, shift. cause: place
    in CAUSES of the first rule that applies; direction: which way that rule points.
    """

    side: Signs
    near: Signs
    outside: Signs
    trend: Signs
    two_in_three: Signs
    shift: Signs
    cause: NDArray[np.uint8]
    direction: Signs


def find_special_causes(values: Floats, lines: Lines, rules: RuleSet) -> Findings:
    """Apply every rule of a set to every point.

    In: values (points, series), NaN missing, each column sorted by time; lines of one of the charts. The points of one
    column are judged together: a rebase begins another column. A missing value ends runs and is never marked; neither
    is anything marked by a limit that is not there.
    """
    side = side_of(values, lines.centre)
    nothing = np.zeros(values.shape, dtype=np.int8)
    outside = sign_of(values, *_blur(lines.lower, lines.upper, lines.centre)) if rules.uses_limits else nothing
    beyond = sign_of(values, *_blur(lines.near_lower, lines.near_upper, lines.centre)) if rules.uses_limits else nothing
    near = beyond * (outside == 0)
    trend = _trend(values, rules)
    two_in_three = _two_in_three(side, beyond if rules.near_counts_beyond else near)
    shift = _shift(values, side, rules)
    cause, direction = _first((outside, trend, two_in_three, shift))
    return Findings(side, near, outside, trend, two_in_three, shift, cause, direction)


def side_of(values: Floats, centre: Floats) -> Signs:
    """1 above the centre, -1 below, 0 on it to the last bits, or unknown."""
    return sign_of(values, *_blur(centre, centre, centre))


def skipped(values: Floats, signs: Signs) -> Flags:
    """Where a rule set that skips ties steps over a sign: on the centre or equal, but not missing."""
    return np.asarray((signs == 0) & ~np.isnan(values))


def _blur(low: Floats, high: Floats, centre: Floats) -> tuple[Floats, Floats]:
    """Two borders, moved outwards by the noise of a double, so that a point on a border is on it."""
    scale = NOISE * np.abs(centre)
    return low - np.fmax(scale, NOISE * np.abs(low)), high + np.fmax(scale, NOISE * np.abs(high))


def _trend(values: Floats, rules: RuleSet) -> Signs:
    """A turning point ends one trend and starts another: it takes the direction of the one it starts."""
    trend = np.zeros(values.shape, dtype=np.int8)
    if rules.trend_points is None:
        return trend
    step = step_of(values)
    known = values[1:] - values[:-1]  # missing beside a gap
    long = find_long_runs(step, rules.trend_points - 1, skipped(known, step) if rules.skips_ties else None)
    trend[:-1] = long
    trend[1:] += long * (trend[1:] == 0)
    return trend


def _shift(values: Floats, side: Signs, rules: RuleSet) -> Signs:
    if rules.tests_runs:
        return find_unusual_runs(side)
    if rules.shift_points is None:
        return np.zeros_like(side)
    return find_long_runs(side, rules.shift_points, skipped(values, side) if rules.skips_ties else None)


def _two_in_three(side: Signs, near: Signs) -> Signs:
    """Only the near points are marked, and only where all three lie on one side."""
    marked = np.zeros(side.shape, dtype=bool)
    if len(side) < 3:
        return np.zeros_like(side)
    one_side = (side[2:] == side[1:-1]) & (side[2:] == side[:-2])
    close = near != 0
    two = (close[2:] & close[1:-1]) | (close[2:] & close[:-2]) | (close[1:-1] & close[:-2])
    window = one_side & two
    for first in range(3):
        marked[first : first + len(window)] |= window
    return near * marked


def _first(found: tuple[Signs, ...]) -> tuple[NDArray[np.uint8], Signs]:
    """The first rule that applies to each point, as its place in CAUSES, and which way it points."""
    cause, direction = np.zeros(found[0].shape, dtype=np.uint8), np.zeros_like(found[0])
    for place, signs in reversed(list(enumerate(found, start=1))):
        applies = signs != 0
        np.copyto(cause, place, where=applies)
        np.copyto(direction, signs, where=applies)
    return cause, direction
