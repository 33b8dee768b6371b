"""95 % intervals of one percentage and of the difference of two."""

import polars as pl

Z95 = 1.959963984540054  # two-sided 95 % point of the normal distribution


def wilson(numerator: pl.Expr, denominator: pl.Expr, z: float = Z95) -> tuple[pl.Expr, pl.Expr]:
    """Wilson score interval of numerator / denominator, as (lower, upper) in percent 0..100.

    NULL where a count is missing, the denominator is 0 or the numerator does not lie within 0..denominator.
    Source: Wilson 1927; APHO Technical Briefing 3.
    """
    x, n = numerator.cast(pl.Float64), denominator.cast(pl.Float64)
    valid = (n > 0) & (x >= 0) & (x <= n)
    middle = 2 * x + z * z
    half = z * (z * z + 4 * x * (1 - x / n)).sqrt()
    width = 2 * (n + z * z)
    # at 0 and at all, the formula gives the bound only to the last bit
    lower = pl.when(x == 0).then(0.0).otherwise(100 * (middle - half) / width)
    upper = pl.when(x == n).then(100.0).otherwise(100 * (middle + half) / width)
    return pl.when(valid).then(lower), pl.when(valid).then(upper)


def newcombe(
    numerator_a: pl.Expr, denominator_a: pl.Expr, numerator_b: pl.Expr, denominator_b: pl.Expr, z: float = Z95
) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Difference a minus b in percentage points with its interval, as (difference, lower, upper).

    NULL where either percentage has no Wilson interval. Source: Newcombe 1998, method 10 (hybrid score).
    """
    a, b = 100 * numerator_a / denominator_a, 100 * numerator_b / denominator_b
    (lower_a, upper_a), (lower_b, upper_b) = (
        wilson(numerator_a, denominator_a, z),
        wilson(numerator_b, denominator_b, z),
    )
    difference = pl.when(lower_a.is_not_null() & lower_b.is_not_null()).then(a - b)
    lower = difference - ((a - lower_a) ** 2 + (upper_b - b) ** 2).sqrt()
    upper = difference + ((upper_a - a) ** 2 + (b - lower_b) ** 2).sqrt()
    return difference, lower, upper
