"""Notes on charts: change ideas, events, decisions to rebase, and what service users said."""

from pipelines.feed import Feed, choice, date, identifier, note

FEED = Feed(
    name="annotations",
    position=12,
    title="Notes on charts",
    key=("annotation_id",),
    columns=(
        identifier("annotation_id", required=True),
        choice("level", "trust", "care_setting", "service_area", "team", required=True),
        identifier("place_id", required=True),
        date("on_date", required=True),
        choice("kind", "change_idea", "event", "rebase", "said", required=True),
        note("text", required=True),
        identifier("indicator_id"),
        note("owner"),
        date("due_on"),
        note("approved_by"),
        note("reason"),
    ),
    dated_by="on_date",
)
