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
        person("person", required=True, holds="The person the report shows, as a pseudonym."),
        number(
            "generation",
            required=True,
            holds="The generation of the report's form, 1 to 3; the first knows people by name only.",
        ),
        sealed("online_title", holds="The title of the online meeting, as a keyed hash."),
        time("started_at", holds="When the online meeting began, in UTC; empty where the report does not tell."),
        time(
            "otherwise_started_at",
            holds="The other moment the start may be, in UTC, where day and month or the clock's change leave two.",
        ),
    ),
    reader=read,
)
