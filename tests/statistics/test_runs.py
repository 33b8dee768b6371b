import numpy as np
import pytest

from pipelines.statistics.boxes import find_box
from pipelines.statistics.matrix import Signs
from pipelines.statistics.runs import Method, judge_runs


def signs(*values: int) -> Signs:
    return np.array(values, dtype=np.int8)[:, None]


@pytest.mark.parametrize(
    ("useful", "longest_max", "crossings_min"),
    [(10, 6, 2), (12, 7, 3), (15, 7, 4), (20, 7, 6), (24, 8, 8), (40, 8, 14), (60, 9, 23)],
)
def test_the_bounds_are_those_of_the_published_table(useful: int, longest_max: int, crossings_min: int) -> None:
    got = judge_runs(signs(*[1] * useful))
    assert (got.longest_max[0], got.crossings_min[0]) == (longest_max, crossings_min)


def test_points_on_the_centre_are_left_out() -> None:
    got = judge_runs(signs(1, 0, 1, -1, 0, -1, 1))
    assert (got.useful[0], got.longest[0], got.crossings[0]) == (5, 2, 2)


def test_nothing_off_the_centre_is_no_signal() -> None:
    assert judge_runs(signs(0, 0, 0)).signal.tolist() == [False]


@pytest.mark.parametrize(("useful", "crossings", "longest"), [(10, 2, 6), (100, 41, 10)])
def test_the_best_box_of_few_and_of_many_points(useful: int, crossings: int, longest: int) -> None:
    got = find_box(useful)
    assert (got.crossings, got.longest) == (crossings, longest)


@pytest.mark.parametrize(("method", "want"), [("bestbox", False), ("cutbox", True)])
def test_only_the_cut_box_signals_in_its_corner(method: Method, want: bool) -> None:
    box = find_box(24)
    got = judge_runs(signs(*[1] * 7, *[-1] * 5, *[1] * 4, *[-1] * 3, 1, -1, -1, -1, 1), method)
    assert (got.longest[0], got.crossings[0]) == (box.longest, box.crossings)
    assert got.signal.tolist() == [want]


def test_boxes_of_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="10 to 100"):
        find_box(9)
