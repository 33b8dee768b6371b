"""Meetings, held or cancelled."""

from pipelines.feed import Feed, choice, identifier, number, sealed, time

FEED = Feed(
    name="meetings",
    position=4,
    title="Meetings",
    key=("meeting_id",),
    columns=(
        identifier("meeting_id", required=True, holds="The meeting."),
        identifier("team_id", required=True, holds="The team whose meeting it is."),
        time("held_at", required=True, holds="When the meeting began or was to begin, in UTC."),
        choice("status", "held", "cancelled", required=True, holds="Whether the meeting was held or cancelled."),
        choice(
            "meeting_type",
            "microsystem",
            "home_microsystem",
            "qi_project",
            "co_design_workshop",
            "governance",
            required=True,
            holds="The kind of meeting: microsystem, home_microsystem, qi_project, co_design_workshop or governance.",
        ),
        identifier(
            "project_id", holds="The improvement project the meeting belongs to; empty where it belongs to none."
        ),
        choice(
            "venue_type",
            "ward",
            "service_user_chosen",
            "home",
            "community",
            "office",
            "online",
            holds="The kind of place the register gives: ward, service_user_chosen, home, community, office or online.",
        ),
        choice("mode", "in_person", "online", "hybrid", holds="How people met: in_person, online or hybrid."),
        number("duration_minutes", holds="How long the meeting took, in minutes."),
        number("agenda_items", holds="How many items stood on the agenda."),
        number("agenda_items_by_service_users", holds="How many of the agenda items service users raised."),
        number("actions_agreed", holds="How many actions were agreed."),
        number(
            "actions_by_service_users", holds="How many of the actions agreed service users own or share in owning."
        ),
        number("involvement_level", holds="The step of the ladder of co-production the meeting was placed on, 1 to 7."),
        choice(
            "level_declared_by",
            "staff",
            "service_user",
            "facilitator",
            holds="Who placed the meeting on the ladder: staff, a service user or the facilitator.",
        ),
        sealed("online_title", holds="The title of the online meeting, as a keyed hash."),
    ),
    dated_by="held_at",
)
