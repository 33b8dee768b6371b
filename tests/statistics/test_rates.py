import numpy as np
import pytest

from pipelines.statistics.rates import byar, count_interval, exact_poisson, katz_ratio, rate


def test_exact_limits_of_a_count_are_the_published_ones() -> None:
    lower, upper = exact_poisson(np.array([0.0, 1, 5]))
    assert lower == pytest.approx([0, 0.0253178, 1.6234864], abs=1e-7)
    assert upper == pytest.approx([3.6888795, 5.5716434, 11.6683321], abs=1e-7)


def test_byar_comes_near_the_exact_limits_of_many_events() -> None:
    approximate, exact = (np.ravel(pair) for pair in (byar(np.array([100.0])), exact_poisson(np.array([100.0]))))
    assert approximate == pytest.approx(exact, rel=0.001)


def test_byar_of_too_few_events_has_no_lower_end() -> None:
    assert np.isnan(byar(np.array([0.5]), 0.998)[0]).all()


def test_exact_limits_end_where_byar_begins() -> None:
    lower, _ = count_interval(np.array([9.0, 10]))
    assert lower.tolist() == [exact_poisson(np.array([9.0]))[0][0], byar(np.array([10.0]))[0][0]]


@pytest.mark.parametrize(("events", "population"), [(np.nan, 10.0), (3.0, 0.0), (3.0, np.nan), (-1.0, 10.0)])
def test_a_rate_of_what_cannot_be_has_no_limits(events: float, population: float) -> None:
    _, lower, upper = rate(np.array([events]), np.array([population]))
    assert np.isnan([lower[0], upper[0]]).all()


def test_katz_gives_the_worked_ratio() -> None:
    got = katz_ratio(8, 12, 5, 30)
    assert got is not None
    # ln 4 -+ 1.96 sqrt(1/8 - 1/12 + 1/5 - 1/30)
    assert got[:3] == pytest.approx((4.0, 1.6351, 9.7854), abs=1e-4)


def test_fisher_gives_the_tea_tasting_probability() -> None:
    got = katz_ratio(3, 4, 1, 4)
    assert got is not None
    assert got[3] == pytest.approx(34 / 70)


def test_a_ratio_to_none_is_missing_and_impossible_counts_are_refused() -> None:
    assert katz_ratio(0, 4, 1, 4) is None
    assert katz_ratio(1, 4, 0, 0) is None
    with pytest.raises(ValueError, match="5 of 4"):
        katz_ratio(5, 4, 1, 4)
