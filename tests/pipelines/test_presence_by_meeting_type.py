"""Same table or separate rooms: presence by type of meeting, and whose diary it must not tell."""

from datetime import date

import pytest

from tests.pipelines.bench import Bench, Row, attended, meeting

STAFF: Row = {"person": "S1", "person_role": "staff"}


def meet(bench: Bench, *rooms: tuple[str, str, list[str]]) -> None:
    """A meeting of a team and type for each list of people who came, in May 2026."""
    names = sorted({person for _, _, came in rooms for person in came if person.startswith("U")})
    users: list[Row] = [{"person": name, "person_role": "service_user"} for name in names]
    bench.deliver("people", STAFF, *users)
    bench.deliver(
        "meetings",
        *(meeting(f"M{n}", team_id=team, meeting_type=kind) for n, (team, kind, _) in enumerate(rooms)),
    )
    bench.deliver("attendance", *(attended(f"M{n}", who) for n, (_, _, came) in enumerate(rooms) for who in came))
    assert bench.build() == []


def told(bench: Bench, edition: str, level: str = "trust") -> dict[tuple[str, str], tuple[int, int, int] | None]:
    """Present, absent and not recorded by place and type; None where they are hidden."""
    rows = bench.warehouse.rows(
        """select place_id, meeting_type, status, meetings_present, meetings_absent, meetings_not_recorded
        from published.presence_by_meeting_type where edition = ? and level = ?""",
        [edition, level],
    )
    return {(place, kind): None if status == "hidden" else tuple(counts) for place, kind, status, *counts in rows}


def test_meetings_are_counted_by_type_in_the_three_states(bench: Bench) -> None:
    meet(
        bench,
        ("T1", "governance", ["U1"]),
        ("T1", "governance", ["S1"]),
        ("T2", "governance", ["somebody unknown"]),
        ("T2", "microsystem", ["U1"]),
        ("T2", "home_microsystem", ["U2"]),  # whose home is nobody's business here
    )
    assert told(bench, "internal") == {("trust", "governance"): (1, 1, 1), ("trust", "microsystem"): (2, 0, 0)}
    assert told(bench, "internal", "care_setting") == {
        ("inpatient", "governance"): (1, 1, 0),
        ("community", "governance"): (0, 0, 1),
        ("community", "microsystem"): (2, 0, 0),
    }
    got = bench.warehouse.rows(
        """select meeting_type, value, round(lower), round(upper) from published.presence_by_meeting_type
        where edition = 'internal' and level = 'trust' order by meeting_type"""
    )
    assert got == [("governance", 50.0, 9.0, 91.0), ("microsystem", 100.0, 34.0, 100.0)]


@pytest.mark.parametrize(("people", "is_told"), [(0, True), (1, False), (2, False), (3, True)])
def test_the_board_is_told_all_of_a_level_or_nothing(bench: Bench, people: int, is_told: bool) -> None:
    enough, few = ["U1", "U2", "U3"], [f"U{n}" for n in range(4, 4 + people)]
    meet(bench, ("T1", "microsystem", enough), ("T1", "governance", [*few, "S1"]), ("T2", "governance", ["S1"]))
    for level in ("trust", "care_setting"):
        assert (None not in told(bench, "board", level).values()) == is_told
        assert not is_told or told(bench, "board", level) == told(bench, "internal", level)
        assert is_told or set(told(bench, "board", level).values()) == {None}
        assert None not in told(bench, "internal", level).values()


def test_a_trust_may_be_told_where_its_care_settings_may_not(bench: Bench) -> None:
    meet(bench, ("T1", "governance", ["U1", "U2"]), ("T2", "governance", ["U3", "U4", "U5"]))
    assert told(bench, "board") == {("trust", "governance"): (2, 0, 0)}
    assert set(told(bench, "board", "care_setting").values()) == {None}


def test_only_four_quarters_that_have_ended_are_told(bench: Bench) -> None:
    bench.as_at = date(2026, 6, 29)
    meet(bench, ("T1", "governance", ["U1"]))
    assert told(bench, "internal") == {}
