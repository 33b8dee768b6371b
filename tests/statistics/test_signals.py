from typing import Any

import polars as pl
import pytest

from pipelines.statistics.rules import ANHOEJ, IHI_RUN_6_5, MDC_7_7, RuleSet
from pipelines.statistics.signals import SIGNAL_SCHEMA, judge_series
from pipelines.statistics.spc import signal_points
from tests.statistics.series import make_indicators, make_run, make_values

STEADY = [40, 44, 38, 43, 39, 42] * 2 + [41]
SHIFT_UP = [34, 33, 34, 33, 34, 33, 34, 46, 47, 46, 47, 46, 47, 46]
OUT = "an improvement, unlikely to be chance."


def judge(numerators: list[int], denominator: int = 100, **indicator: Any) -> dict[str, Any]:
    better = indicator.get("better", "higher")
    values = make_values(numerators, [denominator] * len(numerators), better=better)
    return judge_series(signal_points(values), make_indicators(**indicator)).row(0, named=True)


def test_a_steady_series_is_common_cause_within_its_usual_range() -> None:
    got = judge(STEADY)
    assert (got["variation"], got["assurance"], got["points"]) == ("common_cause", "none", 13)
    assert got["summary"] == "January 2025 is within the usual range (26 to 56 %): no sign of change."


def test_a_point_above_the_limits_is_said() -> None:
    got = judge([*STEADY, 80])
    assert got["variation"] == "improvement_high"
    assert got["summary"] == f"February 2025 is above the usual range (26 to 61 %): {OUT}"


def test_a_shift_is_said_with_its_length_and_side() -> None:
    got = judge(SHIFT_UP)
    assert got["summary"] == f"February 2025 is the seventh month running above the average of 40 %: {OUT}"


def test_a_trend_is_said_with_its_length() -> None:
    got = judge([45, 35] * 6 + [32, 34, 36, 38, 40, 42, 44])
    assert got["summary"] == f"July 2025 is the last of 7 months in a row, each higher than the one before: {OUT}"


def test_two_in_three_is_said_with_the_end_of_the_range() -> None:
    got = judge([40, 41, 39, 40] * 4 + [52, 44, 53])
    assert got["variation"] == "improvement_high"
    want = (
        f"July 2025 makes at least two of the last three months close to the top of the usual range (27 to 56 %): {OUT}"
    )
    assert got["summary"] == want


@pytest.mark.parametrize(
    ("better", "rising", "want", "verdict"),
    [
        ("higher", True, "improvement_high", "an improvement, unlikely"),
        ("higher", False, "concern_low", "a change for the worse, unlikely"),
        ("lower", True, "concern_high", "a change for the worse, unlikely"),
        ("lower", False, "improvement_low", "an improvement, unlikely"),
        ("neither", True, "neutral_high", "neither good nor bad"),
        ("neither", False, "neutral_low", "neither good nor bad"),
    ],
)
def test_variation_says_what_and_which_way(better: str, rising: bool, want: str, verdict: str) -> None:
    got = judge(SHIFT_UP if rising else [100 - number for number in SHIFT_UP], better=better)
    assert got["variation"] == want
    assert verdict in got["summary"]
    assert (" above " if rising else " below ") in got["summary"]


@pytest.mark.parametrize(
    ("better", "target", "want"),
    [
        ("higher", 90, "fail"),
        ("higher", 10, "pass"),
        ("higher", 41, "inconsistent"),
        ("lower", 90, "pass"),
        ("lower", 10, "fail"),
        ("lower", 41, "inconsistent"),
        ("neither", 90, "none"),
        ("higher", None, "none"),
    ],
)
def test_assurance_compares_the_target_with_the_usual_range(better: str, target: float | None, want: str) -> None:
    assert judge(STEADY, better=better, target=target)["assurance"] == want


def test_a_target_on_a_limit_is_inconsistent() -> None:
    upper = judge(STEADY)["upper_limit"]
    assert judge(STEADY, target=upper)["assurance"] == "inconsistent"


@pytest.mark.parametrize(
    ("better", "numerator", "target", "want"),
    [
        ("higher", 100, 100, "pass"),
        ("higher", 99, 100, "fail"),
        ("lower", 0, 0, "pass"),
        ("lower", 1, 0, "fail"),
        ("lower", 20, 20, "pass"),
    ],
)
def test_a_constant_series_passes_or_fails_by_its_mean(better: str, numerator: int, target: float, want: str) -> None:
    got = judge([numerator] * 12, better=better, target=target)
    assert (got["variation"], got["assurance"]) == ("common_cause", want)
    assert got["summary"].startswith(f"December 2024 is at {numerator} %, as always so far: no sign of change.")


def test_the_target_is_said_in_words() -> None:
    want = "The target of at most 5 % is missed across the usual range."
    assert judge(STEADY, better="lower", target=5)["summary"].endswith(want)


@pytest.mark.parametrize(
    ("points", "want"),
    [
        (5, "May 2024 is month 5 with a value: 12 are needed to judge a change."),
        (
            11,
            "November 2024 is month 11 with a value: trial limits are 26 to 56 %, "
            "and 12 values are needed to judge a change.",
        ),
    ],
)
def test_a_short_series_has_no_verdict_and_says_why(points: int, want: str) -> None:
    got = judge(STEADY[:points], target=90.0)
    assert (got["variation"], got["assurance"], got["summary"]) == ("none", "none", want)


def test_a_run_chart_speaks_of_its_median() -> None:
    points = signal_points(make_run([40, 44, 38, 43] * 3))
    got = judge_series(points, make_indicators(target=50)).row(0, named=True)
    assert got["summary"] == "December 2024 shows no sign of change around the median of 42 %."
    assert (got["assurance"], got["lower_limit"]) == ("none", None)


LEFT = ": the last 3 months are {} it, and it takes {} in a row to call that a change"
QUIET = [40, 42, 44, 42, 40, 42, 40, 42, 42]  # around 42, as which the median of the whole stays


@pytest.mark.parametrize(
    ("values", "rules", "more"),
    [
        ([40, 44, 38, 43] * 3, MDC_7_7, ""),  # the last alone lies above
        ([*QUIET, 44, 50, 50], MDC_7_7, LEFT.format("above", 7)),
        ([*QUIET, 44, 50, 50], IHI_RUN_6_5, LEFT.format("above", 6)),
        ([*(84 - value for value in QUIET), 40, 34, 34], MDC_7_7, LEFT.format("below", 7)),
        ([*QUIET, 44, 50, 42], MDC_7_7, ""),  # back on its median
        ([*QUIET, 44, 50, 50], ANHOEJ, ""),  # which has no such rule
    ],
)
def test_a_run_chart_that_leaves_its_median_says_how_long_it_takes_to_call_that_a_change(
    values: list[float], rules: RuleSet, more: str
) -> None:
    points = signal_points(make_run(values), rule_set=rules)
    got = judge_series(points, make_indicators(), rules)["summary"].item()
    assert got == f"December 2024 shows no sign of change around the median of 42 %{more}."


def test_a_series_by_quarter_is_said_by_quarter() -> None:
    points = signal_points(make_run([40, 44, 38, 43] * 3)).with_columns(grain=pl.lit("quarter"))
    got = judge_series(points, make_indicators())["summary"].item()
    assert got.startswith("December 2024 to February 2025 shows no sign of change")


def test_the_verdict_is_that_of_the_last_value_before_a_gap() -> None:
    values = make_values([*SHIFT_UP, None], [100] * 14 + [None])
    got = judge_series(signal_points(values), make_indicators()).row(0, named=True)
    assert (got["variation"], got["points"], got["point_on"].month) == ("improvement_high", 14, 2)


def test_every_series_has_one_row_of_the_published_columns() -> None:
    values = pl.concat([make_values(STEADY, [100] * 13), make_values(SHIFT_UP, [100] * 14, place_id="other")])
    got = judge_series(signal_points(values), make_indicators())
    assert got.schema == SIGNAL_SCHEMA
    assert got["place_id"].to_list() == ["other", "trust"]


def test_no_points_give_no_signals() -> None:
    got = judge_series(signal_points(make_values([1], [2]).clear()), make_indicators())
    assert (got.height, got.schema) == (0, SIGNAL_SCHEMA)
