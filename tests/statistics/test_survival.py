import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.survival import CURVE_SCHEMA, median_wait, waiting_curve


def waits(*pairs: tuple[int | None, bool | None]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema={"days": pl.Int64, "happened": pl.Boolean}, orient="row")


def test_the_curve_steps_down_where_a_wait_ends() -> None:
    got = waiting_curve(waits((2, True), (3, False), (4, True), (4, True), (5, False)))
    assert got["day"].to_list() == [2, 4]
    assert got["at_risk"].to_list() == [5, 3]
    assert got["waiting"].to_list() == pytest.approx([0.8, 0.8 / 3])


def test_greenwood_gives_the_error_and_the_limits_stay_within_0_and_1() -> None:
    got = waiting_curve(waits((2, True), (3, False), (4, True), (4, True), (5, False))).row(1, named=True)
    assert got["standard_error"] == pytest.approx(0.8 / 3 * (1 / 20 + 2 / 3) ** 0.5)
    assert 0 < got["lower"] < got["waiting"] < got["upper"] < 1


def test_one_lost_on_the_day_of_an_event_was_still_at_risk() -> None:
    assert waiting_curve(waits((4, False), (4, True)))["waiting"].to_list() == [0.5]


def test_when_nobody_is_left_there_is_no_error_to_give() -> None:
    got = waiting_curve(waits((1, True), (2, True))).row(-1, named=True)
    assert (got["waiting"], got["standard_error"], got["lower"]) == (0, None, None)


def test_the_median_is_the_day_half_have_gone() -> None:
    assert median_wait(waiting_curve(waits((1, True), (5, True), (9, True), (9, False)))) == 5
    assert median_wait(waiting_curve(waits((1, True), (9, False), (9, False)))) is None


def test_nobody_and_unknown_waits_give_an_empty_curve() -> None:
    assert waiting_curve(waits()).schema == CURVE_SCHEMA
    assert waiting_curve(waits((None, True), (3, None))).height == 0


def test_a_negative_wait_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than 0 days"):
        waiting_curve(waits((-1, True)))


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=40))
def test_the_share_that_waits_only_falls(pairs: list[tuple[int, bool]]) -> None:
    got = waiting_curve(waits(*pairs))["waiting"]
    assert got.is_sorted(descending=True)
    assert got.is_between(0, 1).all()
