"""One person invited to or present at one meeting."""

from pipelines.code_lists import ROLES
from pipelines.feed import Feed, choice, identifier, person

FEED = Feed(
    name="attendance",
    position=5,
    title="Attendance",
    key=("meeting_id", "person"),
    columns=(
        identifier("meeting_id", required=True),
        person("person", required=True),
        choice("attendance", "attended", "apologies", "did_not_attend", "not_recorded", required=True),
        choice("person_role", *ROLES),
    ),
)
