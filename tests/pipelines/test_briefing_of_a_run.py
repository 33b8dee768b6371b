"""The first sentences a reader meets, from delivered files to what is stored."""

from collections.abc import Sequence

import pytest

from tests.pipelines.bench import Bench
from tests.pipelines.meetings_by_month import Month, deliver_meetings, deliver_people

STEADY: list[Month] = [(20, 20, 0), (19, 21, 0), (21, 19, 0), (20, 20, 0)] * 4
RISEN: list[Month] = [(10, 30, 0), (11, 29, 0)] * 7 + [(28, 12, 0), (29, 11, 0)] * 4
FALLEN: list[Month] = [(b, a, n) for a, b, n in RISEN]


def read_headline(bench: Bench, months: Sequence[Month]) -> str:
    deliver_people(bench)
    deliver_meetings(bench, months)
    deliver_meetings(bench, [(10, 10, 0)] * len(months), team="T2")
    bench.build()
    rows = bench.warehouse.rows(
        "select sentence from published.briefing where edition = 'internal' and level = 'trust' and kind = 'headline'"
    )
    assert len(rows) == 1
    return str(rows[0][0])


def test_an_ordinary_month_is_said_with_the_usual_range_and_what_is_not_known(bench: Bench) -> None:
    got = read_headline(bench, [*STEADY[:-1], (20, 20, 4)])
    assert got.startswith("In June a service user was in the room at 30 of 60 meetings, about half (50 %).")
    assert "That is within the usual range (" in got
    assert got.endswith("For 4 more meetings we do not know who came.")


@pytest.mark.parametrize(
    "months",
    [
        STEADY[:11],  # under 12 months
        [*STEADY[:-1], (6, 3, 0)],  # under 30 known
        [*STEADY[:-1], (20, 20, 20)],  # over a fifth not recorded
    ],
)
def test_little_data_is_said_without_a_percentage(bench: Bench, months: list[Month]) -> None:
    got = read_headline(bench, months)
    assert got.startswith("It is too soon to say much about June")
    assert "%" not in got.split("Over the")[0]


def test_an_improvement_is_said_with_its_rule_and_where_it_is(bench: Bench) -> None:
    got = read_headline(bench, RISEN)
    assert got.startswith("More meetings now have a service user in the room: 39 of 60 in June")
    assert "unlikely to be chance" in got
    assert "It shows in Wards (29 of 40)" in got


def test_a_concern_mirrors_it(bench: Bench) -> None:
    got = read_headline(bench, FALLEN)
    assert got.startswith("Fewer meetings now have a service user in the room: 21 of 60 in June")
    assert "a change for the worse, unlikely to be chance" in got


def test_each_change_is_told_on_its_own_line_and_a_shift_that_lasts_is_proposed(bench: Bench) -> None:
    read_headline(bench, RISEN)
    changes = bench.warehouse.rows(
        "select sentence from published.briefing where edition = 'internal' and place_id = 'trust' and kind = 'change'"
    )
    assert any("A service user in the room" in sentence for (sentence,) in changes)
    proposals = bench.warehouse.rows(
        "select edition, sentence from published.rebase_proposal where place_id = 'trust' "
        "and indicator_id = 'meetings_with_service_user' order by edition"
    )
    assert [edition for edition, _ in proposals] == ["board", "internal"]
    assert proposals[0][1].startswith("Since November 2025, 8 months in a row lie above the average of ")
