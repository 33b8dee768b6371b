"""One event in one candidate's way to involvement."""

from pipelines.code_lists import ETHNIC_CATEGORIES
from pipelines.feed import Feed, candidate, choice, date, identifier, text

FEED = Feed(
    name="recruitment",
    position=9,
    title="Recruitment",
    key=("candidate", "opportunity_id", "stage", "event_on"),
    columns=(
        candidate("candidate", required=True, holds="The candidate, as a pseudonym."),
        identifier("team_id", required=True, holds="The team the opportunity is with."),
        identifier("opportunity_id", required=True, holds="The opportunity to be involved."),
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
            holds="What happened: a stage on the way to involvement, such as interest, active, declined or withdrew.",
        ),
        date("event_on", required=True, holds="The day it happened."),
        choice(
            "actor",
            "person",
            "carer",
            "team",
            "clinician",
            "involvement_office",
            "system",
            holds="Who ended the way: person, carer, team, clinician, involvement_office or system.",
        ),
        choice(
            "reason_code",
            *(f"D{number:02}" for number in range(1, 15)),
            "D99",
            holds="Why the way ended, D01 to D14 or D99; D01 to D08 are reasons on our side.",
        ),
        choice(
            "route",
            "clinician",
            "advert",
            "peer",
            "open_event",
            "self",
            holds="How the candidate came to us: clinician, advert, peer, open_event or self.",
        ),
        text("age_band", holds="The candidate's age band."),
        text("gender", holds="The candidate's gender."),
        choice(
            "ethnic_category",
            *ETHNIC_CATEGORIES,
            holds="The candidate's ethnic category, as the code of the NHS data dictionary.",
        ),
    ),
    dated_by="event_on",
)
