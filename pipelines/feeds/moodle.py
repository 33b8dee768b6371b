"""Course-completion exports of Moodle: one course a file, one row a person."""

from pipelines.feed import Column, Feed, Kind, identifier, person
from pipelines.reading.moodle import NAME, read

FEED = Feed(
    name="moodle",
    position=8,
    title="Moodle completions",
    key=("course_code", "person"),
    columns=(
        identifier("course_code", required=True, holds="The course."),
        person("person", required=True, holds="The person on the course, as a pseudonym."),
        # Who has not completed the course has an empty cell, so only the heading can be asked for.
        Column(
            "completed_on",
            Kind.DATE,
            heading_required=True,
            holds="The day the person completed the course; empty where they have not.",
        ),
    ),
    dated_by="completed_on",
    reader=read,
    name_pattern=NAME,
    has_more_columns=True,
)
