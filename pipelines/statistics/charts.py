"""The charts: each a function from observations to lines.

Sources: NHSRplotthedots 0.2.2 (xmr), qicharts2 0.8.1 (all others). Where every value is the same, the limits of a chart
with limits are that value: our rule, the references have none there.
"""

from collections.abc import Callable

import numpy as np

from pipelines.statistics.lines import (
    MEAN_RANGE_TO_SIGMA,
    NEAR,
    SIGMAS,
    LimitOptions,
    Lines,
    Observations,
    moving_range_of,
)
from pipelines.statistics.matrix import NOISE, Flags, Floats, exact_mean, median, plain_mean

XMR_LIMIT = 2.66  # as printed in the tables, not 3 / 1.128
RANGE_LIMIT = 3.267
NELSON = 3.6  # a waiting time to the power 1 / 3.6 is nearly normal (Nelson 1994)


class SeriesError(Exception):
    """Values that cannot be drawn as series; the message says which and why."""


def xmr(seen: Observations, options: LimitOptions) -> Lines:
    """Mean and 2.66 mean moving ranges, as Making Data Count."""
    mean_range = moving_range_of(seen.values, seen, options.screen_moving_ranges)
    return Lines.around(exact_mean(seen.in_baseline(seen.values)), XMR_LIMIT * mean_range, mean_range)


def i(seen: Observations, options: LimitOptions) -> Lines:
    """Mean and three sigma, sigma being the mean moving range over 1.128."""
    mean_range = moving_range_of(seen.values, seen, options.screen_moving_ranges)
    sigma = mean_range / MEAN_RANGE_TO_SIGMA
    return Lines.around(exact_mean(seen.in_baseline(seen.values)), SIGMAS * sigma, mean_range)


def mr(seen: Observations, options: LimitOptions) -> Lines:
    """Of moving ranges, which are the values here: their mean, 0 and 3.267 means, the warning line at two thirds."""
    del options  # a chart of ranges is not screened by itself
    centre = plain_mean(seen.in_baseline(seen.values))
    upper, zero = RANGE_LIMIT * centre, np.zeros(centre.shape)
    return Lines(centre, zero, upper, zero, NEAR * upper, centre)


def p(seen: Observations, options: LimitOptions) -> Lines:
    """Pooled share and binomial sigma, wide where the denominator is small."""
    del options
    centre, sigma = _binomial(seen)
    return Lines.around(centre, SIGMAS * sigma)


def u(seen: Observations, options: LimitOptions) -> Lines:
    """Pooled rate and Poisson sigma."""
    del options
    centre, sigma = _poisson(seen)
    return Lines.around(centre, SIGMAS * sigma)


def p_prime(seen: Observations, options: LimitOptions) -> Lines:
    """Laney's P-prime: binomial limits widened by how much more than binomial the points vary (Laney 2002)."""
    return _prime(seen, *_binomial(seen), options)


def u_prime(seen: Observations, options: LimitOptions) -> Lines:
    """Laney's U-prime: the same for rates."""
    return _prime(seen, *_poisson(seen), options)


def c(seen: Observations, options: LimitOptions) -> Lines:
    """Mean count and its root."""
    del options
    centre = exact_mean(seen.in_baseline(seen.values))
    return Lines.around(centre, SIGMAS * np.sqrt(centre))


def g(seen: Observations, options: LimitOptions) -> Lines:
    """Opportunities between events: geometric limits around the mean, the median as centre (Benneyan 2001)."""
    del options
    known = seen.in_baseline(seen.values)
    mean = exact_mean(known)
    half = SIGMAS * np.sqrt(mean * (mean + 1))
    around = Lines.around(mean, half)
    return Lines(median(known), around.lower, around.upper, around.near_lower, around.near_upper)


def t(seen: Observations, options: LimitOptions) -> Lines:
    """Time between events: an i chart of the time to the power 1 / 3.6, and back. SeriesError for a time <= 0."""
    if (seen.values <= 0).any():
        raise SeriesError("A t chart takes times above 0; for events on the same day use a g chart or times of day.")
    rooted = Observations(seen.values ** (1 / NELSON), baseline=seen.baseline)
    lines = i(rooted, options)
    back = [np.maximum(line, 0) ** NELSON for line in _positions(lines)]
    return Lines(*back)


def run(seen: Observations, options: LimitOptions) -> Lines:
    """A run chart: the median, no limits."""
    del options  # a median has none
    return Lines.without_limits(median(seen.in_baseline(seen.values)))


Chart = Callable[[Observations, LimitOptions], Lines]
CHARTS: dict[str, Chart] = {
    "xmr": xmr,
    "p_prime": p_prime,
    "run": run,
    "g": g,
    "t": t,
    "p": p,
    "u": u,
    "u_prime": u_prime,
    "c": c,
    "i": i,
    "mr": mr,
}
OF_COUNTS = {"p", "p_prime", "u", "u_prime"}  # drawn from a numerator and a denominator
OF_SHARES = {"p", "p_prime"}
FROM_ZERO = OF_COUNTS | {"c", "g", "t", "mr"}


def choose_scale(chart: str, options: LimitOptions) -> float:
    """The unit of a chart's values: 100 for shares (percent), else 1, unless the options say otherwise."""
    return options.scale or (100.0 if chart in OF_SHARES else 1.0)


def find_bounds(chart: str, scale: float) -> tuple[float | None, float | None]:
    """Between which values a line of this chart can be drawn, None where there is no bound."""
    return 0.0 if chart in FROM_ZERO else None, scale if chart in OF_SHARES else None


def _positions(lines: Lines) -> tuple[Floats, ...]:
    return lines.centre, lines.lower, lines.upper, lines.near_lower, lines.near_upper


def _pooled(seen: Observations) -> tuple[Floats, Floats]:
    """The pooled share or rate in units of scale, and the denominators."""
    if seen.numerators is None or seen.denominators is None:
        raise SeriesError("This chart takes a numerator and a denominator.")
    known = ~np.isnan(seen.values)
    totals = (np.nansum(np.where(known, seen.in_baseline(x), 0), axis=0) for x in (seen.numerators, seen.denominators))
    numerator, denominator = totals
    with np.errstate(invalid="ignore", divide="ignore"):
        # scale first, then one division: equal shares give bit-equal values however many are pooled
        return seen.scale * numerator / denominator, np.where(known, seen.denominators, np.nan)


def _binomial(seen: Observations) -> tuple[Floats, Floats]:
    centre, denominators = _pooled(seen)
    with np.errstate(invalid="ignore", divide="ignore"):
        return centre, np.sqrt(centre * (seen.scale - centre) / denominators)


def _poisson(seen: Observations) -> tuple[Floats, Floats]:
    centre, denominators = _pooled(seen)
    with np.errstate(invalid="ignore", divide="ignore"):
        return centre, np.sqrt(centre * seen.scale / denominators)


def _prime(seen: Observations, centre: Floats, sigma: Floats, options: LimitOptions) -> Lines:
    with np.errstate(invalid="ignore", divide="ignore"):
        z = (seen.values - centre) / sigma
    z[~np.isfinite(z)] = np.nan
    sigma_z = moving_range_of(z, seen, options.screen_moving_ranges) / MEAN_RANGE_TO_SIGMA
    if options.least_sigma_z is not None:
        sigma_z = np.maximum(sigma_z, options.least_sigma_z)
    several = (~np.isnan(seen.in_baseline(seen.values))).sum(axis=0) > 1
    has_no_width = (_is_constant(seen.values) | (sigma == 0)) & ~np.isnan(sigma) & several
    half = np.where(has_no_width, 0.0, SIGMAS * sigma * sigma_z)
    return Lines.around(np.broadcast_to(centre, half.shape), half)


def _is_constant(values: Floats) -> Flags:
    """Every value equal: the limits are the mean itself, so that target and mean can be compared without luck."""
    highest = np.max(values, axis=0, initial=-np.inf, where=~np.isnan(values))
    lowest = np.min(values, axis=0, initial=np.inf, where=~np.isnan(values))
    return np.asarray(highest - lowest <= NOISE * np.abs(highest))
