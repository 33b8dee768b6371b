import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal, assert_series_equal

from pipelines.statistics.lines import LimitOptions
from pipelines.statistics.spc import signal_points
from tests.statistics.series import make_run, make_values

MIRROR = {"improvement": "concern", "concern": "improvement"}
months = st.tuples(st.integers(1, 60), st.floats(0, 1)).map(lambda pair: (round(pair[0] * pair[1]), pair[0]))
histories = st.lists(months, min_size=1, max_size=30)
whole_numbers = st.lists(st.integers(0, 50), min_size=1, max_size=30)


def make(history: list[tuple[int, int]], **columns: str) -> pl.DataFrame:
    return make_values([x for x, _ in history], [n for _, n in history], **columns)


@given(histories)
def test_reversing_better_swaps_improvement_and_concern(history: list[tuple[int, int]]) -> None:
    higher, lower = signal_points(make(history)), signal_points(make(history, better="lower"))
    assert higher["point_type"].replace(MIRROR).to_list() == lower["point_type"].to_list()


@given(histories, st.integers(0, 1000))
def test_the_order_of_rows_is_irrelevant(history: list[tuple[int, int]], seed: int) -> None:
    values = pl.concat([make(history), make(history[::-1], place_id="other")])
    shuffled = values.sample(fraction=1, shuffle=True, seed=seed)
    assert signal_points(shuffled).equals(signal_points(values))


@given(histories)
def test_a_series_does_not_depend_on_its_neighbours(history: list[tuple[int, int]]) -> None:
    alone = signal_points(make(history))
    beside = signal_points(pl.concat([make([(1, 2)] * 14, place_id="a"), make(history)]))
    # to the last bit but one: sums of other rows beside it may be added in another order
    assert_frame_equal(beside.filter(pl.col("place_id") == "trust"), alone, rel_tol=1e-12)


@given(whole_numbers, st.integers(-100, 100), st.sampled_from([1, 2, 8]))
def test_shifting_and_scaling_a_run_chart_changes_no_signal(values: list[int], by: int, times: int) -> None:
    moved = signal_points(make_run([times * value + by for value in values]))
    assert moved["special_cause"].equals(signal_points(make_run(values))["special_cause"])


@given(histories, st.sampled_from([2, 4, 16]))
def test_p_prime_limits_without_a_floor_do_not_depend_on_the_size_of_the_counts(
    history: list[tuple[int, int]], times: int
) -> None:
    options = LimitOptions(least_sigma_z=None)
    larger = signal_points(make([(times * x, times * n) for x, n in history]), options=options)
    same = signal_points(make(history), options=options)
    assert_series_equal(larger["upper_limit"], same["upper_limit"], abs_tol=1e-9)


@given(histories)
def test_counting_the_others_mirrors_the_limits(history: list[tuple[int, int]]) -> None:
    present, absent = signal_points(make(history)), signal_points(make([(n - x, n) for x, n in history]))
    assert_series_equal(present["upper_limit"], 100 - absent["lower_limit"], check_names=False, abs_tol=1e-9)


@given(histories)
def test_limits_enclose_the_centre_and_stay_within_0_and_100(history: list[tuple[int, int]]) -> None:
    limited = signal_points(make(history)).drop_nulls("upper_limit")
    assert (limited["lower_limit"] >= 0).all()
    assert (limited["upper_limit"] <= 100).all()
    assert (limited["lower_limit"] <= limited["centre"]).all()
    assert (limited["centre"] <= limited["upper_limit"]).all()
