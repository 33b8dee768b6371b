from statistics import NormalDist

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.intervals import Z95, newcombe, wilson
from tests.statistics.series import ORACLE

PUBLISHED = ORACLE / "cases" / "wilson_published"


def find_wilson(x: float | None, n: float | None, z: float = Z95) -> tuple[float | None, float | None]:
    lower, upper = wilson(pl.col("x"), pl.col("n"), z)
    frame = pl.DataFrame({"x": [x], "n": [n]}, schema_overrides={"x": pl.Float64, "n": pl.Float64})
    return frame.select(lower.alias("lower"), upper.alias("upper")).row(0)


def find_newcombe(*counts: int | None) -> tuple[float | None, ...]:
    names = ["xa", "na", "xb", "nb"]
    frame = pl.DataFrame([counts], schema=dict.fromkeys(names, pl.Int64), orient="row")
    difference, lower, upper = newcombe(pl.col("xa"), pl.col("na"), pl.col("xb"), pl.col("nb"))
    return frame.select(difference.alias("difference"), lower.alias("lower"), upper.alias("upper")).row(0)


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [(0, 10, 0, 27.75), (1, 10, 1.79, 40.42), (3, 12, 8.89, 53.23), (9, 12, 46.77, 91.11), (12, 12, 75.75, 100)],
)
def test_wilson_gives_the_worked_vectors(x: int, n: int, lower: float, upper: float) -> None:
    assert find_wilson(x, n) == pytest.approx((lower, upper), abs=0.006)


def test_wilson_at_none_and_all_is_exactly_0_and_100() -> None:
    assert (find_wilson(0, 7)[0], find_wilson(7, 7)[1]) == (0, 100)


@pytest.mark.parametrize(("x", "n"), [(0, 0), (None, 3), (1, None), (4, 3), (-1, 3)])
def test_wilson_of_impossible_counts_is_missing(x: float | None, n: float | None) -> None:
    assert find_wilson(x, n) == (None, None)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the reference cases are not beside the project")
def test_wilson_is_that_of_phe_indicator_methods() -> None:
    given = pl.read_csv(PUBLISHED / "expected.csv")
    for x, n, confidence, lower, upper in given.iter_rows():
        z = NormalDist().inv_cdf(0.5 + float(confidence.rstrip("%")) / 200)
        assert find_wilson(x, n, z) == pytest.approx((100 * lower, 100 * upper), rel=1e-9)


def test_newcombe_gives_the_worked_vector() -> None:
    assert find_newcombe(8, 12, 5, 30) == pytest.approx((50.0, 17.6, 71.6), abs=0.05)


@pytest.mark.parametrize("counts", [(0, 0, 5, 30), (8, 12, None, 30)])
def test_newcombe_without_one_percentage_is_missing(counts: tuple[int | None, ...]) -> None:
    assert find_newcombe(*counts) == (None, None, None)


@given(st.integers(1, 200), st.integers(1, 200), st.data())
def test_newcombe_of_exchanged_places_is_its_mirror(na: int, nb: int, data: st.DataObject) -> None:
    xa, xb = data.draw(st.integers(0, na)), data.draw(st.integers(0, nb))
    difference, lower, upper = find_newcombe(xa, na, xb, nb)
    assert lower is not None
    assert upper is not None
    assert find_newcombe(xb, nb, xa, na) == pytest.approx((-(difference or 0), -upper, -lower), abs=1e-9)
    assert -100 - 1e-9 <= lower <= upper <= 100 + 1e-9
