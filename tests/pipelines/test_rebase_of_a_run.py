"""From a delivered note to the limits of a chart: only an approved decision moves them."""

import pytest

from tests.pipelines.bench import Bench, Row
from tests.pipelines.meetings_by_month import Month, deliver_meetings, deliver_people, month_before

RISEN: list[Month] = [(10, 30, 0), (11, 29, 0)] * 7 + [(28, 12, 0), (29, 11, 0)] * 4
ROSE = f"{month_before(7)}-01"
DECISION: Row = {
    "annotation_id": "N1",
    "level": "trust",
    "place_id": "trust",
    "on_date": ROSE,
    "kind": "rebase",
    "text": "Evening meetings are here to stay",
    "approved_by": "Medical director",
    "reason": "A lasting change with a known cause",
}


def draw(bench: Bench, *notes: Row) -> dict[tuple[str, str, int], int]:
    """Points by edition, place and segment of the headline's chart."""
    deliver_people(bench)
    deliver_meetings(bench, RISEN)
    if notes:
        bench.deliver("annotations", *notes)
    bench.build()
    rows = bench.warehouse.rows(
        """select edition, place_id, segment, count(*) from published.signal_point
        where indicator_id = 'meetings_with_service_user' and chart = 'p_prime' group by all"""
    )
    return {(edition, place, segment): count for edition, place, segment, count in rows}


def proposals(bench: Bench, place: str = "trust") -> int:
    return int(
        bench.warehouse.value(
            "select count(*) from published.rebase_proposal where place_id = ? and edition = 'internal' "
            "and indicator_id = 'meetings_with_service_user'",
            [place],
        )
    )


def test_without_a_decision_limits_run_through_and_a_new_baseline_is_proposed(bench: Bench) -> None:
    got = draw(bench)
    assert {segment for _, _, segment in got} == {1}
    assert proposals(bench) == 1


def test_an_approved_decision_begins_limits_anew_there_and_nowhere_else(bench: Bench) -> None:
    got = draw(bench, DECISION)
    assert {key: count for key, count in got.items() if key[1] == "trust"} == {
        (edition, "trust", segment): count for edition in ("internal", "board") for segment, count in ((1, 14), (2, 8))
    }
    assert {segment for _, place, segment in got if place == "inpatient"} == {1}
    assert proposals(bench) == 0


def test_an_approved_decision_changes_the_limits(bench: Bench) -> None:
    draw(bench, DECISION)
    centres = bench.warehouse.rows(
        """select segment, round(max(centre), 1), max(limits) from published.signal_point
        where indicator_id = 'meetings_with_service_user' and place_id = 'trust' and edition = 'internal'
        group by segment order by segment"""
    )
    assert centres == [(1, 26.3, "full"), (2, 71.3, "trial")]


@pytest.mark.parametrize(
    "change",
    [{"approved_by": ""}, {"reason": ""}, {"kind": "event"}, {"indicator_id": "meetings_not_recorded"}],
)
def test_what_is_not_an_approved_decision_for_this_chart_does_not_reach_it(bench: Bench, change: Row) -> None:
    assert {segment for _, _, segment in draw(bench, DECISION | change)} == {1}
    assert proposals(bench) == 1
