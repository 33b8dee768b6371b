from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.statistics.briefing import BRIEFING_SCHEMA, write_briefing
from pipelines.statistics.figures import Published, find_companion
from pipelines.statistics.signals import SIGNAL_SCHEMA
from tests.statistics.series import make_indicators, month

PLACES = pl.DataFrame(
    [
        ("trust", "trust", None, "Whole trust"),
        ("inpatient", "care_setting", "trust", "Wards"),
        ("t1", "team", "a1", "T"),
    ],
    schema=["place_id", "level", "parent_id", "name"],
    orient="row",
)
INDICATORS = make_indicators(
    indicator_id=["presence", "missing", "people"],
    short_title=["A service user in the room", "Meetings not recorded", "Turned away by us"],
    unit=["meetings", "meetings", "people"],
    better=["higher", "lower", "lower"],
    overview=[1, 2, None],
    beside=[["people", "missing"], [], []],
    phrase=["a service user was in the room at {count}", "for {count} we do not know who came", ""],
    phrase_change=["meetings now have a service user in the room", "", ""],
)
LAST = month(23)


def make_cells(
    indicator_id: str, level: str, place_id: str, counts: Sequence[tuple[int, int] | None]
) -> list[dict[str, Any]]:
    return [
        {
            "indicator_id": indicator_id,
            "grain": "month",
            "level": level,
            "place_id": place_id,
            "period_start": month(number),
            "period_end": month(number + 1) - timedelta(days=1),
            "numerator": pair[0] if pair else None,
            "denominator": pair[1] if pair else None,
            "value": 100 * pair[0] / pair[1] if pair else None,
            "status": "shown" if pair else "hidden",
        }
        for number, pair in enumerate(counts)
    ]


def make_signal(variation: str, summary: str, place: str = "trust", level: str = "trust") -> dict[str, Any]:
    known = {"indicator_id": "presence", "level": level, "place_id": place, "variation": variation, "summary": summary}
    return {**dict.fromkeys(SIGNAL_SCHEMA), **known, "point_on": LAST}


def publish(cells: list[dict[str, Any]], signals: list[dict[str, Any]] | None = None) -> Published:
    return Published(
        places=PLACES,
        indicators=INDICATORS,
        values=pl.DataFrame(cells),
        signals=pl.DataFrame(signals or [], schema=SIGNAL_SCHEMA),
        freshness=pl.DataFrame({"feed": ["meetings", "training"], "is_late": [False, True]}),
        as_at=date(2026, 1, 3),
    )


PRESENCE = make_cells("presence", "trust", "trust", [(40, 100)] * 24)
MISSING = make_cells("missing", "trust", "trust", [(24, 124)] * 24)
CALM = make_signal("common_cause", "December 2025 is within the usual range (25 to 55 %): no sign of change.")


def say(published: Published, kind: str, place_id: str = "trust") -> list[str]:
    got = write_briefing(published).filter((pl.col("kind") == kind) & (pl.col("place_id") == place_id))
    return got["sentence"].to_list()


def test_the_headline_is_written_from_what_is_stored() -> None:
    assert say(publish(PRESENCE + MISSING, [CALM]), "headline") == [
        "In December a service user was in the room at 40 of 100 meetings, about 4 in 10 (40 %). "
        "That is within the usual range (25 to 55 %): no sign of change. "
        "For 24 more meetings we do not know who came."
    ]


def test_every_place_but_teams_has_one_headline() -> None:
    got = write_briefing(publish(PRESENCE + MISSING)).filter(pl.col("kind") == "headline")
    assert got.schema == BRIEFING_SCHEMA
    assert got["place_id"].to_list() == ["inpatient", "trust"]
    assert got["position"].to_list() == [1, 1]


def test_a_place_without_a_complete_month_says_so() -> None:
    got = say(publish(PRESENCE), "headline", "inpatient")
    assert got == ["There is nothing to report yet: no month of meetings is complete."]


def test_a_month_that_has_not_ended_is_not_in_the_headline() -> None:
    started = make_cells("presence", "trust", "trust", [(40, 100)] * 24 + [(1, 1)])
    assert say(publish(started), "headline")[0].startswith("In December")


def test_little_data_adds_up_the_months_before() -> None:
    few = make_cells("presence", "trust", "trust", [(1, 2)] * 11 + [(40, 100)] * 12 + [(4, 9)])
    missing = make_cells("missing", "trust", "trust", [(0, 100)] * 23 + [(22, 31)])
    got = say(publish(few + missing), "headline")[0]
    assert "There were 31 meetings: for 22 we do not know who came" in got
    assert "Over the 12 months to November it was 480 of 1,200, about 4 in 10." in got


def test_a_hidden_month_is_in_no_sum() -> None:
    few = make_cells("presence", "trust", "trust", [(40, 100)] * 22 + [None] + [(4, 9)])
    assert "Over the" not in say(publish(few), "headline")[0]


def test_people_are_never_added_up_over_months() -> None:
    few = make_cells("presence", "trust", "trust", [(40, 100)] * 23 + [(4, 9)])
    published = publish(few)
    people = replace(published, indicators=INDICATORS.with_columns(counts_people=pl.lit(True)))
    assert "Over the" not in say(people, "headline")[0]


def test_the_companion_is_the_one_beside_with_the_same_unit() -> None:
    headline = INDICATORS.row(0, named=True)
    got = find_companion(INDICATORS, headline)
    assert got is not None
    assert got["indicator_id"] == "missing"
    assert find_companion(INDICATORS, {**headline, "unit": "sessions"}) is None


def test_a_companion_whose_figures_do_not_agree_is_not_believed() -> None:
    other = make_cells("missing", "trust", "trust", [(24, 500)] * 24)
    published = publish(PRESENCE + other)
    assert "do not know" not in say(published, "headline")[0]
    assert "24 meetings not recorded" not in say(published, "unknown")


def test_parts_of_the_trust_are_named_when_it_changes() -> None:
    wards = make_cells("presence", "care_setting", "inpatient", [(20, 50)] * 24)
    up = "December 2025 is above the usual range (25 to 55 %): an improvement, unlikely to be chance."
    signals = [make_signal("improvement_high", up), make_signal("improvement_high", up, "inpatient", "care_setting")]
    got = say(publish(PRESENCE + MISSING + wards, signals), "headline")[0]
    assert got.startswith("More meetings now have a service user in the room: 40 of 100 in December")
    assert "It shows in Wards (20 of 50)." in got


@pytest.mark.parametrize("variation", ["improvement_high", "concern_low", "neutral_high"])
def test_each_change_is_a_line_of_its_own(variation: str) -> None:
    got = say(publish(PRESENCE, [make_signal(variation, "December 2025 is above ...")]), "change")
    assert got == ["A service user in the room: December 2025 is above ..."]


def test_a_change_in_one_care_setting_is_a_line_of_the_trusts() -> None:
    wards = make_signal("improvement_high", "December 2025 is above ...", "inpatient", "care_setting")
    got = say(publish(PRESENCE, [CALM, wards]), "change")
    assert got == ["A service user in the room, Wards: December 2025 is above ..."]


def test_a_change_says_of_which_place_it_is_told() -> None:
    wards = make_signal("improvement_high", "December 2025 is above ...", "inpatient", "care_setting")
    here = make_signal("concern_low", "December 2025 is below ...")
    got = write_briefing(publish(PRESENCE, [here, wards])).filter(pl.col("place_id") == "trust")
    assert got.filter(pl.col("kind") == "change")["told_of"].to_list() == ["trust", "inpatient"]
    assert got.filter(pl.col("kind") != "change")["told_of"].null_count() == got.height - 2


def test_a_change_of_a_number_that_is_not_on_the_overview_is_told_on_its_own_page_alone() -> None:
    elsewhere = make_signal("concern_high", "December 2025 is above ...") | {"indicator_id": "people"}
    assert say(publish(PRESENCE, [CALM, elsewhere]), "change") == []


@pytest.mark.parametrize("variation", ["common_cause", "none"])
def test_no_change_is_no_line(variation: str) -> None:
    assert say(publish(PRESENCE, [make_signal(variation, "...")]), "change") == []


def test_what_is_not_known_is_counted() -> None:
    hidden = make_cells("people", "trust", "trust", [None] * 24)
    got = say(publish(PRESENCE + MISSING + hidden), "unknown")
    assert got == ["24 meetings not recorded", "1 number hidden", "1 feed late: training"]


def test_an_indicator_without_phrases_speaks_by_its_short_title() -> None:
    plain = replace(publish(PRESENCE + MISSING, [CALM]), indicators=INDICATORS.drop("phrase", "phrase_change"))
    got = say(plain, "headline")[0]
    assert got.startswith("In December 'A service user in the room' was 40 of 100 meetings, about 4 in 10 (40 %).")
    assert got.endswith("24 more meetings count as 'Meetings not recorded'.")


def test_without_an_indicator_in_first_place_there_is_no_headline() -> None:
    published = replace(publish(PRESENCE), indicators=INDICATORS.with_columns(overview=pl.lit(None, dtype=pl.Int32)))
    assert say(published, "headline") == []
    assert say(published, "unknown") == ["1 feed late: training"]
