"""People on the involvement register, and staff."""

from pipelines.code_lists import ETHNIC_CATEGORIES, ROLES
from pipelines.feed import Feed, choice, date, identifier, person, text

FEED = Feed(
    name="people",
    position=2,
    title="Involvement register",
    key=("person",),
    columns=(
        person("person", required=True, holds="The person, as a pseudonym."),
        choice(
            "person_role",
            *ROLES,
            required=True,
            holds="The person's role: service_user, former_service_user, carer, peer_worker, staff, qi_coach or other.",
        ),
        person("email", holds="The person's e-mail address, as a pseudonym."),
        identifier("team_id", holds="The team the person belongs to now; empty where they belong to none."),
        date("joined_on", holds="The day the person joined the register."),
        date("left_on", holds="The day the person left the register; empty where they have not."),
        text("age_band", holds="The person's age band."),
        text("gender", holds="The person's gender."),
        choice(
            "ethnic_category",
            *ETHNIC_CATEGORIES,
            holds="The person's ethnic category, as the code of the NHS data dictionary.",
        ),
    ),
)
