"""Funnels without adjustment: limits at given sizes, and the words for places beyond them.

Source: PHEindicatormethods 2.1.0 (Wilson's score for proportions, exact Poisson for ratios and rates).
"""

from typing import Literal

import numpy as np

from pipelines.statistics.matrix import Floats
from pipelines.statistics.rates import FEW_EVENTS, count_interval, exact_poisson, z_of

TWO_SIGMA, THREE_SIGMA = 0.95, 0.998
NOT_APPLICABLE = "Not applicable for events less than 10 for dsrs"
Pair = tuple[Floats, Floats]


def proportion_limits(baseline: float, population: Floats, confidence: float) -> Pair:
    """Shares (0..1) at which Wilson's interval of a place of that population just reaches the baseline."""
    half = z_of(confidence) * np.sqrt(baseline * (1 - baseline) / population)
    return np.maximum(baseline - half, 0.0), np.minimum(baseline + half, 1.0)


def expected_limits(observed: Floats, confidence: float) -> Pair:
    """Expected events at which so many observed ones are just not too few (first) or too many (second)."""
    fewest, most = exact_poisson(observed, confidence)
    return most, fewest


def label_ratio(observed: Floats, expected: Floats, baseline: float = 1.0) -> list[str]:
    """Whether each place's observed / expected lies beyond the baseline.

    `Low (0.001)`, `Low (0.025)`, `Not significant`, `High (0.025)` or `High (0.001)`; the exact interval of the count
    below 10 events, Byar's from there on.
    """
    two, three = (count_interval(observed, level) for level in (TWO_SIGMA, THREE_SIGMA))
    awaited = baseline * expected
    places = zip(three[1] < awaited, three[0] > awaited, two[1] < awaited, two[0] > awaited, strict=True)
    return [_name(*beyond) for beyond in places]


def label_rate(
    events: Floats, rate: Floats, population: Floats, multiplier: float, kind: Literal["crude", "dsr"]
) -> list[str]:
    """The same for rates per `multiplier` against the rate of all places together; few events have no `dsr`.

    A place whose population is not known (NaN) has no part in the rate of all.
    """
    known = ~np.isnan(population)
    baseline = multiplier * events[known].sum() / population[known].sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        labels = label_ratio(events, events * baseline / rate)
    if kind == "crude":
        return labels
    return [NOT_APPLICABLE if count < FEW_EVENTS else name for count, name in zip(events, labels, strict=True)]


def label_proportion(numerator: Floats, denominator: Floats) -> list[str]:
    """The same for shares against the share of all places together, by Wilson's interval."""
    baseline, share = numerator.sum() / denominator.sum(), numerator / denominator
    two, three = (proportion_limits(baseline, denominator, level) for level in (TWO_SIGMA, THREE_SIGMA))
    places = zip(share < three[0], share > three[1], share < two[0], share > two[1], strict=True)
    return [_name(*beyond) for beyond in places]


def _name(is_very_low: bool, is_very_high: bool, is_low: bool, is_high: bool) -> str:
    if is_very_low or is_very_high:
        return "Low (0.001)" if is_very_low else "High (0.001)"
    if is_low or is_high:
        return "Low (0.025)" if is_low else "High (0.025)"
    return "Not significant"
