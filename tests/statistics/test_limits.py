import polars as pl
import pytest

from pipelines.statistics.lines import LimitOptions
from pipelines.statistics.spc import signal_points
from tests.statistics.series import make_run, make_values, month

# domain reference 4.2
NUMERATORS = [3, 4, 2, 5, 6, 4, 8, 3, 5, 6, 7, 4]
DENOMINATORS = [10, 12, 9, 14, 15, 11, 20, 10, 13, 15, 16, 12]
AS_QICHARTS2 = LimitOptions(screen_moving_ranges=False, least_sigma_z=None)


def test_p_prime_limits_are_those_of_the_worked_example() -> None:
    got = signal_points(make_values(NUMERATORS, DENOMINATORS), options=AS_QICHARTS2).row(0, named=True)
    assert got["centre"] == pytest.approx(36.3057, abs=1e-4)
    assert (got["lower_limit"], got["upper_limit"]) == pytest.approx((16.82, 55.79), abs=0.01)


def test_by_default_limits_are_never_narrower_than_those_of_a_p_chart() -> None:
    got = signal_points(make_values(NUMERATORS, DENOMINATORS)).row(0, named=True)
    half = 300 * (0.363057 * 0.636943 / 10) ** 0.5
    assert got["upper_limit"] == pytest.approx(36.3057 + half, abs=1e-3)
    assert got["lower_limit"] == 0


def test_limits_are_wide_where_the_denominator_is_small() -> None:
    got = signal_points(make_values([5, 40] * 6, [10, 100] * 6))
    width = (got["upper_limit"] - got["lower_limit"]).to_list()
    assert width[0] > width[1]


def test_limits_are_cut_at_0_and_100() -> None:
    got = signal_points(make_values([1, 9] * 6, [10, 10] * 6))
    assert got["lower_limit"].unique().to_list() == [0]
    assert got["upper_limit"].unique().to_list() == [100]


def test_the_near_zone_keeps_its_width_next_to_100() -> None:
    # Mean 95, limits of 10 meetings far beyond 100: a full month is nothing special.
    got = signal_points(make_values([10, 10, 9] * 4 + [9, 10, 10], [10] * 15))
    assert got["special_cause"].unique().to_list() == ["none"]


def test_screening_leaves_out_one_wild_moving_range() -> None:
    values = make_values([40, 42, 38, 41, 39, 95, 40, 42, 38, 41, 39, 40], [100] * 12)
    wide = signal_points(values, options=LimitOptions(False, None)).row(0, named=True)
    narrow = signal_points(values, options=LimitOptions(True, None)).row(0, named=True)
    assert narrow["upper_limit"] < wide["upper_limit"]


@pytest.mark.parametrize("numerator", [0, 2, 10])
def test_a_constant_series_has_its_mean_for_limits(numerator: int) -> None:
    got = signal_points(make_values([numerator] * 12, [10] * 12))
    want = [10.0 * numerator] * 12
    assert [got[name].to_list() for name in ("centre", "lower_limit", "upper_limit")] == [want] * 3
    assert got["point_type"].unique().to_list() == ["common_cause"]


def test_equal_shares_of_unequal_denominators_are_constant() -> None:
    got = signal_points(make_values([1, 2, 7] * 4, [3, 6, 21] * 4))
    assert (got["upper_limit"] - got["lower_limit"]).max() == 0
    assert got["special_cause"].unique().to_list() == ["none"]


def test_a_run_chart_has_the_median_and_no_limits() -> None:
    got = signal_points(make_run([1, 5, 3, 100] * 3))
    assert got["centre"].unique().to_list() == [4]
    assert got["lower_limit"].null_count() == got["upper_limit"].null_count() == 12


def test_limits_come_from_the_baseline_only() -> None:
    values = make_values([4] * 6 + [5] * 6 + [9] * 3, [10] * 15).with_columns(
        in_baseline=pl.col("period_start") < month(12)
    )
    assert signal_points(values)["centre"].unique().to_list() == [45]


def test_a_segment_has_its_own_centre() -> None:
    values = make_values([4] * 12 + [9] * 12, [10] * 24).with_columns(
        segment=pl.when(pl.col("period_start") < month(12)).then(1).otherwise(2)
    )
    got = signal_points(values)
    assert got["centre"].to_list() == [40] * 12 + [90] * 12
    assert got["special_cause"].unique().to_list() == ["none"]
