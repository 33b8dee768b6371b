"""Who gets through: verdicts on a few people, worked out by hand."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from pipelines.statistics.rates import katz_interval
from pipelines.statistics.selection import SELECTION_SCHEMA, judge_groups


def judge(came: int, people: int, others_came: int, others: int, hide_up_to: int = 0) -> str:
    """The verdict on one group beside all others."""
    counts = pl.DataFrame(
        [
            (
                "trust",
                "trust",
                date(2024, 1, 1),
                date(2025, 12, 31),
                "gender",
                "female",
                came,
                people,
                others_came,
                others,
            )
        ],
        schema=[*SELECTION_SCHEMA.names()[:6], "came", "people", "others_came", "other_people"],
        orient="row",
    )
    judged = judge_groups(counts, hide_up_to)
    assert judged.schema == SELECTION_SCHEMA
    return str(judged["verdict"].item())


def test_the_worked_ratio_is_no_clear_difference_though_it_is_under_four_fifths() -> None:
    came, people, others_came, others = np.array([[4.0], [20.0], [12.0], [25.0]])
    got = [float(end[0]) for end in katz_interval(came, people, others_came, others)]
    assert got == pytest.approx((0.4167, 0.158, 1.096), abs=1e-3)
    assert judge(4, 20, 12, 25) == "alike"


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ((10, 40, 60, 100), "fewer"),
        ((30, 40, 40, 100), "more"),
        ((16, 40, 40, 100), "alike"),
        ((0, 40, 40, 100), "fewer"),  # nobody of forty; half a person is added to each count
        ((40, 40, 40, 100), "more"),
        ((0, 40, 0, 100), "too_few"),  # nobody at all came
        ((0, 0, 40, 100), "too_few"),
        ((20, 40, 0, 0), "too_few"),  # the only group there is
    ],
)
def test_a_group_is_clearly_fewer_or_more_only_where_the_interval_leaves_one_out(
    counts: tuple[int, int, int, int], verdict: str
) -> None:
    assert judge(*counts) == verdict


@pytest.mark.parametrize(("people", "verdict"), [(9, "too_few"), (10, "fewer")])
def test_under_five_expected_there_are_not_enough_people_to_say(people: int, verdict: str) -> None:
    assert judge(0, people, people, people) == verdict  # half of each group would be expected to come


@pytest.mark.parametrize(
    ("counts", "is_few"),
    [((4, 40, 60, 100), True), ((5, 40, 60, 100), False), ((36, 40, 40, 100), True), ((35, 40, 40, 100), False)],
)
def test_a_count_the_edition_hides_gives_no_verdict(counts: tuple[int, int, int, int], is_few: bool) -> None:
    assert (judge(*counts, hide_up_to=4) == "too_few") == is_few
    assert judge(*counts, hide_up_to=0) in ("fewer", "more")


def test_nobody_is_not_a_few() -> None:
    assert judge(0, 40, 40, 100, hide_up_to=7) == "fewer"
