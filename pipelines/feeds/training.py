"""One person's enrolment on one course session."""

from pipelines.code_lists import ROLES
from pipelines.feed import Feed, choice, date, identifier, person, text

FEED = Feed(
    name="training",
    position=7,
    title="Training",
    key=("person", "course_code", "enrolled_on"),
    columns=(
        person("person", required=True, holds="The person on the course, as a pseudonym."),
        identifier("course_code", required=True, holds="The course."),
        date("enrolled_on", required=True, holds="The day the person enrolled."),
        text("course_title", holds="The course's title."),
        choice(
            "person_role", *ROLES, holds="The role the training record gives the person; empty where it gives none."
        ),
        identifier("session_id", holds="The session of the course; empty where none is named."),
        date("session_on", holds="The day of the session."),
        date("completed_on", holds="The day the person completed the course; empty where they have not."),
        choice(
            "outcome",
            "completed",
            "withdrew",
            "did_not_attend",
            "in_progress",
            holds="What became of the enrolment: completed, withdrew, did_not_attend or in_progress.",
        ),
    ),
    dated_by="enrolled_on",
)
