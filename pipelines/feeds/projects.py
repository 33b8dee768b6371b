"""Quality improvement projects."""

from pipelines.feed import Feed, choice, date, identifier, text

FEED = Feed(
    name="projects",
    position=3,
    title="Projects",
    key=("project_id",),
    columns=(
        identifier("project_id", required=True, holds="The improvement project."),
        identifier("team_id", required=True, holds="The team whose project it is."),
        text("title", required=True, holds="The project's title; it goes no further than the raw rows."),
        choice(
            "declared_involvement",
            "big_i",
            "little_i",
            "none",
            "not_stated",
            required=True,
            holds="How service users were to take part: big_i (full members), little_i, none or not_stated.",
        ),
        date("opened_on", required=True, holds="The day the project began."),
        date("closed_on", holds="The day the project ended; empty where it is open."),
    ),
    dated_by="opened_on",
)
