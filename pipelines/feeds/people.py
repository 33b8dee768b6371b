"""People on the involvement register, and staff."""

from pipelines.code_lists import ETHNIC_CATEGORIES, ROLES
from pipelines.feed import Feed, choice, date, identifier, person, text

FEED = Feed(
    name="people",
    position=2,
    title="Involvement register",
    key=("person",),
    columns=(
        person("person", required=True),
        choice("person_role", *ROLES, required=True),
        person("email"),
        identifier("team_id"),
        date("joined_on"),
        date("left_on"),
        text("age_band"),
        text("gender"),
        choice("ethnic_category", *ETHNIC_CATEGORIES),
    ),
)
