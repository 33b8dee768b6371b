"""Funnels of many places, with limits widened by how much more the places differ than chance would have it.

Source: Spiegelhalter 2005 and 2012, as FunnelPlotR 0.6.0. Two of its results are not copied: its lower limit of a
proportion is folded at the largest denominator where the arcsine has no lower end (ours is 0), and its limits of a CQC
ratio stay on the scale of square roots (ours are squared).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from scipy.special import chdtri, gammaincinv

from pipelines.statistics.matrix import Flags, Floats

Measure = Literal["proportion", "ratio_shmi", "ratio_cqc", "ratio_of_counts"]
# 99 stands for 99.8 %, three sigma. Each: the normal quantile, to six digits as the reference has it, and its tail.
LEVELS = {95: (1.959964, 0.025), 99: (3.090232, 0.001)}
TENTHS = 10


@dataclass(frozen=True)
class FunnelOptions:
    """trim_by of each end is pulled in to its quantile; multiplier is the unit (100 for percent); limit, LEVELS."""

    adjust: bool = True
    trim_by: float = 0.1
    limit: Literal[95, 99] = 99
    multiplier: float = 1.0
    round_expected: bool = True


@dataclass(frozen=True)
class Funnel:
    """Places against their limits; arrays of (places,).

    value and limits in units of multiplier: limits and adjusted map 95 and 99 (99.8 %) to (lower, upper). z_trimmed is
    NaN for a place left out of the spread. phi above 1 says the places differ more than chance; tau2 by how much.
    is_adjusted: outliers are those of the adjusted limits.
    """

    value: Floats
    z: Floats
    z_trimmed: Floats
    limits: dict[int, tuple[Floats, Floats]]
    adjusted: dict[int, tuple[Floats, Floats]]
    is_outlier: Flags
    target: float
    phi: float
    tau2: float
    is_adjusted: bool


def draw_funnel(
    observed: Floats, expected: Floats, measure: Measure = "proportion", options: FunnelOptions | None = None
) -> Funnel:
    """Compare places with all of them together.

    In: (places,) counts: numerator and denominator, or observed and expected; no NaN, denominators above 0, else
    ValueError. Of few places (under about 10) tau2 is unstable: show the unadjusted limits.
    """
    chosen = options or FunnelOptions()
    if np.isnan(observed).any() or not (expected > 0).all():
        raise ValueError("A funnel takes places with a known numerator and a denominator above 0.")
    if measure == "ratio_shmi" and chosen.round_expected:
        expected = np.round(expected, 2)
    target = 1.0 if measure.startswith("ratio_") and measure != "ratio_of_counts" else observed.sum() / expected.sum()
    z, sigma = _score(observed, expected, measure, float(target))
    trimmed = _truncate(z) if measure == "ratio_shmi" else _winsorise(z, chosen.trim_by)
    phi, tau2 = _overdispersion(trimmed, sigma) if chosen.adjust else (0.0, 0.0)
    value = chosen.multiplier * observed / expected
    plain, wide = (
        {level: _times(chosen.multiplier, _limits(expected, measure, float(target), level, t2)) for level in LEVELS}
        for t2 in (None, tau2)
    )
    is_adjusted = chosen.adjust and phi > 1
    lower, upper = (wide if is_adjusted else plain)[chosen.limit]
    outlier = (value < lower) | (value > upper)
    return Funnel(value, z, trimmed, plain, wide, outlier, float(target), phi, tau2, is_adjusted)


def _score(o: Floats, e: Floats, measure: Measure, target: float) -> tuple[Floats, Floats]:
    """Distance from the target in standard errors, and the standard error."""
    with np.errstate(divide="ignore"):
        if measure == "proportion":
            sigma = 1 / (2 * np.sqrt(e))
            return (np.arcsin(np.sqrt(o / e)) - np.arcsin(np.sqrt(target))) / sigma, sigma
        if measure == "ratio_shmi":
            sigma = 1 / np.sqrt(e)
            return np.log(o / e) / sigma, sigma
        if measure == "ratio_cqc":
            sigma = 1 / (2 * np.sqrt(e))
            return (np.sqrt(o / e) - 1) / sigma, sigma
        sigma = np.sqrt(o / (o + 0.5) ** 2 + e / (e + 0.5) ** 2)
        return (np.log((o + 0.5) / (e + 0.5)) - np.log(target)) / sigma, sigma


def _winsorise(z: Floats, by: float) -> Floats:
    low, high = np.quantile(z, [by, 1 - by])
    return np.clip(z, low, high)


def _truncate(z: Floats) -> Floats:
    """Leave out the places in the lowest and the highest tenth."""
    tenth = np.floor(pl.Series(z).rank("average").to_numpy() * TENTHS / (len(z) + 1))
    return np.where((tenth >= 1) & (tenth <= TENTHS - 2), z, np.nan)


def _overdispersion(z: Floats, sigma: Floats) -> tuple[float, float]:
    """phi, and tau2 by DerSimonian and Laird."""
    kept = ~np.isnan(z)
    count, weights = int(kept.sum()), 1 / sigma[kept] ** 2
    if not count:
        return 0.0, 0.0
    phi = float((z[kept] ** 2).sum() / count)
    excess = count * phi - (count - 1)
    spread = float(weights.sum() - (weights**2).sum() / weights.sum())
    return phi, max(0.0, excess / spread) if excess > 0 and spread > 0 else 0.0


def _limits(n: Floats, measure: Measure, target: float, level: int, tau2: float | None) -> tuple[Floats, Floats]:
    """Limits as a share or ratio; tau2 None: not adjusted."""
    z, tail = LEVELS[level]
    if tau2 is None and measure in ("ratio_shmi", "ratio_cqc"):
        return gammaincinv(n, tail) / n, chdtri(2 * (n + 1), tail) / 2 / n
    half = z * np.sqrt(1 / (n if measure == "ratio_shmi" else 4 * n) + (tau2 or 0.0))
    if measure == "proportion":
        angle = np.arcsin(np.sqrt(target))
        low, high = np.maximum(angle - half, 0), np.minimum(angle + half, np.pi / 2)
        return np.sin(low) ** 2, np.sin(high) ** 2
    if measure == "ratio_cqc":
        return np.maximum(1 - half, 0) ** 2, (1 + half) ** 2
    return target * np.exp(-half), target * np.exp(half)


def _times(multiplier: float, limits: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    return multiplier * limits[0], multiplier * limits[1]
