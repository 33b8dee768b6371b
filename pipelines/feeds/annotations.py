"""Notes on charts: change ideas, events, decisions to rebase, and what service users said."""

from pipelines.feed import Feed, choice, date, identifier, note

FEED = Feed(
    name="annotations",
    position=12,
    title="Notes on charts",
    key=("annotation_id",),
    columns=(
        identifier("annotation_id", required=True, holds="The note."),
        choice(
            "level",
            "trust",
            "care_setting",
            "service_area",
            "team",
            required=True,
            holds="The kind of place the note is about: trust, care setting, service area or team.",
        ),
        identifier("place_id", required=True, holds="The place the note is about."),
        date("on_date", required=True, holds="The day the note is about."),
        choice(
            "kind",
            "change_idea",
            "event",
            "rebase",
            "said",
            required=True,
            holds="What the note is: change_idea, event, rebase (limits begin anew) or said (by service users).",
        ),
        note("text", required=True, holds="The words of the note, in which nobody is named."),
        identifier("indicator_id", holds="The indicator the note is about; empty where it is about all of the place."),
        note("owner", holds="Who sees to it: a role, not a person."),
        date("due_on", holds="The day by which it should be done."),
        note("approved_by", holds="Who approved it: a role, not a person."),
        note("reason", holds="Why limits begin anew."),
    ),
    dated_by="on_date",
)
