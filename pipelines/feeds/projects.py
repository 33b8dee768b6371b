"""Quality improvement projects."""

from pipelines.feed import Feed, choice, date, identifier, text

FEED = Feed(
    name="projects",
    position=3,
    title="Projects",
    key=("project_id",),
    columns=(
        identifier("project_id", required=True),
        identifier("team_id", required=True),
        text("title", required=True),
        choice("declared_involvement", "big_i", "little_i", "none", "not_stated", required=True),
        date("opened_on", required=True),
        date("closed_on"),
    ),
    dated_by="opened_on",
)
