"""People on a service area's caseload on a day, by category of one dimension."""

from pipelines.feed import Feed, choice, date, identifier, number, text

FEED = Feed(
    name="caseload",
    position=11,
    title="Caseload",
    key=("service_area_id", "as_at", "dimension", "category"),
    columns=(
        identifier("service_area_id", required=True, holds="The service area."),
        date("as_at", required=True, holds="The day the caseload was counted."),
        choice(
            "dimension",
            "ethnic_group",
            "age_band",
            "gender",
            required=True,
            holds="What people are grouped by: ethnic group, age band or gender.",
        ),
        text("category", required=True, holds="The group of people."),
        number("people", required=True, holds="How many people of the group were on the caseload."),
    ),
    dated_by="as_at",
)
