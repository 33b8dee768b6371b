from datetime import date

import polars as pl
import pytest

from pipelines.statistics.waiting import WAIT_SCHEMA, Disclosure, say_wait, tell_waits

INTERNAL, BOARD = Disclosure(4, 1, 0), Disclosure(7, 5, 50)
YEAR = {"period_start": date(2025, 7, 1), "period_end": date(2026, 6, 30)}
Pairs = list[tuple[int, bool]]
# Ten a step for three steps, then thirty who did not take part while they were followed.
LAST = 112
STEADY: Pairs = [(day, True) for day in (10, 40, 70) for _ in range(10)] + [(LAST, False)] * 30


def make(pairs: Pairs, place_id: str = "trust") -> pl.DataFrame:
    level = "trust" if place_id == "trust" else "care_setting"
    rows = pl.DataFrame(pairs, schema={"days": pl.Int64, "happened": pl.Boolean}, orient="row")
    known = {"level": level, "place_id": place_id, "followed_days": LAST, "is_told": True} | YEAR
    return rows.with_columns(pl.lit(value).alias(name) for name, value in known.items())


def test_a_curve_is_told_in_steps_of_four_weeks_with_greenwoods_limits() -> None:
    got = tell_waits(make(STEADY), INTERNAL)
    assert got.schema == WAIT_SCHEMA
    assert got.select("day", "waiting").rows()[:4] == [(0, 100), (28, 83), (56, 67), (84, 50)]
    assert got.select("lower", "upper").rows()[1] == (71, 91)
    assert got["people"].unique().to_list() == [60]


@pytest.mark.parametrize(("count", "want"), [(4, [0, 56, 84, 112]), (5, [0, 28, 56, 84, 112])])
def test_a_step_of_one_to_four_people_is_not_told(count: int, want: list[int]) -> None:
    few: Pairs = [(10, True)] * count + [(40, True), (70, True)] * 10 + [(LAST, False)] * 30
    assert tell_waits(make(few), INTERNAL)["day"].to_list() == want


@pytest.mark.parametrize(("late", "want"), [(4, [0, 28, 56, 112]), (5, [0, 28, 56, 84, 112])])
def test_one_to_four_who_take_part_at_last_are_not_what_is_left_of_all(late: int, want: list[int]) -> None:
    # All who took part in the end is a figure of its own.
    pairs = [(10, True)] * 10 + [(40, True)] * 10 + [(70, True)] * 10 + [(100, True)] * late + [(LAST, False)] * 30
    assert tell_waits(make(pairs), INTERNAL)["day"].to_list() == want


def test_a_place_whose_figure_is_hidden_has_no_curve_and_its_siblings_have_none() -> None:
    wards = make(STEADY, "inpatient").with_columns(is_told=pl.lit(False))
    got = tell_waits(pl.concat([make(STEADY + STEADY), make(STEADY, "community"), wards]), INTERNAL)
    assert got["place_id"].unique().to_list() == ["trust"]
    assert tell_waits(make(STEADY).with_columns(is_told=pl.lit(False)), INTERNAL).height == 0


def test_a_more_closed_edition_tells_no_day_that_the_more_open_one_joins() -> None:
    # Five, three and more: one edition joins the second and third step, the other would join the first and second.
    pairs: Pairs = [(10, True)] * 5 + [(40, True)] * 3 + [(70, True)] * 17 + [(LAST, False)] * 40
    internal = tell_waits(make(pairs), INTERNAL)
    assert internal["day"].to_list() == [0, 28, 84, 112]
    assert 56 in tell_waits(make(pairs), BOARD)["day"]
    assert 56 not in tell_waits(make(pairs), BOARD, internal)["day"]


def test_a_step_is_told_for_all_places_or_for_none() -> None:
    wards: Pairs = [(10, True)] * 3 + [(40, True)] * 10 + [(70, True)] * 10 + [(LAST, False)] * 10
    got = tell_waits(pl.concat([make(STEADY + wards), make(STEADY, "community"), make(wards, "inpatient")]), INTERNAL)
    days = got.group_by("place_id").agg("day")
    assert days.height == 3
    assert all(28 not in each for each in days["day"])


def test_care_settings_too_small_to_be_told_leave_the_trust_its_steps() -> None:
    wards: Pairs = [(10, True)] * 3
    got = tell_waits(pl.concat([make(STEADY + wards), make(STEADY, "community"), make(wards, "inpatient")]), INTERNAL)
    assert got["place_id"].unique().to_list() == ["trust"]


def test_who_took_part_on_the_day_itself_counts_into_the_first_step() -> None:
    got = tell_waits(make([(0, True)] * 3 + [(10, True)] * 7 + STEADY[10:]), INTERNAL)
    assert got.select("day", "waiting", "lower").rows()[:2] == [(0, 100, None), (28, 83, 71)]


def test_the_board_is_told_rounded_numbers() -> None:
    got = tell_waits(make([*STEADY, (LAST, False)]), BOARD)
    assert got["people"].unique().to_list() == [60]
    assert got["waiting"].to_list()[:3] == [100, 85, 65]


def test_the_board_is_told_of_no_curve_of_under_fifty() -> None:
    assert tell_waits(make(STEADY[:49]), BOARD).height == 0
    assert tell_waits(make(STEADY[:49]), INTERNAL).height > 0


def test_half_is_the_first_step_by_which_half_have_taken_part() -> None:
    got = tell_waits(make(STEADY), INTERNAL)
    assert got["half_by_day"].unique().to_list() == [84]
    assert (
        got["sentence"][0]
        == "Of 60 people who said they were interested, half came to a first meeting within 12 weeks."
    )


def test_where_more_than_half_have_not_taken_part_that_is_said() -> None:
    want = (
        "Of 60 people who said they were interested, more than half were not yet at a meeting after 40 weeks "
        "(about 55 %)."
    )
    assert say_wait(60, None, 280, 55) == want


def test_nobody_gives_no_curve() -> None:
    assert tell_waits(make(STEADY).clear(), INTERNAL).schema == WAIT_SCHEMA
