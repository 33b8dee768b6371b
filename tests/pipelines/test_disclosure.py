"""What each edition may show of people, at the boundaries of the rule, through the views that decide it."""

from datetime import date

import pytest

from tests.pipelines.bench import TEAMS, Bench, Row, attended, event, meeting

MAY = date(2026, 5, 1)


def outcomes(turned_away: int, others: int) -> list[Row]:
    """Candidates of T1 with a first outcome in May 2026, so many of them ended by us."""
    by_us = [event(f"A{n}", "declined", "2026-05-01", actor="team", reason_code="D05") for n in range(turned_away)]
    return [*by_us, *(event(f"B{n}", "active", "2026-05-02") for n in range(others))]


def published(bench: Bench, edition: str, indicator: str, level: str, place: str) -> list[tuple[object, ...]]:
    """Status, counts and value of the periods that hold May 2026."""
    return bench.warehouse.rows(
        """select status, numerator, denominator, round(value, 1) from published.indicator_value
        where edition = ? and indicator_id = ? and level = ? and place_id = ?
        and ? between period_start and period_end order by grain""",
        [edition, indicator, level, place, MAY],
    )


def turned_away(bench: Bench, edition: str, by_us: int, others: int) -> tuple[object, ...]:
    bench.as_at = date(2027, 1, 5)
    bench.deliver("recruitment", *outcomes(by_us, others))
    bench.build()
    [only] = published(bench, edition, "turned_away_by_us", "trust", "trust")
    return only


@pytest.mark.parametrize(
    ("by_us", "others", "want"),
    [
        (0, 5, ("shown", 0, 5, 0.0)),
        (5, 0, ("shown", 5, 5, 100.0)),
        (5, 5, ("shown", 5, 10, 50.0)),
        (1, 9, ("hidden", None, None, None)),
        (4, 9, ("hidden", None, None, None)),
        (9, 4, ("hidden", None, None, None)),  # the difference is 1..4
        (0, 4, ("hidden", None, None, None)),  # the denominator is
    ],
)
def test_internal_hides_1_to_4_people(bench: Bench, by_us: int, others: int, want: tuple[object, ...]) -> None:
    assert turned_away(bench, "internal", by_us, others) == want


@pytest.mark.parametrize(
    ("by_us", "others", "want"),
    [
        (7, 50, ("hidden", None, None, None)),
        (8, 7, ("hidden", None, None, None)),
        (0, 7, ("hidden", None, None, None)),
        (8, 8, ("shown", 10, 15, None)),  # 16 is rounded to 15: below 50 no value
        (12, 37, ("shown", 10, 50, 20.0)),  # 49 is rounded to 50; the value is that of the rounded counts
        (13, 34, ("shown", 15, 45, None)),
        (0, 60, ("shown", 0, 60, 0.0)),
    ],
)
def test_board_hides_1_to_7_and_rounds_the_rest(
    bench: Bench, by_us: int, others: int, want: tuple[object, ...]
) -> None:
    assert turned_away(bench, "board", by_us, others) == want


def test_few_distinct_people_hide_a_cell_of_many_enrolments(bench: Bench) -> None:
    bench.as_at = date(2027, 1, 5)
    people: list[Row] = [{"person": f"U{n}", "person_role": "service_user", "team_id": "T1"} for n in range(3)]
    bench.deliver("people", *people)
    rows: list[Row] = [
        {"person": f"U{n}", "course_code": f"C{course}", "enrolled_on": "2026-05-01"}
        for n in range(3)
        for course in range(4)
    ]
    bench.deliver("training", *rows)
    bench.build()
    [cell] = published(bench, "internal", "training_completed_in_90_days", "trust", "trust")
    assert cell[0] == "hidden"


def test_people_are_published_at_one_grain_and_events_at_two(bench: Bench) -> None:
    bench.deliver("recruitment", *outcomes(5, 5))
    bench.deliver("meetings", meeting("M1"))
    bench.build()
    grains = bench.warehouse.rows(
        """select indicator_id, list(distinct grain order by grain) from published.indicator_value
        where indicator_id in ('meetings_not_recorded', 'turned_away_by_us') group by all order by all"""
    )
    assert grains == [
        ("meetings_not_recorded", ["month", "quarter"]),
        ("turned_away_by_us", ["four_quarters"]),
    ]


def test_a_period_of_people_that_has_not_ended_is_hidden(bench: Bench) -> None:
    bench.deliver("recruitment", *outcomes(9, 9))
    bench.build()
    [last] = bench.warehouse.rows(
        """select status from published.indicator_value where edition = 'internal' and level = 'trust'
        and indicator_id = 'turned_away_by_us' order by period_start desc limit 1"""
    )
    assert last == ("hidden",)


def test_meetings_are_events_and_never_hidden_from_the_team(bench: Bench) -> None:
    bench.deliver("people", {"person": "U1", "person_role": "service_user"})
    bench.deliver("meetings", meeting("M1"))
    bench.deliver("attendance", attended("M1", "U1"))
    bench.build()
    got = published(bench, "internal", "meetings_with_service_user", "team", "T1")
    assert got == [("shown", 1, 1, 100.0), ("shown", 1, 1, 100.0)]


@pytest.mark.parametrize(("people", "status"), [(0, "shown"), (1, "hidden"), (2, "hidden"), (3, "shown")])
def test_presence_of_one_or_two_people_is_their_diary_and_hidden_from_the_board(
    bench: Bench, people: int, status: str
) -> None:
    roles: list[Row] = [{"person": f"U{n}", "person_role": "service_user"} for n in range(3)]
    bench.deliver("people", *roles, {"person": "S1", "person_role": "staff"})
    bench.deliver("meetings", meeting("M1"))
    bench.deliver("attendance", attended("M1", "S1"), *(attended("M1", f"U{n}") for n in range(people)))
    bench.build()
    assert {row[0] for row in published(bench, "board", "meetings_with_service_user", "trust", "trust")} == {status}


def test_the_board_has_no_team(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"))
    bench.build()
    levels = bench.warehouse.rows(
        """select 'place' as what, edition, bool_or(level = 'team') from published.place group by all
        union all
        select 'value', edition, bool_or(level = 'team') from published.indicator_value group by all order by all"""
    )
    assert levels == [
        ("place", "board", False),
        ("place", "internal", True),
        ("value", "board", False),
        ("value", "internal", True),
    ]


def test_what_internal_hides_the_board_hides(bench: Bench) -> None:
    bench.as_at = date(2027, 1, 5)
    bench.deliver(
        "recruitment",
        *outcomes(3, 6),
        *(row | {"team_id": "T2", "candidate": f"Z{n}"} for n, row in enumerate(outcomes(20, 60))),
    )
    bench.build()
    seen = bench.warehouse.value(
        """select count(*) from published.indicator_value as board
        inner join published.indicator_value as internal
        using (indicator_id, grain, level, place_id, period_start)
        where board.edition = 'board' and internal.edition = 'internal'
        and internal.status = 'hidden' and board.status <> 'hidden'"""
    )
    assert seen == 0


def test_every_place_has_a_row_for_every_period_from_the_first_record_on(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1", held_at="2026-03-10"), meeting("M2"))
    bench.build()
    rows = bench.warehouse.rows(
        """select strftime(period_start, '%Y-%m'), status, numerator, denominator from published.indicator_value
        where edition = 'internal' and indicator_id = 'meetings_not_recorded' and grain = 'month'
        and level = 'team' and place_id = 'T1' order by period_start"""
    )
    assert rows == [
        ("2026-03", "shown", 1, 1),
        ("2026-04", "no_activity", None, None),
        ("2026-05", "shown", 1, 1),
        ("2026-06", "no_activity", None, None),
        ("2026-07", "incomplete", 0, 0),
    ]
    places = bench.warehouse.value("select count(distinct place_id) from published.indicator_value")
    assert places == 1 + 2 + 2 + len(TEAMS)
