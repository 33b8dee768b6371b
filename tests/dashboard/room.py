"""What the small snapshot says of single teams and their meetings, by hand, with the edges the pages must survive."""

from datetime import date, timedelta

SCHEMA = """
create table published.meeting_strip (
    level varchar, place_id varchar, meeting_id varchar, held_on date, mark varchar, has_carer boolean,
    has_peer_worker boolean, is_chosen_place boolean
);
create table published.meeting_place (
    level varchar, place_id varchar, period_start date, period_end date, venue varchar, meetings_held bigint
);
create table published.chosen_place (
    level varchar, place_id varchar, teams_count bigint, present_before bigint, known_before bigint,
    present_after bigint, known_after bigint, sentence varchar
);
create table published.team_note (level varchar, place_id varchar, first_on date, sentence varchar);
create table published.recent_meetings (
    level varchar, place_id varchar, indicator_id varchar, numerator bigint, denominator bigint
);
create table published.waiting_now (
    level varchar, place_id varchar, topic varchar, step varchar, step_no integer, title varchar, people bigint,
    longest_weeks integer, status varchar
);
"""
INTERNAL_ONLY = ("meeting_strip", "meeting_gap", "team_note", "recent_meetings", "waiting_now")
OF_PLACES = ("meeting_place", "chosen_place", "reliance_on_one_person")
LAST_ON = date(2026, 9, 28)
MARKS = ("filled", "ring", "ring_with_dot", "question_mark", "dash")
TEAMS = {"T1": 15, "T2": 1, "T4": 30}  # meetings of each; T3 has none
STATE = "A service user was in the room at 3 of the last 12 meetings; the last was 24 August 2026, 5 meetings ago."
Rows = list[tuple[object, ...]]

ONE_PERSON = "About 20 % of all attendances of service users were by one person."


def strip_rows(team: str, meetings: int) -> Rows:
    """One meeting a week back from LAST_ON, every kind of mark in turn, the latest a `filled`."""
    return [
        ("team", team, f"{team}-{n:02}", LAST_ON - timedelta(weeks=n), MARKS[n % 5], n % 3 == 0, n % 4 == 0, n % 7 == 0)
        for n in range(meetings)
    ]


def tables() -> dict[str, Rows]:
    """The rows of every table of SCHEMA."""
    quarter = (date(2026, 7, 1), date(2026, 9, 30))
    return {
        "meeting_strip": [row for team, meetings in TEAMS.items() for row in strip_rows(team, meetings)],
        "meeting_gap": [
            ("team", "T1", 1, date(2026, 6, 22), date(2026, 8, 24), False, 3, 1),
            ("team", "T1", 2, date(2026, 8, 31), None, True, 4, 1),
            ("team", "T4", 1, date(2026, 3, 2), None, True, 9, 0),
        ],
        "meeting_place": [
            ("trust", "trust", *quarter, "chosen_by_service_users", 12),
            ("trust", "trust", *quarter, "ward", 40),
        ],
        "chosen_place": [
            ("trust", "trust", 3, 9, 31, 12, 29, "A service user was in the room at 9 of 31 other meetings before."),
        ],
        "annotation": [
            ("N1", "team", "T1", None, "change_idea", "Ask on the ward for agenda items", "Ward manager", None, None,
             date(2026, 9, 1), date(2026, 12, 1)),
            ("N2", "team", "T1", None, "change_idea", "An idea whose day has passed", "Ward manager", None, None,
             date(2026, 2, 1), date(2026, 3, 1)),
            ("N3", "team", "T2", None, "change_idea", "An idea of Birch ward", None, None, None,
             date(2026, 9, 1), None),
        ],
        "reliance_on_one_person": [
            ("trust", "trust", date(2025, 10, 1), date(2026, 9, 30), 20, "shown", ONE_PERSON),
            ("trust", "trust", date(2024, 10, 1), date(2025, 9, 30), None, "hidden", "Too few people came to say."),
        ],
        "team_note": [("team", team, LAST_ON - timedelta(weeks=11), STATE) for team in TEAMS],
        "recent_meetings": [("team", "T1", "presence", 3, 10), ("team", "T1", "agenda", 7, 60)],
        "waiting_now": [
            ("team", "T1", "involvement", "interest", 1, "After saying they were interested", 6, 12, "shown"),
            ("team", "T1", "involvement", "checks", 4, "After the checks", 5, 60, "shown"),
            ("team", "T1", "involvement", "matched", 7, "After being matched", None, None, "hidden"),
            ("team", "T1", "training", "booked", 1, "Booked on a course", 0, None, "shown"),
            ("team", "T4", "involvement", "interest", 1, "After saying they were interested", None, None, "hidden"),
            ("team", "T4", "training", "booked", 1, "Booked on a course", None, None, "hidden"),
        ],
    }  # fmt: skip
