"""One person's enrolment on one course session."""

from pipelines.code_lists import ROLES
from pipelines.feed import Feed, choice, date, identifier, person, text

FEED = Feed(
    name="training",
    position=7,
    title="Training",
    key=("person", "course_code", "enrolled_on"),
    columns=(
        person("person", required=True),
        identifier("course_code", required=True),
        date("enrolled_on", required=True),
        text("course_title"),
        choice("person_role", *ROLES),
        identifier("session_id"),
        date("session_on"),
        date("completed_on"),
        choice("outcome", "completed", "withdrew", "did_not_attend", "in_progress"),
    ),
    dated_by="enrolled_on",
)
