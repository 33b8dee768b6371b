"""The words for rule sets that look at a whole series, or that step over ties."""

from collections.abc import Sequence

import polars as pl

from pipelines.statistics.rules import ANHOEJ, IHI_RUN_6_5, RuleSet
from pipelines.statistics.signals import judge_series
from pipelines.statistics.spc import signal_points
from tests.statistics.series import make_indicators, make_run

BOTH_WAYS = [40.0, 60] * 4


def judge(values: Sequence[float], rules: RuleSet) -> dict[str, object]:
    points = signal_points(make_run(values), rules)
    return judge_series(points, make_indicators(), rules).row(0, named=True)


def test_a_run_that_is_too_long_is_said_with_what_chance_allows() -> None:
    got = judge([50.0, *BOTH_WAYS, *[30.0] * 3, *[70.0] * 11], ANHOEJ)
    assert got["variation"] == "improvement_high"
    assert "11 months on one side of the median, at most 7 expected" in str(got["summary"])


def test_too_few_crossings_are_said() -> None:
    got = judge([40.0] * 6 + [60.0] * 6 + [41.0] * 6 + [61.0] * 6, ANHOEJ)
    assert "the median crossed 3 times, at least 8 expected" in str(got["summary"])


def test_a_last_point_outside_the_unusual_run_is_not_called_a_change() -> None:
    got = judge([70.0] * 9 + [30.0] * 3 + [70.0] + [30.0] * 3 + [70.0] + [30.0] * 5, ANHOEJ)
    assert got["variation"] == "common_cause"
    assert "lies in no unusual run itself, but the series is not chance alone" in str(got["summary"])


def test_chance_alone_is_no_sign_of_change() -> None:
    assert "no sign of change" in str(judge(BOTH_WAYS * 2, ANHOEJ)["summary"])


def test_points_on_the_median_are_left_out_of_the_count() -> None:
    values = [40.0, 41, 42, 60, 41, 61, 50, 39, 59, 42, 58, 40, 41, 42, 50, 61, 62, 63, 64, 50, 61, 62]
    got = judge(values, IHI_RUN_6_5)
    assert got["variation"] == "improvement_high"
    assert "the sixth month running above the median" in str(got["summary"])


def test_signals_of_every_rule_set_have_the_same_columns() -> None:
    points = signal_points(make_run(BOTH_WAYS * 2), ANHOEJ)
    assert points["rule_set"].unique().to_list() == ["anhoej"]
    assert isinstance(judge_series(points, make_indicators(), ANHOEJ), pl.DataFrame)
