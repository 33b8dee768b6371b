"""What Side by side and Getting involved read, written by hand: shown, hidden, too few, and none at all."""

from datetime import date

Rows = list[tuple[object, ...]]
YEAR = (date(2025, 10, 1), date(2026, 9, 30))
TWO_YEARS = (date(2024, 1, 1), date(2025, 12, 31))
QUARTER = (date(2026, 7, 1), date(2026, 9, 30))
COHORT = (date(2026, 1, 1), date(2026, 3, 31))  # its 180 days have passed on 3 October
TRUST = ("trust", "trust")
INPATIENT, COMMUNITY = ("care_setting", "inpatient"), ("care_setting", "community")
REASONS = [
    ("active", "involved", 1, "Took part", 40),
    ("judged_by_us", "ours", 2, "A judgement about the person", 30),
    ("nobody_asked", "ours", 3, "Nobody asked", None),
    ("our_systems", "ours", 4, "Our systems", None),
    ("could_change", "the_persons_own", 5, "Meeting times or payment: some of these we could change", 15),
    ("not_now", "the_persons_own", 6, "Not now: asked us to come back", 10),
    ("chose_not_to", "the_persons_own", 7, "Chose not to", 10),
    ("circumstances_changed", "neither", 8, "Circumstances changed", 10),
    ("no_reply", "not_known", 9, "No reply", 0),
    ("not_recorded", "not_known", 10, "Not recorded", 0),
]
STAGES = [
    ("interest", 1, "Said they were interested", 20),
    ("eligibility", 2, "Eligibility check", None),
    ("conversation", 3, "First conversation", None),
    ("active", 8, "First meeting", 60),
]
VERDICTS = {
    "fewer": "Clearly fewer of them come to a first meeting than of all others.",
    "alike": "No clear difference from all others.",
    "too_few": "Not enough people to say.",
}
SERVED = {
    "fewer": "Clearly fewer come to meetings than their share of the people we serve.",
    "alike": "No clear difference from the people we serve.",
    "too_few": "Not enough people to say.",
}
WAITED = "Of 120 people who said they were interested, half came to a first meeting within 12 weeks."
NOT_NOW = (
    "At 30 September 2026, whenever they asked, 12 people across the trust who asked us to come back "
    "had heard nothing for over 90 days."
)


def involvement_tables(edition: str) -> dict[str, Rows]:
    """The rows of each table for an edition; the board may not see presence by type at care settings."""
    return {
        "presence_by_meeting_type": meeting_types(edition),
        "long_absence": [
            (
                *place,
                teams,
                waiting,
                f"{waiting} teams have met six or more times since a service user was last in the room"
                "; the involvement office can help.",
            )
            for place, teams, waiting in ((TRUST, 40, 2), (INPATIENT, 14, 2), (COMMUNITY, 26, 0))
        ],
        "funnel_point": funnel() if edition == "internal" else [],
        "reason": [row[:4] for row in REASONS],
        "stage": [row[:3] for row in STAGES],
        "indicator_breakdown": [*reasons(), *stages()],
        "who_gets_through": verdicts(),
        "step_wait": steps(),
        "not_now_waiting": [(*TRUST, date(2026, 9, 30), 12, "shown", NOT_NOW)],
        "representation": [
            (*TRUST, *YEAR, "ethnic_group", group, 20, verdict, SERVED[verdict])
            for group, verdict in {"asian": "alike", "black": "fewer", "other": "too_few", "white": "alike"}.items()
        ],
        "waiting_curve": [
            (*TRUST, *YEAR, day, share, share - 5, share + 5, 120, 84, WAITED, "kaplan_meier_greenwood")
            for day, share in ((0, 100.0), (28, 80.0), (56, 60.0), (84, 45.0))
        ],
    }


def meeting_types(edition: str) -> Rows:
    """Workshops and governance meetings."""
    told: Rows = [
        (*place, *YEAR, kind, present, known - present, known, 3, 100 * present / known, 10.0, 90.0, "shown")
        for place, kind, present, known in (
            (TRUST, "governance", 10, 61),
            (INPATIENT, "governance", 5, 31),
            (COMMUNITY, "governance", 5, 30),
            (TRUST, "co_design_workshop", 45, 88),
            (INPATIENT, "co_design_workshop", 13, 13),
            (COMMUNITY, "co_design_workshop", 32, 75),
        )
    ]
    if edition == "internal":
        return told
    return [row if row[0] == "trust" else (*row[:5], *[None] * 7, "hidden") for row in told]


def funnel() -> Rows:
    """Four teams, one beyond the inner limits and one beyond the outer."""
    ends = (20.0, 60.0, 10.0, 70.0, 25.0, 55.0, 15.0, 65.0)
    return [
        ("presence", "team", team, *QUARTER, part, whole, 100 * part / whole, 40.0, *ends, 1.4, 0.01, True, beyond,
         f"{part} of {whole} meetings.", "funnel_dl_10")
        for team, part, whole, beyond in (
            ("T1", 4, 10, "none"), ("T2", 5, 12, "none"), ("T3", 9, 13, "high_95"), ("T4", 1, 14, "low_998"),
        )
    ]  # fmt: skip


def reasons() -> Rows:
    """Why it ended, by reason: at the trust, and hidden on wards."""
    return [
        ("turned_away", "quarter", *place, *QUARTER, "reason", category, *reason_cell(side, people), status)
        for category, side, _, _, people in REASONS
        for place in (TRUST, INPATIENT)
        for status in ["hidden" if people is None or place == INPATIENT else "shown" if people else "no_activity"]
        for people in [people if status == "shown" else None]
    ]


def reason_cell(side: object, people: object) -> tuple[object, ...]:
    """Numerator, denominator, value and its interval: on our side everybody counts."""
    if not isinstance(people, int):
        return (None,) * 5
    is_ours = side == "ours"
    return people if is_ours else 0, people, 100.0 if is_ours else 0.0, 0.0, 100.0


def stages() -> Rows:
    """How far people came, at the trust."""
    return [
        ("active", "quarter", *TRUST, *COHORT, "stage", stage, *reason_cell("ours" if number == 8 else "", people),
         "hidden" if people is None else "shown")
        for stage, number, _, people in STAGES
    ]  # fmt: skip


def verdicts() -> Rows:
    """Who gets through, in verdicts."""
    told = {"route": {"advert": "alike", "clinician": "fewer"}, "gender": {"female": "alike", "other": "too_few"}}
    return [
        (*place, *TWO_YEARS, dimension, group, verdict, VERDICTS[verdict], "katz_log_ratio")
        for place in (TRUST, COMMUNITY)
        for dimension, groups in told.items()
        for group, verdict in groups.items()
    ]


def steps() -> Rows:
    """Days at two steps, the second hidden."""
    return [
        (*TRUST, *YEAR, 1, "After saying they were interested", 21, "shown",
         "After saying they were interested, half waited 21 days or less for the next step."),
        (*TRUST, *YEAR, 2, "After the eligibility check", None, "hidden",
         "After the eligibility check, too few people passed this step to say how long they waited."),
    ]  # fmt: skip
