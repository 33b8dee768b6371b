"""Teams of the trust (reference)."""

from pipelines.feed import Feed, choice, date, identifier, text

FEED = Feed(
    name="teams",
    position=1,
    title="Teams",
    key=("team_id",),
    columns=(
        identifier("team_id", required=True, holds="The team."),
        text("team_name", required=True, holds="The team's name."),
        identifier("service_area_id", required=True, holds="The service area the team belongs to."),
        text("service_area", required=True, holds="The name of the service area."),
        choice(
            "care_setting", "inpatient", "community", required=True, holds="The care setting: inpatient or community."
        ),
        date("opened_on", holds="The day the team opened."),
        date("closed_on", holds="The day the team closed; empty where it is open."),
    ),
)
