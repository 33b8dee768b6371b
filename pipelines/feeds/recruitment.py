"""One event in one candidate's way to involvement."""

from pipelines.code_lists import ETHNIC_CATEGORIES
from pipelines.feed import Feed, candidate, choice, date, identifier, text

FEED = Feed(
    name="recruitment",
    position=9,
    title="Recruitment",
    key=("candidate", "opportunity_id", "stage", "event_on"),
    columns=(
        candidate("candidate", required=True),
        identifier("team_id", required=True),
        identifier("opportunity_id", required=True),
        choice(
            "stage",
            "approached",
            "interest",
            "eligibility",
            "conversation",
            "checks",
            "induction",
            "registered",
            "matched",
            "active",
            "paused",
            "left",
            "declined",
            "withdrew",
            required=True,
        ),
        date("event_on", required=True),
        choice("actor", "person", "carer", "team", "clinician", "involvement_office", "system"),
        choice("reason_code", *(f"D{number:02}" for number in range(1, 15)), "D99"),
        choice("route", "clinician", "advert", "peer", "open_event", "self"),
        text("age_band"),
        text("gender"),
        choice("ethnic_category", *ETHNIC_CATEGORIES),
    ),
    dated_by="event_on",
)
