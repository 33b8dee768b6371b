"""People on a service area's caseload on a day, by category of one dimension."""

from pipelines.feed import Feed, choice, date, identifier, number, text

FEED = Feed(
    name="caseload",
    position=11,
    title="Caseload",
    key=("service_area_id", "as_at", "dimension", "category"),
    columns=(
        identifier("service_area_id", required=True),
        date("as_at", required=True),
        choice("dimension", "ethnic_group", "age_band", "gender", required=True),
        text("category", required=True),
        number("people", required=True),
    ),
    dated_by="as_at",
)
