import numpy as np
import pytest

from pipelines.statistics.funnel import Funnel, FunnelOptions, Measure, draw_funnel
from pipelines.statistics.funnel_limits import NOT_APPLICABLE, label_proportion, label_rate, label_ratio
from pipelines.statistics.quantiles import assign_quantiles

# domain reference 4.5
WITH, OF = np.array([3.0, 10, 6, 14, 1, 9]), np.array([12.0, 14, 15, 20, 10, 11])


def draw(measure: Measure = "proportion", **options: object) -> Funnel:
    return draw_funnel(WITH, OF, measure, FunnelOptions(**{"trim_by": 0.0, **options}))  # type: ignore[arg-type]


def test_the_worked_funnel_has_its_spread_and_limits() -> None:
    got = draw()
    assert (got.target, got.phi, got.tau2) == pytest.approx((0.52439, 3.9539, 0.069307), abs=1e-4)
    assert [ends[3] for ends in got.limits[95]] == pytest.approx([0.3102, 0.7340], abs=1e-4)
    assert [ends[3] for ends in got.adjusted[95]] == pytest.approx([0.0608, 0.9604], abs=1e-4)


def test_places_that_differ_no_more_than_chance_keep_the_plain_limits() -> None:
    got = draw_funnel(np.array([10.0, 11, 9, 10]), np.full(4, 20.0))
    assert (got.tau2, got.is_adjusted) == (0, False)
    assert got.adjusted[99][0].tolist() == got.limits[99][0].tolist()


def test_an_adjusted_funnel_has_fewer_outliers() -> None:
    assert draw(adjust=False, limit=95).is_outlier.sum() > draw(limit=95).is_outlier.sum()


def test_limits_of_a_share_stay_within_none_and_all() -> None:
    lower, upper = draw().adjusted[99]
    assert lower.min() >= 0
    assert upper.max() <= 1
    assert lower[np.argmin(OF)] == 0


def test_cqc_limits_lie_on_the_scale_of_the_ratio() -> None:
    got = draw("ratio_cqc")
    half = 1.959964 * np.sqrt(1 / (4 * OF) + got.tau2)
    assert got.adjusted[95][1] == pytest.approx((1 + half) ** 2)


def test_shmi_leaves_out_the_ends() -> None:
    got = draw_funnel(np.arange(10.0, 30), np.full(20, 20.0), "ratio_shmi")
    assert np.isnan(got.z_trimmed).sum() == 4


@pytest.mark.parametrize(("observed", "expected"), [([np.nan, 1], [2, 3]), ([1, 1], [0, 3])])
def test_places_without_a_denominator_are_refused(observed: list[float], expected: list[float]) -> None:
    with pytest.raises(ValueError, match="denominator above 0"):
        draw_funnel(np.array(observed), np.array(expected))


def test_a_place_beyond_chance_has_its_label() -> None:
    got = label_ratio(np.array([20.0, 20, 20, 5, 60]), np.array([20.0, 11, 40, 13, 25]))
    assert got == ["Not significant", "High (0.025)", "Low (0.001)", "Low (0.025)", "High (0.001)"]


def test_few_events_have_no_label_as_a_standardised_rate() -> None:
    events, rates = np.array([5.0, 200]), np.array([10.0, 20])
    population = 100 * events / rates
    assert label_rate(events, rates, population, 100, "dsr")[0] == NOT_APPLICABLE
    assert label_rate(events, rates, population, 100, "crude")[0] != NOT_APPLICABLE


def test_a_share_far_from_all_is_labelled() -> None:
    got = label_proportion(np.array([50.0, 50, 5]), np.array([100.0, 100, 100]))
    assert got == ["High (0.001)", "High (0.001)", "Low (0.001)"]


def test_equal_values_share_a_quantile_and_too_few_have_none() -> None:
    assert assign_quantiles(np.array([9.0, 9, 5, 1]), 2).tolist() == [1, 1, 2, 2]
    assert np.isnan(assign_quantiles(np.array([9.0, np.nan]), 2)).all()
    with pytest.raises(ValueError, match="no 0 quantiles"):
        assign_quantiles(np.array([1.0]), 0)
