"""Course-completion exports of Moodle: one course a file, one row a person."""

from pipelines.feed import Column, Feed, Kind, identifier, person
from pipelines.reading.moodle import NAME, read

FEED = Feed(
    name="moodle",
    position=8,
    title="Moodle completions",
    key=("course_code", "person"),
    columns=(
        identifier("course_code", required=True),
        person("person", required=True),
        # Who has not completed the course has an empty cell, so only the heading can be asked for.
        Column("completed_on", Kind.DATE, heading_required=True),
    ),
    dated_by="completed_on",
    reader=read,
    name_pattern=NAME,
    has_more_columns=True,
)
