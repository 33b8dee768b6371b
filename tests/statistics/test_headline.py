from dataclasses import replace
from datetime import date

import pytest

from pipelines.statistics.headline import Before, Headline, Part, Phrases, write_headline

PHRASES = Phrases(
    unit="meetings",
    happened="a service user was in the room at {count}",
    change="meetings now have a service user in the room",
    not_recorded="for {count} we do not know who came",
)
OCTOBER = date(2026, 10, 1)
NORMAL = Headline(
    phrases=PHRASES,
    grain="month",
    period_start=OCTOBER,
    status="shown",
    numerator=93,
    denominator=227,
    not_recorded=24,
    periods=24,
    variation="common_cause",
    summary="October 2026 is within the usual range (31 to 51 %): no sign of change.",
    summary_on=OCTOBER,
)
BEFORE = Before(periods=12, last_start=date(2026, 9, 1), numerator=402, denominator=1004)
LITTLE = replace(NORMAL, numerator=4, denominator=9, not_recorded=22, variation="none", before=BEFORE)
PARTS = (Part("Community", 98, 180, "improvement_high"), Part("Wards", 19, 60, "common_cause"))
UP = replace(
    NORMAL,
    numerator=117,
    denominator=240,
    variation="improvement_high",
    summary="October 2026 is the seventh month running above the average of 41 %: "
    "an improvement, unlikely to be chance.",
    parts=PARTS,
)


def test_normal() -> None:
    assert write_headline(NORMAL) == (
        "In October a service user was in the room at 93 of 227 meetings, about 4 in 10 (41 %). "
        "That is within the usual range (31 to 51 %): no sign of change. "
        "For 24 more meetings we do not know who came."
    )


def test_little_data() -> None:
    assert write_headline(LITTLE) == (
        "It is too soon to say much about October. There were 31 meetings: for 22 we do not know who came, "
        "and a service user was in the room at 4 of the other 9. "
        "Over the 12 months to September it was 402 of 1,004, about 4 in 10. "
        "22 meetings still need recording."
    )


def test_improvement() -> None:
    assert write_headline(UP) == (
        "More meetings now have a service user in the room: 117 of 240 in October, about half (49 %). "
        "That is the seventh month running above the average of 41 %: an improvement, unlikely to be chance. "
        "It shows in Community (98 of 180), not in Wards (19 of 60). "
        "For 24 more meetings we do not know who came."
    )


def test_concern_mirrors_improvement() -> None:
    parts = (Part("Community", 38, 180, "concern_low"), Part("Wards", 9, 60, "concern_low"))
    down = replace(UP, numerator=47, variation="concern_low", parts=parts, not_recorded=0)
    got = write_headline(down)
    assert got.startswith(
        "Fewer meetings now have a service user in the room: 47 of 240 in October, about 2 in 10 (20 %)."
    )
    assert got.endswith("It shows in Community (38 of 180) and Wards (9 of 60).")


def test_a_change_that_shows_in_no_part_names_none() -> None:
    got = write_headline(replace(UP, parts=(Part("Wards", 19, 60, "common_cause"),)))
    assert "It shows" not in got


@pytest.mark.parametrize(
    "little",
    [
        replace(UP, denominator=29, numerator=9),
        replace(UP, not_recorded=61),
        replace(UP, periods=11),
    ],
    ids=["under 30 known", "over 20 % not recorded", "under 12 months"],
)
def test_with_little_data_there_is_no_percentage_and_no_verdict(little: Headline) -> None:
    got = write_headline(little)
    assert got.startswith("It is too soon to say much about October.")
    assert "%" not in got
    assert "improvement" not in got


def test_thirty_known_are_enough() -> None:
    assert "10 of 30 meetings, about 3 in 10 (33 %)" in write_headline(
        replace(NORMAL, numerator=10, denominator=30, not_recorded=0)
    )


def test_exactly_a_fifth_not_recorded_is_not_too_much() -> None:
    assert write_headline(replace(NORMAL, denominator=240, not_recorded=60)).startswith("In October")


def test_little_data_with_everything_recorded() -> None:
    got = write_headline(replace(LITTLE, not_recorded=0, before=None))
    assert got == "It is too soon to say much about October: a service user was in the room at 4 of 9 meetings."


def test_nothing_known_of_what_was_held() -> None:
    got = write_headline(replace(LITTLE, numerator=0, denominator=0, before=None))
    want = "There were 22 meetings: for all 22 we do not know who came. 22 meetings still need recording."
    assert got == f"It is too soon to say much about October. {want}"


def test_one_is_singular() -> None:
    got = write_headline(replace(LITTLE, numerator=0, denominator=0, not_recorded=1, before=None))
    assert "There was 1 meeting: " in got
    assert got.endswith("1 meeting still needs recording.")


def test_nothing_held_at_all() -> None:
    got = write_headline(
        replace(LITTLE, status="no_activity", numerator=0, denominator=0, not_recorded=None, before=None)
    )
    assert got == "It is too soon to say much about October: there were no meetings to count."


def test_a_sum_of_few_has_no_share() -> None:
    got = write_headline(replace(LITTLE, before=Before(5, date(2026, 9, 1), 9, 29)))
    assert "Over the 5 months to September it was 9 of 29. " in got


def test_a_hidden_number_is_not_hinted_at() -> None:
    got = write_headline(replace(NORMAL, status="hidden", numerator=0, denominator=0))
    assert got == "The number for October is not shown, to protect the few people behind it."


def test_a_signal_of_another_grain_speaks_for_itself() -> None:
    quarter = "July to September 2026 shows no sign of change around the median of 40 %."
    got = write_headline(replace(NORMAL, summary=quarter, summary_on=date(2026, 7, 1), variation="improvement_high"))
    assert got.startswith("In October a service user was in the room at 93 of 227 meetings")
    assert f" {quarter} " in got


def test_without_a_signal_the_figure_stands_alone() -> None:
    got = write_headline(replace(NORMAL, summary="", summary_on=None, not_recorded=None))
    assert got == "In October a service user was in the room at 93 of 227 meetings, about 4 in 10 (41 %)."


def test_few_meetings_in_a_series_that_changed_lead_with_the_change_in_counts() -> None:
    few = replace(UP, numerator=16, denominator=26, not_recorded=None, parts=())
    assert write_headline(few).startswith(
        "More meetings now have a service user in the room: 16 of 26 in October. That is the seventh month"
    )
