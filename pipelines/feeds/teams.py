"""Teams of the trust (reference)."""

from pipelines.feed import Feed, choice, date, identifier, text

FEED = Feed(
    name="teams",
    position=1,
    title="Teams",
    key=("team_id",),
    columns=(
        identifier("team_id", required=True),
        text("team_name", required=True),
        identifier("service_area_id", required=True),
        text("service_area", required=True),
        choice("care_setting", "inpatient", "community", required=True),
        date("opened_on"),
        date("closed_on"),
    ),
)
