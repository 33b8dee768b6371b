/*
description = "One row for each meeting, held or cancelled. held_at is UTC, held_on the day in London."
key         = ["meeting_id"]
*/
select
    meeting_id,
    team_id,
    project_id,
    status,
    meeting_type,
    venue_type,
    mode,
    held_at,
    held_on,
    duration_minutes,
    agenda_items,
    agenda_items_by_service_users,
    actions_agreed,
    actions_by_service_users,
    involvement_level,
    level_declared_by
from validated.meetings
