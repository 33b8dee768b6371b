import numpy as np
import pytest

from pipelines.statistics.charts import CHARTS, SeriesError
from pipelines.statistics.lines import LimitOptions, Lines, Observations
from pipelines.statistics.matrix import Flags, Floats

SCREENED, UNSCREENED = LimitOptions(screen_moving_ranges=True), LimitOptions()
# domain reference 4.1 and 4.3
ONE_FAR_POINT = [1.0, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
BETWEEN_EVENTS = [0.0, 2, 5, 1, 3, 8, 0, 4]


def column(*values: float) -> Floats:
    return np.array(values, dtype=float)[:, None]


def draw(chart: str, *values: float, options: LimitOptions = UNSCREENED, baseline: Flags | None = None) -> Lines:
    return CHARTS[chart](Observations(column(*values), baseline=baseline), options)


def draw_counts(chart: str, numerators: list[float], denominators: list[float], scale: float = 1.0) -> Lines:
    x, n = column(*numerators), column(*denominators)
    return CHARTS[chart](Observations(scale * x / n, x, n, scale=scale), UNSCREENED)


def limits(lines: Lines) -> tuple[float, float, float]:
    return tuple(float(np.ravel(line)[0]) for line in (lines.centre, lines.lower, lines.upper))  # type: ignore[return-value]


@pytest.mark.parametrize(("options", "lower", "upper"), [(SCREENED, -0.7156, 4.6044), (UNSCREENED, -3.0626, 6.9515)])
def test_xmr_gives_the_worked_example(options: LimitOptions, lower: float, upper: float) -> None:
    got = limits(draw("xmr", *ONE_FAR_POINT, options=options))
    assert got == pytest.approx((1.9444, lower, upper), abs=1e-4)


def test_xmr_uses_two_point_six_six_and_i_three_over_d2() -> None:
    assert limits(draw("xmr", 1, 3, 1, 3)) == pytest.approx((2, 2 - 5.32, 2 + 5.32))
    assert limits(draw("i", 1, 3, 1, 3)) == pytest.approx((2, 2 - 6 / 1.128, 2 + 6 / 1.128))


def test_screening_that_would_leave_no_width_is_not_applied() -> None:
    nearly = [5.0] * 15 + [6.0] + [5.0] * 15
    assert limits(draw("xmr", *nearly, options=SCREENED)) == limits(draw("xmr", *nearly))


@pytest.mark.parametrize("options", [SCREENED, UNSCREENED])
def test_a_constant_series_has_its_mean_for_limits(options: LimitOptions) -> None:
    assert limits(draw("xmr", *[0.1] * 12, options=options)) == (0.1, 0.1, 0.1)


def test_a_gap_takes_both_its_ranges_along() -> None:
    assert limits(draw("xmr", 1, 2, np.nan, 9, 10)) == pytest.approx((5.5, 5.5 - 2.66, 5.5 + 2.66))


def test_the_first_points_can_be_the_baseline() -> None:
    baseline = column(1, 1, 1, 0, 0).astype(bool)
    assert limits(draw("xmr", 1, 3, 1, 50, 90, baseline=baseline)) == pytest.approx((5 / 3, 5 / 3 - 5.32, 5 / 3 + 5.32))


def test_a_point_left_out_in_the_middle_is_stepped_over() -> None:
    baseline = column(1, 1, 0, 1, 1).astype(bool)
    assert limits(draw("xmr", 1, 3, 99, 1, 3, baseline=baseline)) == limits(draw("xmr", 1, 3, 1, 3))


def test_one_point_has_a_mean_and_no_limits() -> None:
    got = limits(draw("xmr", 4))
    assert got[0] == 4
    assert np.isnan(got[1:]).all()


def test_nothing_known_gives_no_lines() -> None:
    for chart in ("xmr", "i", "c", "g", "t", "run", "mr"):
        assert np.isnan(limits(draw(chart, np.nan, np.nan))).all() or chart == "mr"


def test_g_gives_the_worked_example() -> None:
    got = limits(draw("g", *BETWEEN_EVENTS))
    assert got[0] == 2.5
    assert got[2] == pytest.approx(12.888, abs=1e-3)


def test_t_refuses_a_time_of_0_in_words() -> None:
    with pytest.raises(SeriesError, match="times above 0"):
        draw("t", 3, 0, 5)


def test_c_is_the_mean_and_three_roots() -> None:
    assert limits(draw("c", 3, 5, 4)) == pytest.approx((4, -2, 10))


def test_mr_has_no_lower_limit_below_0() -> None:
    assert limits(draw("mr", np.nan, 2, 4)) == pytest.approx((3, 0, 9.801))


def test_p_and_u_follow_each_denominator() -> None:
    p, u = (draw_counts(chart, [2, 8], [10, 40]) for chart in "pu")
    assert (p.upper[:, 0] - 0.2).tolist() == pytest.approx([3 * (0.16 / 10) ** 0.5, 3 * (0.16 / 40) ** 0.5])
    assert (u.upper[:, 0] - 0.2).tolist() == pytest.approx([3 * (0.2 / 10) ** 0.5, 3 * (0.2 / 40) ** 0.5])


def test_a_rate_scales_with_its_unit() -> None:
    one, thousand = (
        draw_counts("u_prime", [2, 8, 3], [10, 40, 30]),
        draw_counts("u_prime", [2, 8, 3], [10, 40, 30], 1000),
    )
    assert np.allclose(1000 * one.upper, thousand.upper, rtol=1e-12)


def test_the_mean_is_right_to_the_last_bit() -> None:
    assert limits(draw("xmr", *[0.1] * 10))[0] == 0.1
    assert limits(draw("xmr", 1e16, 1, -1e16))[0] == 1 / 3
