import pytest

from pipelines.statistics.rules import ANHOEJ, IHI_RUN_6_5, MDC_7_7, MDC_2023, RULE_SETS
from tests.statistics.series import find_causes, find_in

LIMIT = 30.0  # so the near zone begins at 20


def test_rule_sets_are_known_by_their_names_and_have_a_version() -> None:
    assert list(RULE_SETS) == ["mdc_7_7", "mdc_2023", "ihi_run_6_5", "anhoej"]
    assert {rules.version for rules in RULE_SETS.values()} == {1}


def test_only_mdc_2023_counts_a_point_beyond_the_limit_as_near() -> None:
    values = [25, 1, 35, -1]
    assert find_causes(values, limit=LIMIT, rules=MDC_2023)[0] == "two_in_three"
    assert find_causes(values, limit=LIMIT, rules=MDC_7_7)[0] == "none"


@pytest.mark.parametrize(("points", "want"), [(5, "none"), (6, "shift")])
def test_a_run_chart_shifts_with_six(points: int, want: str) -> None:
    values = [3, 2] * 3
    assert find_causes([*values[:points], -1], rules=IHI_RUN_6_5)[0] == want


def test_a_point_on_the_median_neither_breaks_nor_adds() -> None:
    assert find_causes([3, 2, 3, 0, 2, 3, 2, -1], rules=IHI_RUN_6_5) == ["shift"] * 3 + ["none"] + ["shift"] * 3 + [
        "none"
    ]


def test_a_missing_value_breaks_a_run_also_there() -> None:
    assert find_causes([3, 2, 3, None, 2, 3, 2], rules=IHI_RUN_6_5) == ["none"] * 7


def test_a_run_chart_trends_with_five_and_counts_a_tie_once() -> None:
    assert find_causes([-2, -1, -1, 1, 2, 3, 1], rules=IHI_RUN_6_5) == ["trend"] * 6 + ["none"]
    assert find_causes([-2, -1, -1, 1, 2, 1, 2], rules=IHI_RUN_6_5) == ["none"] * 7


def test_a_run_chart_has_no_limits_to_be_outside_of() -> None:
    assert find_causes([1, 99, -1, 1], limit=LIMIT, rules=IHI_RUN_6_5) == ["none"] * 4


def test_anhoej_marks_the_run_that_is_too_long() -> None:
    values = [1, -1, 1, 1, -1] + [2] * 8 + [-1, 1]
    assert find_causes(values, rules=ANHOEJ) == ["none"] * 5 + ["shift"] * 8 + ["none"] * 2


def test_anhoej_marks_the_longest_runs_where_there_are_too_few() -> None:
    values = [1] * 6 + [-1] * 6 + [1] * 6 + [-1] * 6
    assert find_in(values, rules=ANHOEJ).shift[:, 0].tolist() == values


def test_anhoej_finds_nothing_in_a_lively_series() -> None:
    assert set(find_causes([1, -1] * 10, rules=ANHOEJ)) == {"none"}
