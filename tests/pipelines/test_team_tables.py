"""What a team's own page is filled from: its sentence, its last meetings in counts, who waits at which step."""

from datetime import date

from tests.pipelines.bench import TEAMS, Bench, Row, attended, event, meeting
from tests.pipelines.test_indicators_of_meetings import STAFF, USERS
from tests.pipelines.test_special_tables import build, hold

STEPS = ("interest", "eligibility", "conversation", "checks", "induction", "registered", "matched")
USER: Row = {"person_role": "service_user", "team_id": "T1"}


def standing(bench: Bench, topic: str, team: str = "T1") -> dict[str, tuple[int | None, int | None, str]]:
    """People, longest wait in weeks and status of every step of a team."""
    rows = bench.warehouse.rows(
        """select step, people, longest_weeks, status from published.waiting_now
        where place_id = ? and topic = ? order by step_no""",
        [team, topic],
    )
    return {step: (people, weeks, status) for step, people, weeks, status in rows}


def candidates(stage: str, people: int, event_on: str = "2026-06-01", **more: str) -> list[Row]:
    return [event(f"{stage}{n}", stage, event_on, **more) for n in range(people)]


def test_a_team_s_state_is_told_in_a_sentence(bench: Bench) -> None:
    of_marks = {
        "1" * 10 + "0100": "at 9 of the last 12 meetings; the last was 23 March 2026, 2 meetings ago.",
        "01": "at 1 of the 2 meetings so far; the last was 12 January 2026, the latest meeting.",
        "0": "at 0 of the 1 meeting so far; none was on record before.",
        "10": "at 1 of the 2 meetings so far; the last was 5 January 2026, 1 meeting ago.",
        "1" + "0" * 12: "at 0 of the last 12 meetings; the last was 5 January 2026, 12 meetings ago.",
        "10?": "at 1 of the 3 meetings so far; the last was 5 January 2026, 2 meetings ago. "
        "For 1 of them we do not know who came.",
    }
    teams = further_teams(bench, len(of_marks))
    for team, marks in zip(teams, of_marks, strict=True):
        hold(bench, marks, team=team)
    build(bench)
    got = dict(bench.warehouse.rows("select place_id, sentence from published.team_note"))
    want = [f"A service user was in the room {words}" for words in of_marks.values()]
    assert [got[team] for team in teams] == want


def further_teams(bench: Bench, number: int) -> list[str]:
    """Teams beside the two of every bench, so that one run holds many cases."""
    names = [f"X{n}" for n in range(number)]
    bench.deliver("teams", *(TEAMS[0] | {"team_id": name, "team_name": name} for name in names), name="further.csv")
    return names


def test_the_last_twelve_meetings_are_counted_for_numbers_of_single_meetings_alone(bench: Bench) -> None:
    hold(bench, "1" + "0" * 11 + "1", agenda_items="4", agenda_items_by_service_users="1")
    build(bench)
    got = {
        name: (part, whole)
        for name, part, whole in bench.warehouse.rows(
            "select indicator_id, numerator, denominator from published.recent_meetings where place_id = 'T1'"
        )
    }
    assert got["meetings_with_service_user"] == (1, 12)
    assert got["agenda_items_by_service_users"] == (12, 48)
    people = bench.warehouse.rows("select indicator_id from published.indicator where counts_people")
    assert not got.keys() & {name for (name,) in people}


def test_people_are_told_at_the_step_of_their_last_event_and_a_few_are_hidden(bench: Bench) -> None:
    bench.deliver(
        "recruitment",
        *candidates("interest", 5),
        *candidates("checks", 6, "2026-05-06"),
        *candidates("matched", 4),
    )
    build(bench)
    got = standing(bench, "involvement")
    assert got["interest"] == (5, 8, "shown")  # 29 days to 30 June: two blocks of four weeks
    assert got["checks"] == (6, 8, "shown")  # 55 days
    assert got["matched"] == (None, None, "hidden")
    assert got["induction"] == (None, None, "hidden")  # nobody; shown, it would tell that the hidden one is somebody
    assert tuple(got) == STEPS


def test_the_boundaries_of_what_is_told(bench: Bench) -> None:
    told = {0: (0, None), 1: (None, None), 4: (None, None), 5: (5, 8)}
    teams = further_teams(bench, len(told))
    for team, people in zip(teams, told, strict=True):
        rows = [event(f"{team}{n}", "interest", "2026-06-01", team_id=team) for n in range(people)]
        bench.deliver("recruitment", *rows, event(f"Z{team}", "active", "2026-05-01", team_id=team), name=f"{team}.csv")
    build(bench)
    got = [standing(bench, "involvement", team)["interest"][:2] for team in teams]
    assert got == list(told.values())


def test_who_came_to_an_outcome_paused_or_was_only_approached_waits_at_no_step(bench: Bench) -> None:
    ended = {"actor": "person", "reason_code": "D13"}
    for stage, more in (("active", {}), ("declined", ended), ("withdrew", ended), ("left", {}), ("paused", {})):
        bench.deliver(
            "recruitment",
            *(row for n in range(6) for row in way(f"{stage}{n}", stage, **more)),
            name=f"{stage}.csv",
        )
    bench.deliver("recruitment", *candidates("approached", 6), name="approached.csv")
    build(bench)
    assert set(standing(bench, "involvement").values()) == {(0, None, "shown")}


def way(candidate: str, end: str, **more: str) -> list[Row]:
    """An interest, and what came of it on a later day."""
    return [event(candidate, "interest", "2026-05-01"), event(candidate, end, "2026-05-09", **more)]


def test_what_happened_on_one_day_happened_in_the_order_of_the_way(bench: Bench) -> None:
    rows = [event(f"C{n}", stage, "2026-06-01") for n in range(5) for stage in ("checks", "interest", "approached")]
    bench.deliver("recruitment", *rows)
    build(bench)
    assert {step: told[0] for step, told in standing(bench, "involvement").items() if told[0]} == {"checks": 5}


def test_days_after_the_last_complete_month_change_nothing(bench: Bench) -> None:
    bench.deliver("recruitment", *candidates("interest", 6))
    build(bench)
    before = standing(bench, "involvement")
    later = [event(f"interest{n}", "active", "2026-07-02") for n in range(6)]
    bench.deliver("recruitment", *later, *candidates("conversation", 9, "2026-07-03"), name="july.csv")
    bench.as_at = date(2026, 7, 30)
    build(bench)
    assert standing(bench, "involvement") == before


def test_service_users_on_a_course_are_told_booked_or_under_way(bench: Bench) -> None:
    names = [f"{kind}{n}" for kind in "BCDEF" for n in range(5)]
    bench.deliver("people", *(USER | {"person": name} for name in names), STAFF)
    common: Row = {"course_code": "Q1", "enrolled_on": "2026-05-01"}
    more: dict[str, Row] = {
        "B": {"session_on": "2026-08-01"},
        "C": {"session_on": "2026-05-20", "outcome": "in_progress"},
        "D": {"session_on": "2026-05-20", "completed_on": "2026-06-02", "outcome": "completed"},
        "E": {"session_on": "2026-05-20", "outcome": "withdrew"},
        "F": {"session_on": "2025-05-20", "enrolled_on": "2025-05-01"},  # more than a year ago
    }
    bench.deliver("training", *(common | more[name[0]] | {"person": name} for name in names))
    bench.deliver("training", common | {"person": "S1"}, name="staff.csv")
    bench.run()
    assert bench.build() == []
    assert standing(bench, "training") == {"booked": (5, 12, "shown"), "under_way": (5, 12, "shown")}


def test_a_few_learners_hide_the_other_step_where_nobody_is(bench: Bench) -> None:
    bench.deliver("people", USER | {"person": "A"}, STAFF)
    bench.deliver("training", {"person": "A", "course_code": "Q1", "enrolled_on": "2026-05-01"})
    bench.deliver("meetings", meeting("M1"))
    bench.deliver("attendance", attended("M1", "S1"))
    assert bench.build() == []
    assert {told[2] for told in standing(bench, "training").values()} == {"hidden"}
    assert {told[2] for told in standing(bench, "involvement").values()} == {"shown"}


def test_what_is_told_of_teams_is_in_the_internal_edition_alone(bench: Bench) -> None:
    bench.deliver("recruitment", *candidates("interest", 6))
    hold(bench, "01")
    bench.deliver("people", *USERS, STAFF)
    assert bench.build() == []
    for table in ("team_note", "recent_meetings", "waiting_now"):
        got = bench.warehouse.rows(f"select distinct edition, level from published.{table}")
        assert got == [("internal", "team")]
