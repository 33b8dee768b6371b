"""Meetings, held or cancelled."""

from pipelines.feed import Feed, choice, identifier, number, sealed, time

FEED = Feed(
    name="meetings",
    position=4,
    title="Meetings",
    key=("meeting_id",),
    columns=(
        identifier("meeting_id", required=True),
        identifier("team_id", required=True),
        time("held_at", required=True),
        choice("status", "held", "cancelled", required=True),
        choice(
            "meeting_type",
            "microsystem",
            "home_microsystem",
            "qi_project",
            "co_design_workshop",
            "governance",
            required=True,
        ),
        identifier("project_id"),
        choice("venue_type", "ward", "service_user_chosen", "home", "community", "office", "online"),
        choice("mode", "in_person", "online", "hybrid"),
        number("duration_minutes"),
        number("agenda_items"),
        number("agenda_items_by_service_users"),
        number("actions_agreed"),
        number("actions_by_service_users"),
        number("involvement_level"),
        choice("level_declared_by", "staff", "service_user", "facilitator"),
        sealed("online_title"),
    ),
    dated_by="held_at",
)
