"""Attendance reports of Microsoft Teams: one meeting a file, told by its title and start or by the file's name."""

from pipelines.feed import Feed, number, person, sealed, time
from pipelines.reading.teams_report import read

FEED = Feed(
    name="ms_teams",
    position=6,
    title="Teams reports",
    # Which meeting a report belongs to is a fact, found anew in each run.
    key=("meeting_id", "person"),
    columns=(
        person("person", required=True),
        number("generation", required=True),
        sealed("online_title"),
        time("started_at"),
        time("otherwise_started_at"),
    ),
    reader=read,
)
