from datetime import date

import polars as pl
import pytest

from pipelines.statistics.waiting import WAIT_SCHEMA, Disclosure, say_wait, tell_waits

INTERNAL, BOARD = Disclosure(4, 1, 0), Disclosure(7, 5, 50)
YEAR = {"period_start": date(2025, 7, 1), "period_end": date(2026, 6, 30)}
Pairs = list[tuple[int, bool]]
# Ten a step for three steps, then thirty who still wait.
STEADY: Pairs = [(day, True) for day in (10, 40, 70) for _ in range(10)] + [(200, False)] * 30


def make(pairs: Pairs, place_id: str = "trust") -> pl.DataFrame:
    level = "trust" if place_id == "trust" else "care_setting"
    rows = pl.DataFrame(pairs, schema={"days": pl.Int64, "happened": pl.Boolean}, orient="row")
    return rows.with_columns(level=pl.lit(level), place_id=pl.lit(place_id), **{k: pl.lit(v) for k, v in YEAR.items()})


def test_a_curve_is_told_in_steps_of_four_weeks_with_greenwoods_limits() -> None:
    got = tell_waits(make(STEADY), INTERNAL)
    assert got.schema == WAIT_SCHEMA
    assert got.select("day", "waiting").rows()[:4] == [(0, 100), (28, 83), (56, 67), (84, 50)]
    assert got.select("lower", "upper").rows()[1] == (71, 91)
    assert got["people"].unique().to_list() == [60]


@pytest.mark.parametrize(("count", "want"), [(4, [0, 56, 84]), (5, [0, 28, 56, 84])])
def test_a_step_of_one_to_four_people_is_not_told(count: int, want: list[int]) -> None:
    few: Pairs = [(10, True)] * count + [(40, True), (70, True)] * 10 + [(84, False)] * 30
    assert tell_waits(make(few), INTERNAL)["day"].to_list() == want


@pytest.mark.parametrize(("left", "last"), [(4, 84), (5, 168)])
def test_the_last_one_to_four_who_wait_are_not_told(left: int, last: int) -> None:
    pairs: Pairs = [(day, True) for day in (10, 40, 70, 100) for _ in range(10)] + [(150, False)] * left
    assert tell_waits(make(pairs), INTERNAL)["day"].max() == last


def test_four_who_went_away_are_not_told_either() -> None:
    pairs: Pairs = [(day, True) for day in (10, 40, 70, 100) for _ in range(10)] + [(99, False)] * 4
    assert tell_waits(make(pairs), INTERNAL)["day"].max() == 84


def test_a_curve_ends_where_somebody_of_every_place_is_still_seen() -> None:
    seen_longer = make(STEADY + [(400, False)] * 9)
    got = tell_waits(pl.concat([seen_longer, make(STEADY, "community"), make(STEADY, "inpatient")]), INTERNAL)
    assert got["day"].max() == 224


def test_a_step_is_told_for_all_places_or_for_none() -> None:
    wards: Pairs = [(10, True)] * 3 + [(40, True)] * 10 + [(70, True)] * 10 + [(200, False)] * 10
    got = tell_waits(pl.concat([make(STEADY + wards), make(STEADY, "community"), make(wards, "inpatient")]), INTERNAL)
    days = got.group_by("place_id").agg("day")
    assert days.height == 3
    assert all(28 not in each for each in days["day"])


def test_care_settings_too_small_to_be_told_leave_the_trust_its_steps() -> None:
    wards: Pairs = [(10, True)] * 3
    got = tell_waits(pl.concat([make(STEADY + wards), make(STEADY, "community"), make(wards, "inpatient")]), INTERNAL)
    assert got["place_id"].unique().to_list() == ["trust"]


def test_the_board_is_told_rounded_numbers() -> None:
    got = tell_waits(make([*STEADY, (201, False)]), BOARD)
    assert got["people"].unique().to_list() == [60]
    assert got["waiting"].to_list()[:3] == [100, 85, 65]


def test_the_board_is_told_of_no_curve_of_under_fifty() -> None:
    assert tell_waits(make(STEADY[:49]), BOARD).height == 0
    assert tell_waits(make(STEADY[:49]), INTERNAL).height > 0


def test_half_is_the_first_step_at_which_half_or_fewer_wait() -> None:
    got = tell_waits(make(STEADY), INTERNAL)
    assert got["half_by_day"].unique().to_list() == [84]
    assert got["sentence"][0] == "Of 60 people who said they were interested, half had taken part within 12 weeks."


def test_where_more_than_half_wait_that_is_said() -> None:
    want = "Of 60 people who said they were interested, more than half were still waiting after 40 weeks (about 55 %)."
    assert say_wait(60, None, 280, 55) == want


def test_nobody_gives_no_curve() -> None:
    assert tell_waits(make(STEADY).clear(), INTERNAL).schema == WAIT_SCHEMA
