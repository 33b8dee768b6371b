import numpy as np
import pytest

from pipelines.statistics.lines import Lines
from pipelines.statistics.rules import MDC_7_7, find_special_causes, side_of
from pipelines.statistics.runs import measure_runs, step_of
from tests.statistics.series import find_causes, find_in

LIMIT = 30  # so the near zone begins at 20


def test_a_point_beyond_a_limit_is_outside() -> None:
    got = find_causes([1, -31, 2, 31, -1], limit=LIMIT)
    assert got == ["none", "outside_limits", "none", "outside_limits", "none"]


def test_a_point_on_a_limit_is_not_outside() -> None:
    assert find_causes([1, 30, -1, -30, 1], limit=LIMIT) == ["none"] * 5


def test_rounding_noise_at_a_limit_is_not_outside() -> None:
    assert find_causes([0.1 + 0.2, 0.0], centre=0.15, limit=0.15) == ["none"] * 2


def test_seven_points_on_one_side_are_a_shift() -> None:
    assert find_causes([5, 3, 4, 3, 5, 3, 4, -1]) == ["shift"] * 7 + ["none"]


def test_six_points_on_one_side_are_not_a_shift() -> None:
    assert find_causes([5, 3, 4, 3, 5, 3, -1]) == ["none"] * 7


def test_a_point_on_the_centre_breaks_a_shift() -> None:
    assert find_causes([5, 3, 4, 0, 5, 3, 4, 5]) == ["none"] * 8


@pytest.mark.parametrize("sign", [1, -1])
def test_seven_points_that_rise_or_fall_are_a_trend(sign: int) -> None:
    got = find_causes([sign * value for value in (-3, -2, -1, 0, 1, 2, 3, 2)])
    assert got == ["trend"] * 7 + ["none"]


def test_six_points_that_rise_are_not_a_trend() -> None:
    assert find_causes([-3, -2, -1, 1, 2, 3, 2]) == ["none"] * 7


def test_a_tie_breaks_a_trend() -> None:
    assert find_causes([-4, -3, -2, -1, -1, 1, 2, 3]) == ["none"] * 8


def test_two_of_three_near_a_limit_are_marked_and_the_third_is_not() -> None:
    assert find_causes([25, 1, 25, -1], limit=LIMIT) == ["two_in_three", "none", "two_in_three", "none"]


def test_two_of_three_need_all_three_on_one_side() -> None:
    assert find_causes([25, -1, 25, -1], limit=LIMIT) == ["none"] * 4


def test_a_point_beyond_the_limit_is_not_one_of_the_two_in_three() -> None:
    assert find_causes([25, 1, 35, -1], limit=LIMIT) == ["none", "none", "outside_limits", "none"]


def test_two_near_points_alone_are_not_two_in_three() -> None:
    assert find_causes([25, 25], limit=LIMIT) == ["none", "none"]


def test_outside_goes_before_trend_before_two_in_three_before_shift() -> None:
    got = find_causes([1, 2, 22, 24, 26, 28, 35, 22, 24, 1], limit=LIMIT)
    assert got == ["trend"] * 6 + ["outside_limits", "two_in_three", "two_in_three", "shift"]


def test_a_missing_value_breaks_runs_and_is_never_marked() -> None:
    assert find_causes([5, 3, 4, None, 5, 3, 4, 5]) == ["none"] * 8
    assert find_causes([-3, -2, -1, None, 1, 2, 3, 4]) == ["none"] * 8


def test_rules_do_not_look_across_series() -> None:
    values = np.array([[5.0, 3, 4, 3], [5.0, 3, 4, 5]]).T
    found = find_special_causes(values, Lines.around(np.zeros(2), np.full(2, 99.0)), MDC_7_7)
    assert not found.cause.any()


def test_a_turning_point_takes_the_direction_of_the_trend_it_starts() -> None:
    got = find_in([1.0, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1], centre=4)
    assert got.direction[:, 0].tolist() == [1] * 6 + [-1] * 7


def test_runs_are_measured_to_each_point() -> None:
    values = np.array([[1.0], [2], [3], [-1], [0], [1]])
    assert measure_runs(side_of(values, np.zeros(1)))[:, 0].tolist() == [1, 2, 3, 1, 0, 1]
    assert measure_runs(step_of(values))[:, 0].tolist() == [1, 2, 1, 1, 2]
