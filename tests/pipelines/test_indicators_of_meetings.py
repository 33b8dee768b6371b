"""The indicators of meetings, projects and teams on a few rows each, counted by hand."""

from tests.pipelines.bench import Bench, Row, attended, meeting

MAY, JUNE = "2026-05", "2026-06"
USERS: list[Row] = [{"person": f"U{number}", "person_role": "service_user", "team_id": "T1"} for number in range(1, 4)]
STAFF: Row = {"person": "S1", "person_role": "staff", "team_id": "T1"}


def cells(bench: Bench, indicator: str, level: str = "trust") -> dict[tuple[str, str], tuple[int, int]]:
    bench.deliver("people", *USERS, STAFF)
    assert bench.build() == []
    return bench.cells(indicator, level)


def quarters(bench: Bench, indicator: str, level: str = "trust") -> dict[str, tuple[int, int]]:
    """Numerator and denominator by the first month of each quarter with something to count."""
    rows = bench.warehouse.rows(
        """select strftime(period_start, '%Y-%m'), numerator, denominator from marts.indicator_count
        where indicator_id = ? and level = ? and grain = 'quarter'""",
        [indicator, level],
    )
    return {month: (numerator, denominator) for month, numerator, denominator in rows}


def test_two_service_users_are_more_than_one_and_a_meeting_without_any_is_not_counted(bench: Bench) -> None:
    bench.deliver("meetings", *(meeting(f"M{number}") for number in range(1, 4)))
    bench.deliver(
        "attendance",
        *(attended("M1", "U1"), attended("M1", "U2"), attended("M1", "S1")),
        *(attended("M2", "U1"), attended("M2", "U2") | {"attendance": "apologies"}),
        attended("M3", "S1"),
    )
    assert cells(bench, "more_than_one_service_user") == {("trust", MAY): (1, 2)}


def test_somebody_had_been_before_only_at_the_same_team_and_an_earlier_day(bench: Bench) -> None:
    bench.deliver(
        "meetings",
        meeting("M1"),
        meeting("M2", held_at="2026-05-04 15:00"),  # the same day
        meeting("M3", team_id="T2", held_at="2026-05-11 10:00"),  # another team
        meeting("M4", held_at="2026-05-12 10:00"),
    )
    bench.deliver("attendance", *(attended(f"M{number}", "U1") for number in range(1, 5)), attended("M4", "U2"))
    assert cells(bench, "someone_who_had_been_before") == {("trust", MAY): (1, 4)}


def test_an_invitation_counts_whether_the_person_came_or_not(bench: Bench) -> None:
    bench.deliver("meetings", *(meeting(f"M{number}") for number in range(1, 6)), meeting("M6", status="cancelled"))
    bench.deliver(
        "attendance",
        attended("M1", "U1"),
        attended("M2", "U1") | {"attendance": "did_not_attend"},
        attended("M3", "U1") | {"attendance": "not_recorded"},
        attended("M4", "S1"),
        attended("M6", "U1") | {"attendance": "apologies"},
    )
    assert cells(bench, "a_service_user_was_invited") == {("trust", MAY): (3, 5)}


def test_a_home_meeting_is_held_where_service_users_chose_and_an_unknown_place_is_not_counted(bench: Bench) -> None:
    bench.deliver(
        "meetings",
        meeting("M1", venue_type="service_user_chosen"),
        meeting("M2", venue_type="home"),
        meeting("M3", venue_type="", meeting_type="home_microsystem"),
        meeting("M4", venue_type="ward"),
        meeting("M5", venue_type=""),
    )
    assert cells(bench, "meetings_where_service_users_chose") == {("trust", MAY): (3, 4)}
    venues = bench.warehouse.rows("select distinct venue from marts.meeting where venue is not null order by venue")
    assert venues == [("chosen_by_service_users",), ("ward",)]


def test_actions_count_where_both_numbers_are_recorded(bench: Bench) -> None:
    bench.deliver(
        "meetings",
        meeting("M1", actions_agreed=5, actions_by_service_users=2),
        meeting("M2", actions_agreed=4),
        meeting("M3", actions_agreed=0, actions_by_service_users=0),
    )
    assert cells(bench, "actions_by_service_users") == {("trust", MAY): (2, 5)}


def test_the_ratings_of_service_users_and_of_staff_are_never_merged(bench: Bench) -> None:
    bench.deliver(
        "meetings",
        meeting("M1", involvement_level=6, level_declared_by="service_user"),
        meeting("M2", involvement_level=5, level_declared_by="service_user"),
        meeting("M3", involvement_level=7, level_declared_by="staff"),
        meeting("M4", involvement_level=7, level_declared_by="facilitator"),
        meeting("M5", involvement_level=7),
    )
    assert cells(bench, "service_users_rated_it_co_design") == {("trust", MAY): (1, 2)}
    assert bench.cells("staff_rated_it_co_design") == {("trust", MAY): (1, 1)}


def project(project_id: str, declared: str, opened_on: str, closed_on: str = "") -> Row:
    return {
        "project_id": project_id,
        "team_id": "T1",
        "title": "x",
        "declared_involvement": declared,
        "opened_on": opened_on,
        "closed_on": closed_on,
    }


def test_a_project_counts_in_every_quarter_it_is_open_for_a_day(bench: Bench) -> None:
    bench.deliver(
        "projects",
        project("P1", "big_i", "2026-03-31", "2026-04-01"),
        project("P2", "not_stated", "2026-02-01"),  # still open
        project("P3", "big_i", "2026-07-11"),  # opens after the as-at date
    )
    cells(bench, "projects_with_full_members")
    assert quarters(bench, "projects_with_full_members") == {"2026-01": (1, 2), "2026-04": (1, 2), "2026-07": (0, 1)}


def test_full_members_are_seldom_there_below_half_of_at_least_three_known_meetings(bench: Bench) -> None:
    bench.deliver(
        "projects",
        project("P1", "big_i", "2026-01-01"),
        project("P2", "big_i", "2026-01-01"),
        project("P3", "big_i", "2026-01-01"),
        project("P4", "little_i", "2026-01-01"),
    )
    held = {"P1": "1000", "P2": "1100", "P3": "00?", "P4": "000"}  # 1 present, 0 absent, ? not recorded
    names = {f"{name}-{place}": mark for name, marks in held.items() for place, mark in enumerate(marks)}
    bench.deliver("meetings", *(meeting(name, project_id=name[:2]) for name in names))
    people = {"1": "U1", "0": "S1", "?": "X"}
    bench.deliver("attendance", *(attended(name, people[mark]) for name, mark in names.items()))
    cells(bench, "full_members_seldom_in_the_room")
    assert quarters(bench, "full_members_seldom_in_the_room") == {"2026-04": (1, 2)}


def met(bench: Bench, marks: dict[tuple[str, str], str]) -> None:
    """Meetings of a team in a month, one a mark: 1 present, 0 absent, ? not recorded."""
    names = {
        f"{team}-{month}-{place}": (team, month, mark)
        for (team, month), series in marks.items()
        for place, mark in enumerate(series)
    }
    bench.deliver(
        "meetings",
        *(meeting(name, team_id=team, held_at=f"{month}-05 10:00") for name, (team, month, _) in names.items()),
    )
    people = {"1": "U1", "0": "S1", "?": "X"}
    bench.deliver("attendance", *(attended(name, people[mark]) for name, (_, _, mark) in names.items()))


def test_a_team_keeps_it_up_with_half_of_six_meetings_in_three_quarters_running(bench: Bench) -> None:
    met(
        bench,
        {
            ("T1", "2025-10"): "111000",
            ("T1", "2026-01"): "111111",
            ("T1", "2026-04"): "110001?",
            ("T2", "2025-07"): "111111",  # a quarter is missing, so no three are running
            ("T2", "2026-01"): "111111",
            ("T2", "2026-04"): "111111",
        },
    )
    cells(bench, "teams_keeping_it_up")
    assert quarters(bench, "teams_keeping_it_up") == {"2026-04": (1, 1)}
    assert quarters(bench, "teams_keeping_it_up", "care_setting") == {"2026-04": (1, 1)}


def test_a_quarter_below_half_ends_keeping_it_up(bench: Bench) -> None:
    met(bench, {("T1", "2025-10"): "111111", ("T1", "2026-01"): "110000", ("T1", "2026-04"): "111111"})
    cells(bench, "teams_keeping_it_up")
    assert quarters(bench, "teams_keeping_it_up") == {"2026-04": (0, 1)}


def test_a_team_without_a_service_user_has_three_known_meetings_and_nobody_at_any(bench: Bench) -> None:
    met(bench, {("T1", "2026-04"): "000", ("T2", "2026-04"): "00?", ("T2", "2026-01"): "0010"})
    cells(bench, "teams_without_a_service_user")
    assert quarters(bench, "teams_without_a_service_user") == {"2026-01": (0, 1), "2026-04": (1, 1)}


def test_an_indicator_has_rows_only_at_the_levels_its_header_names(bench: Bench) -> None:
    met(bench, {("T1", "2026-04"): "000"})
    cells(bench, "teams_without_a_service_user")
    levels = bench.warehouse.rows(
        """select distinct level from published.indicator_value
        where indicator_id = 'teams_without_a_service_user' order by level"""
    )
    assert levels == [("care_setting",), ("trust",)]
