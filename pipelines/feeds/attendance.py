"""One person invited to or present at one meeting."""

from pipelines.code_lists import ROLES
from pipelines.feed import Feed, choice, identifier, person

FEED = Feed(
    name="attendance",
    position=5,
    title="Attendance",
    key=("meeting_id", "person"),
    columns=(
        identifier("meeting_id", required=True, holds="The meeting."),
        person("person", required=True, holds="The person invited to or present at the meeting, as a pseudonym."),
        choice(
            "attendance",
            "attended",
            "apologies",
            "did_not_attend",
            "not_recorded",
            required=True,
            holds="What the register says of them: attended, apologies, did_not_attend or not_recorded.",
        ),
        choice(
            "person_role", *ROLES, holds="The role the meeting's register gives the person; empty where it gives none."
        ),
    ),
)
