"""The tables of their own beside the indicators, on a few rows each, counted by hand."""

from datetime import date, timedelta

import pytest

from tests.pipelines.bench import Bench, Row, attended, meeting
from tests.pipelines.test_indicators_of_meetings import STAFF, USERS

CAME = {"1": "U1", "0": "S1", "?": "X"}  # present, absent, not recorded


def hold(bench: Bench, marks: str, *, team: str = "T1", every_days: int = 7, **more: str) -> None:
    """A meeting of a team every week from 5 January 2026, one a mark."""
    first = date(2026, 1, 5)
    names = [f"{team}-{place:02}" for place in range(len(marks))]
    days = [first + timedelta(days=every_days * place) for place in range(len(marks))]
    meetings = [
        meeting(name, team_id=team, held_at=f"{day} 10:00", **more) for name, day in zip(names, days, strict=True)
    ]
    bench.deliver("meetings", *meetings, name=f"{team}.csv")
    bench.deliver(
        "attendance", *(attended(name, CAME[mark]) for name, mark in zip(names, marks, strict=True)), name=f"{team}.csv"
    )


def build(bench: Bench) -> None:
    bench.deliver("people", *USERS, STAFF)
    assert bench.build() == []


def test_meetings_since_a_service_user_are_counted_to_the_next_and_the_last_stretch_still_runs(bench: Bench) -> None:
    hold(bench, "001?0100")
    build(bench)
    got = bench.warehouse.rows(
        """select gap_no, strftime(ended_on, '%d %b'), is_running, meetings_without, not_recorded
        from published.meeting_gap order by gap_no"""
    )
    assert got == [(1, "19 Jan", False, 2, 0), (2, "09 Feb", False, 1, 1), (3, None, True, 2, 0)]


def test_a_team_that_has_met_six_times_without_a_service_user_is_counted_and_not_named(bench: Bench) -> None:
    hold(bench, "1000000", team="T1")
    hold(bench, "100000?", team="T2")
    build(bench)
    got = dict(bench.warehouse.rows("select place_id, sentence from published.long_absence where edition = 'board'"))
    assert got["trust"].startswith("1 team has met six or more times since a service user was last in the room")
    assert got["community"] == "No team has met six or more times since a service user was last in the room."


def test_the_strip_has_one_mark_for_each_meeting_and_no_person(bench: Bench) -> None:
    bench.deliver("people", *USERS, STAFF, {"person": "C1", "person_role": "carer"})
    bench.deliver(
        "meetings",
        *(meeting(name) for name in ("M1", "M2", "M3", "M4")),
        meeting("M5", status="cancelled", held_at="2026-05-06 10:00"),
        meeting("M6", status="cancelled", held_at="2026-12-06 10:00"),  # not yet
        meeting("M7", venue_type="home"),
    )
    bench.deliver(
        "attendance",
        *(attended("M1", "U1"), attended("M1", "C1")),
        attended("M2", "S1"),
        *(attended("M3", "S1"), attended("M3", "U1") | {"attendance": "apologies"}),
        attended("M7", "U1"),
    )
    assert bench.build() == []
    got = bench.warehouse.frame("select * from published.meeting_strip order by meeting_id")
    assert dict(got.select("meeting_id", "mark").iter_rows()) == {
        "M1": "filled",
        "M2": "ring",
        "M3": "ring_with_dot",
        "M4": "question_mark",
        "M5": "dash",
        "M7": "filled",
    }
    assert got.filter(got["has_carer"])["meeting_id"].to_list() == ["M1"]
    assert got.filter(got["is_chosen_place"])["meeting_id"].to_list() == ["M7"]
    assert set(got["edition"]) == {"internal"}
    assert not [name for name in got.columns if "person" in name]


@pytest.mark.parametrize(
    ("others", "shares"),
    [
        (4, {"internal": 60, "board": None}),  # 5 people: the board hides 1 to 7
        (7, {"internal": 45, "board": 45}),  # 6 of 13 is 46 %
        (3, {"internal": None, "board": None}),  # 4 people; and 9 attendances
    ],
)
def test_reliance_on_one_person_is_told_for_enough_people_only(
    bench: Bench, others: int, shares: dict[str, int | None]
) -> None:
    people: list[Row] = [{"person": f"P{number}", "person_role": "service_user"} for number in range(others + 1)]
    bench.deliver("people", *people)
    bench.deliver("meetings", *(meeting(f"M{number}") for number in range(6)))
    bench.deliver(
        "attendance",
        *(attended(f"M{number}", "P0") for number in range(6)),
        *(attended("M0", f"P{number}") for number in range(1, others + 1)),
    )
    assert bench.build() == []
    got = bench.warehouse.rows("select edition, share from published.reliance_on_one_person where level = 'trust'")
    assert dict(got) == shares


def test_other_meetings_are_counted_half_a_year_before_and_after_the_first_at_a_chosen_place(bench: Bench) -> None:
    bench.as_at = date(2027, 1, 31)
    chosen = date(2026, 7, 10)
    days = {
        "M1": (-182, "S1"),
        "M2": (-183, "U1"),  # too early, but the team met then
        "M3": (-1, "U1"),
        "M4": (0, "U1"),  # the first at a chosen place
        "M5": (30, "U1"),  # at a chosen place too
        "M6": (181, "U1"),
        "M7": (182, "S1"),  # too late
        "M8": (40, "X"),  # not recorded
    }
    bench.deliver(
        "meetings",
        *(
            meeting(
                name,
                held_at=f"{chosen + timedelta(days=after)} 10:00",
                venue_type="home" if name in ("M4", "M5") else "ward",
            )
            for name, (after, _) in days.items()
        ),
    )
    bench.deliver("attendance", *(attended(name, person) for name, (_, person) in days.items()))
    build(bench)
    got = bench.warehouse.rows(
        """select present_before, known_before, present_after, known_after from published.chosen_place
        where level = 'trust' and edition = 'internal'"""
    )
    assert got == [(1, 2, 1, 1)]


def test_a_team_whose_half_year_has_not_ended_is_left_out(bench: Bench) -> None:
    hold(bench, "0" * 27, venue_type="home")
    build(bench)
    assert bench.warehouse.rows("select * from published.chosen_place") == []


def test_meetings_are_counted_by_where_they_were_held(bench: Bench) -> None:
    places = ["ward", "ward", "home", "service_user_chosen", "", "online"]
    first, later = (
        [meeting(f"{day}{place}", held_at=f"{day} 10:00", venue_type=venue) for place, venue in enumerate(places)]
        for day in ("2026-01-05", "2026-03-31")
    )
    other = meeting("S", team_id="T2", held_at="2026-04-01 10:00", venue_type="community")
    bench.deliver("meetings", *first, *later, other, meeting("C", status="cancelled", venue_type="ward"))
    build(bench)
    got = bench.warehouse.rows(
        """select strftime(period_start, '%Y-%m'), venue, meetings_held from published.meeting_place
        where edition = 'board' and level = 'trust' order by all"""
    )
    winter = {"chosen_by_service_users": 4, "not_recorded": 2, "online": 2, "ward": 4}
    assert got == [*(("2026-01", venue, held) for venue, held in winter.items()), ("2026-04", "community", 1)]
