"""Which tenth, or fifth, of the places a value lies in."""

import numpy as np
import polars as pl

from pipelines.statistics.matrix import Floats


def assign_quantiles(values: Floats, quantiles: int = 10, highest_first: bool = True) -> Floats:
    """Number each value's quantile from 1; equal values share one.

    In: (places,), NaN missing. Out: the same shape; NaN where the value is missing, or everywhere with fewer known
    values than quantiles. Raises ValueError for fewer than one quantile.
    Source: phe_quantile of PHEindicatormethods 2.1.0.
    """
    if quantiles < 1:
        raise ValueError(f"There are no {quantiles} quantiles.")
    known = ~np.isnan(values)
    count = int(known.sum())
    found = np.full(values.shape, np.nan)
    if count < quantiles:
        return found
    ranks = pl.Series(values[known]).rank("min", descending=highest_first).to_numpy()
    from_the_end = (count + 1 - ranks) * quantiles / count
    found[known] = np.maximum(np.floor(quantiles + 1 - np.ceil(from_the_end)), 1)
    return found
