"""An excuse covers what it is for, and nothing beside it."""

from typing import Any

import pytest

from tests.oracle.case import Case
from tests.oracle.comparing import Difference
from tests.oracle.excuses import find_excuses


def make_case(kind: str, expected: dict[str, list[str]], tags: frozenset[str] = frozenset(), **params: Any) -> Case:
    given = {"value": expected.get("value", ["1", "2"])}
    return Case("one", kind, params, tags, given, expected, {}, [])


def test_a_series_with_width_may_not() -> None:
    case = make_case("xmr", {"mean": ["5", "5"], "lpl": ["4", "4"], "upl": ["6", "6"]})
    assert find_excuses(case, [Difference("lpl", 0, "4", 5.0)]) == []


def test_one_cell_that_is_not_covered_takes_the_excuse_away() -> None:
    case = make_case("xmr", {"value": ["5", "5"], "mean": ["5", "5"], "lpl": ["NaN", "4"], "upl": ["NaN", "6"]})
    assert find_excuses(case, [Difference("lpl", 0, "NaN", 5.0), Difference("lpl", 1, "4", 5.0)]) == []


def test_a_constant_series_may_keep_its_centre_and_no_other_limit() -> None:
    case = make_case("xmr", {"value": ["5", "5"], "mean": ["5", "5"], "lpl": ["NaN", "NaN"], "upl": ["NaN", "NaN"]})
    assert find_excuses(case, [Difference("upl", 0, "NaN", 5.0)])
    assert find_excuses(case, [Difference("upl", 0, "NaN", 5.1)]) == []


def test_a_nearly_constant_series_may_keep_its_unscreened_limits_and_no_other() -> None:
    expected = {"value": ["5", "5", "8"], "mean": ["6"] * 3, "lpl": ["6"] * 3, "upl": ["6"] * 3}
    case = make_case("xmr", expected)
    assert find_excuses(case, [Difference("upl", 0, "6", 6 + 2.66 * 1.5)])
    assert find_excuses(case, [Difference("upl", 0, "6", 6 + 2.66 * 3)]) == []


@pytest.mark.parametrize("column", ["mean", "rebase_group", "relative_to_mean", "rule_trend", "summary.groups[0].n"])
def test_a_series_without_width_excuses_nothing_that_does_not_follow_from_limits(column: str) -> None:
    case = make_case("xmr", {"value": ["5", "5"], "mean": ["5", "5"], "lpl": ["NaN", "NaN"], "upl": ["NaN", "NaN"]})
    row = None if column.startswith("summary") else 0
    assert find_excuses(case, [Difference(column, row, "1", 2.0)]) == []


def test_another_segment_without_width_is_no_excuse() -> None:
    table = {"value": ["5", "5", "1", "9"], "rebase_group": ["0", "0", "1", "1"], "mean": ["5"] * 4}
    limits = {"lpl": ["NaN", "NaN", "-16", "-16"], "upl": ["NaN", "NaN", "26", "26"]}
    case = make_case("xmr", table | limits)
    assert find_excuses(case, [Difference("upl", 0, "NaN", 5.0)])
    assert find_excuses(case, [Difference("upl", 2, "26", 5.0)]) == []


def test_only_the_warning_line_of_a_t_chart_may_be_0_where_the_reference_has_none() -> None:
    case = make_case("qic_t", {})
    assert find_excuses(case, [Difference("lcl_2sigma", 0, "NaN", 0.0)])
    assert find_excuses(case, [Difference("lcl_2sigma", 0, "NaN", 0.1)]) == []
    assert find_excuses(case, [Difference("lcl", 0, "NaN", 0.0)]) == []


def test_a_z_near_0_is_excused_its_last_digits_only() -> None:
    case = make_case("funnel_od", {"denominator": ["1000", "40"]})
    assert find_excuses(case, [Difference("z", 0, "-1.25095177209e-05", -1.2509517734287821e-05)])
    assert find_excuses(case, [Difference("z", 0, "-1.25095177209e-05", -1.25096e-05)]) == []


def test_a_trend_may_keep_its_direction_only_beside_the_next_one() -> None:
    turn = make_case("xmr", {"value": ["1", "2", "2"], "rule_trend": ["TRUE", "TRUE", "TRUE"]})
    cell = Difference("special_cause_type", 1, "7 Point Trend (Decreasing)", "7 Point Trend (Increasing)")
    rising = make_case("xmr", {"value": ["1", "2", "3"], "rule_trend": ["TRUE", "TRUE", "TRUE"]})
    assert find_excuses(turn, [cell])
    assert find_excuses(rising, [cell]) == []


def test_a_squared_limit_is_excused_and_another_number_is_not() -> None:
    asked: dict[str, Any] = {"data_type": "SR", "sr_method": "CQC", "draw_adjusted": True, "multiplier": 100}
    case = make_case("funnel_od", {}, **asked)
    assert find_excuses(case, [Difference("od_ll95", 0, "80", 64.0)])
    assert find_excuses(case, [Difference("od_ll95", 0, "80", 65.0)]) == []
    assert find_excuses(case, [Difference("ll95", 0, "80", 64.0)]) == []


def test_only_the_largest_unit_may_lose_its_folded_limit() -> None:
    case = make_case("funnel_od", {"denominator": ["10", "50"]}, data_type="PR")
    assert find_excuses(case, [Difference("od_ll998", 1, "0.01", 0.0)])
    assert find_excuses(case, [Difference("od_ll998", 0, "0.01", 0.0)]) == []


def test_halving_excuses_its_own_resolution_only() -> None:
    case = make_case("phe_funnel_limits", {"Observed_events": ["1"]}, multiplier=100)
    assert find_excuses(case, [Difference("upper_2s_exp_events", 0, "0.025317898", 0.025317808)])
    assert find_excuses(case, [Difference("upper_2s_exp_events", 0, "0.0254", 0.025317808)]) == []


def test_a_fragile_flag_is_excused_and_a_number_is_not() -> None:
    case = make_case("xmr", {}, frozenset({"float_fragile"}))
    assert find_excuses(case, [Difference("outside_limits", 0, "TRUE", False)])
    assert find_excuses(case, [Difference("upl", 0, "5", 6.0)]) == []
