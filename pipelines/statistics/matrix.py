"""Series side by side: a matrix has a column for each series, a row for each point in time; NaN is a missing value."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Signs = NDArray[np.int8]
Flags = NDArray[np.bool_]

NOISE = 1e-12  # relative; two ways to the same rational number differ by less than this
_HALF = 134217729.0  # 2**27 + 1: splits a double into two halves whose products are exact (Dekker 1971)


@dataclass(frozen=True)
class Layout:
    """Where each row of a long frame lies in the matrix: its place in time and its series; starts: each one's first."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    starts: NDArray[np.int64]
    shape: tuple[int, int]
    places: NDArray[np.int64]  # in the matrix read row by row: one index is looked up faster than two

    @classmethod
    def of(cls, series: pl.Series) -> "Layout":
        """The layout of rows sorted by series, then time; series holds one number for each row, any numbers."""
        numbers = series.to_numpy()
        begins = np.ones(len(numbers), dtype=bool)
        begins[1:] = numbers[1:] != numbers[:-1]
        starts = np.flatnonzero(begins)
        lengths = np.diff(starts, append=len(numbers))
        rows = np.arange(len(numbers)) - np.repeat(starts, lengths)
        columns = np.repeat(np.arange(len(starts)), lengths)
        shape = int(lengths.max(initial=0)), len(starts)
        return cls(rows, columns, starts, shape, rows * shape[1] + columns)

    def spread(self, values: pl.Series) -> Floats:
        """A long column as a matrix; NULL, and the end of a series shorter than the longest, become NaN."""
        matrix = np.full(self.shape, np.nan)
        matrix.ravel()[self.places] = values.cast(pl.Float64).to_numpy()
        return matrix

    def spread_flags(self, flags: pl.Series) -> Flags:
        """The same for true and false; what is not there is false."""
        matrix = np.zeros(self.shape, dtype=bool)
        matrix[self.rows, self.columns] = flags.fill_null(False).to_numpy()
        return matrix

    def gather(self, matrix: NDArray[np.generic], words: Sequence[str] = ()) -> pl.Series:
        """A matrix, or one value for each series, as a long column; NaN becomes NULL, places in `words` the words."""
        column = matrix[self.columns] if matrix.ndim == 1 else matrix.ravel()[self.places]
        return spell(column, words) if words else pl.Series(column, nan_to_null=True)


def spell(places: NDArray[np.generic], words: Sequence[str]) -> pl.Series:
    """Places in a short list of words as a column of the words: many times faster than to look each up."""
    return pl.Series(words, dtype=pl.String).gather(pl.Series(places).cast(pl.UInt32))


def exact_mean(values: Floats) -> Floats:
    """Mean of the known values of each series, correct to the last bit, so that ties with it are ties.

    In: (points, series). Out: (series,); NaN where nothing is known.
    Source: Neumaier 1974 for the sum, then one Newton step for the quotient.
    """
    known = ~np.isnan(values)
    count = known.sum(axis=0).astype(np.float64)
    total, lost = np.zeros(values.shape[1]), np.zeros(values.shape[1])
    for row in values if known.all() else np.where(known, values, 0.0):
        grown = total + row
        kept = grown - total
        lost += (total - (grown - kept)) + (row - kept)
        total = grown
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        mean = (total + lost) / count
        high = _HALF * mean - (_HALF * mean - mean)
        rest = (total - high * count) - (mean - high) * count + lost
        return np.asarray(np.where(np.isfinite(rest), mean + rest / count, mean))


def plain_mean(values: Floats) -> Floats:
    """Mean of the known values of each series, as fast as can be; NaN where nothing is known."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(known, values, 0.0).sum(axis=0) / known.sum(axis=0))


def median(values: Floats) -> Floats:
    """Median of the known values of each series; NaN where nothing is known."""
    if not values.size:
        return np.full(values.shape[1], np.nan)
    ordered = np.sort(values, axis=0)  # NaN goes last
    count = (~np.isnan(values)).sum(axis=0)
    low, high = np.maximum(count - 1, 0) // 2, count // 2
    series = np.arange(values.shape[1])
    middle = (ordered[low, series] + ordered[np.minimum(high, len(values) - 1), series]) / 2
    return np.where(count > 0, middle, np.nan)


def moving_ranges(values: Floats, baseline: Flags | None = None) -> Floats:
    """Distance of each point from the baseline point before it.

    In: (points, series). Out: the same shape; NaN in the first row, outside the baseline and beside a gap.
    A point that is not in the baseline is stepped over; a missing value is not.
    """
    ranges = np.full(values.shape, np.nan)
    if baseline is None or _is_beginning(baseline):
        np.abs(values[1:] - values[:-1], out=ranges[1:])
        return ranges if baseline is None else np.where(baseline, ranges, np.nan)
    places = np.where(baseline, np.arange(len(values))[:, None], -1)
    before = np.maximum.accumulate(places, axis=0)[:-1]
    previous = np.take_along_axis(values, np.maximum(before, 0), axis=0)
    ranges[1:] = np.where(baseline[1:] & (before >= 0), np.abs(values[1:] - previous), np.nan)
    return ranges


def _is_beginning(baseline: Flags) -> bool:
    """No point outside the baseline lies before one inside."""
    return not (baseline[1:] & ~baseline[:-1]).any()
