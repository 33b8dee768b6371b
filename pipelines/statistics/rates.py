"""Intervals of counts and rates, and of the ratio of two shares. Arrays in, arrays out; NaN is missing."""

import numpy as np
from scipy.special import chdtri, gammaincinv, ndtri

from pipelines.statistics.matrix import Floats

FEW_EVENTS = 10  # below, Byar's approximation gives way to exact limits


def z_of(confidence: float) -> float:
    """The normal quantile of a two-sided confidence such as 0.95."""
    return float(ndtri(confidence + (1 - confidence) / 2))


def byar(events: Floats, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Byar's interval of a count, (lower, upper); NaN for a lower end below 0.

    Source: Breslow and Day 1987; APHO Technical Briefing 3; PHEindicatormethods 2.1.0.
    """
    z = z_of(confidence)
    with np.errstate(invalid="ignore", divide="ignore"):
        lower = events * (1 - 1 / (9 * events) - z / (3 * np.sqrt(events))) ** 3
        more = events + 1
        upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return np.where(lower < 0, np.nan, lower), upper


def exact_poisson(events: Floats, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Exact interval of a Poisson count, (lower, upper), by the chi-square relation (Garwood 1936)."""
    tail = (1 - confidence) / 2
    lower = np.where(events > 0, gammaincinv(np.maximum(events, 0.5), tail), 0.0)
    return np.where(np.isnan(events), np.nan, lower), chdtri(2 * events + 2, tail) / 2


def count_interval(events: Floats, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Interval of a count, (lower, upper): exact below 10 events, Byar's from there on. NaN for a negative count."""
    known = np.where(events >= 0, events, np.nan)
    few = known < FEW_EVENTS
    exact, approximate = exact_poisson(known, confidence), byar(known, confidence)
    return np.where(few, exact[0], approximate[0]), np.where(few, exact[1], approximate[1])


def rate(
    events: Floats, population: Floats, multiplier: float = 1.0, confidence: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Events per `multiplier` of population as (value, lower, upper); NaN where the population is not above 0."""
    lower, upper = count_interval(events, confidence)
    per = multiplier / np.where(population > 0, population, np.nan)
    return events * per, lower * per, upper * per


def katz_ratio(
    a: int, of_a: int, b: int, of_b: int, confidence: float = 0.95
) -> tuple[float, float, float, float] | None:
    """Ratio of two shares a / of_a to b / of_b, as (ratio, lower, upper, p), p of Fisher's exact test, two-sided.

    None where either share has no denominator or is 0 of its own (the logarithm has no end there).
    Raises ValueError for counts outside 0..of. Source: Katz 1978; Fisher 1922.
    """
    from scipy.stats import fisher_exact  # here, as it takes longer to import than many a command takes

    if not (0 <= a <= of_a and 0 <= b <= of_b):
        raise ValueError(f"Counts must lie within 0 and their total: {a} of {of_a}, {b} of {of_b}.")
    if not a or not b:
        return None
    counts = np.array([[a], [of_a], [b], [of_b]], dtype=np.float64)
    ratio, lower, upper = katz_interval(counts[0], counts[1], counts[2], counts[3], confidence)
    tested = fisher_exact([[a, of_a - a], [b, of_b - b]])
    return float(ratio[0]), float(lower[0]), float(upper[0]), float(tested.pvalue)


def katz_interval(
    a: Floats, of_a: Floats, b: Floats, of_b: Floats, confidence: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Ratios of two shares, a / of_a to b / of_b, with their intervals, as (ratio, lower, upper).

    Where one of both counts is 0, half a person is added to each of the four, as the logarithm has no end there; NaN
    where both are 0 or a share has no denominator. Source: Katz 1978; Pettigrew, Gart and Thomas 1986 for the half.
    """
    more = np.where((a == 0) | (b == 0), 0.5, 0.0)
    is_known = (of_a > 0) & (of_b > 0) & (a + b > 0)
    a, of_a, b, of_b = (np.where(is_known, count + more, np.nan) for count in (a, of_a, b, of_b))
    ratio = (a / of_a) / (b / of_b)
    spread = z_of(confidence) * np.sqrt(1 / a - 1 / of_a + 1 / b - 1 / of_b)
    return ratio, ratio * np.exp(-spread), ratio * np.exp(spread)
