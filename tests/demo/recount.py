"""The rules of the contract counted again on the demo's files, simply and without the pipelines."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from tests.demo.reading import Row, files, rows_of

KEYS = {
    "teams": ("team_id",),
    "people": ("person",),
    "projects": ("project_id",),
    "meetings": ("meeting_id",),
    "attendance": ("meeting_id", "person"),
    "ms_teams": ("meeting", "person"),
    "training": ("person", "course_code", "enrolled_on"),
    "recruitment": ("candidate", "opportunity_id", "stage", "event_on"),
    "moodle": ("course_code", "person"),
    "recruitment_status": ("candidate", "snapshot_on"),
    "caseload": ("service_area_id", "as_at", "dimension", "category"),
    "annotations": ("annotation_id",),
}
COLUMNS = {
    "teams": {"team_id", "team_name", "service_area_id", "service_area", "care_setting", "opened_on", "closed_on"},
    "people": {
        *("person", "person_role", "email", "team_id", "joined_on", "left_on"),
        *("age_band", "gender", "ethnic_category"),
    },
    "projects": {"project_id", "team_id", "title", "declared_involvement", "opened_on", "closed_on"},
    "meetings": {
        *("meeting_id", "team_id", "held_at", "status", "meeting_type", "project_id", "venue_type", "mode"),
        *("duration_minutes", "agenda_items", "agenda_items_by_service_users", "actions_agreed"),
        *("actions_by_service_users", "involvement_level", "level_declared_by", "online_title"),
    },
    "attendance": {"meeting_id", "person", "attendance", "person_role"},
    "ms_teams": {"meeting", "person"},
    "training": {
        *("person", "course_code", "enrolled_on", "course_title", "person_role"),
        *("session_id", "session_on", "completed_on", "outcome"),
    },
    "recruitment": {
        *("candidate", "team_id", "opportunity_id", "stage", "event_on", "actor"),
        *("reason_code", "route", "age_band", "gender", "ethnic_category"),
    },
    "moodle": {"course_code", "person", "completed_on"},
    "recruitment_status": {
        *("snapshot_on", "candidate", "status", "date_of_last_status_change", "team_id", "date_joined"),
    },
    "caseload": {"service_area_id", "as_at", "dimension", "category", "people"},
    "annotations": {
        *("annotation_id", "level", "place_id", "on_date", "kind", "text"),
        *("indicator_id", "owner", "due_on", "approved_by", "reason"),
    },
}
REQUIRED = {
    "teams": {"team_id", "team_name", "service_area_id", "service_area", "care_setting"},
    "people": {"person", "person_role"},
    "projects": {"project_id", "team_id", "title", "declared_involvement", "opened_on"},
    "meetings": {"meeting_id", "team_id", "held_at", "status", "meeting_type"},
    "attendance": {"meeting_id", "person", "attendance"},
    "ms_teams": {"meeting", "person"},
    "training": {"person", "course_code", "enrolled_on"},
    "recruitment": {"candidate", "team_id", "opportunity_id", "stage", "event_on"},
    "moodle": {"course_code", "person"},
    "recruitment_status": {"snapshot_on", "candidate", "status", "date_of_last_status_change"},
    "caseload": {"service_area_id", "as_at", "dimension", "category", "people"},
    "annotations": {"annotation_id", "level", "place_id", "on_date", "kind", "text"},
}
ROLES = {"service_user", "former_service_user", "carer", "peer_worker", "staff", "qi_coach", "other"}
LISTS = {
    "care_setting": {"inpatient", "community"},
    "person_role": ROLES,
    "ethnic_category": {*"ABCDEFGHJKLMNPRSZ", "99"},
    "declared_involvement": {"big_i", "little_i", "none", "not_stated"},
    "status": {
        *("held", "cancelled", "Applicant", "In Process", "Accepted"),
        *("Inactive - Short Term", "Inactive - Long Term", "Archived - Rejected", "Archived - Didn't Start"),
        *("Archived - Moved", "Archived - Resigned"),
    },
    "dimension": {"ethnic_group", "age_band", "gender"},
    "meeting_type": {"microsystem", "home_microsystem", "qi_project", "co_design_workshop", "governance"},
    "venue_type": {"ward", "service_user_chosen", "home", "community", "office", "online"},
    "mode": {"in_person", "online", "hybrid"},
    "level_declared_by": {"staff", "service_user", "facilitator"},
    "attendance": {"attended", "apologies", "did_not_attend", "not_recorded"},
    "outcome": {"completed", "withdrew", "did_not_attend", "in_progress"},
    "stage": {
        *("approached", "interest", "eligibility", "conversation", "checks", "induction", "registered"),
        *("matched", "active", "paused", "left", "declined", "withdrew"),
    },
    "actor": {"person", "carer", "team", "clinician", "involvement_office", "system"},
    "reason_code": {*(f"D{number:02d}" for number in range(1, 15)), "D99"},
    "level": {"trust", "care_setting", "service_area", "team"},
    "kind": {"change_idea", "event", "rebase", "said"},
    "route": {"clinician", "advert", "peer", "open_event", "self"},
}
DATES = {
    "opened_on",
    "closed_on",
    "joined_on",
    "left_on",
    "held_at",
    "session_on",
    "enrolled_on",
    "completed_on",
    "event_on",
    "on_date",
    "as_at",
    "snapshot_on",
    "date_of_last_status_change",
    "date_joined",
    "due_on",
}
RANGES = {
    "duration_minutes": (1, 600),
    "involvement_level": (1, 7),
    "people": (0, 10000),
    **dict.fromkeys(("agenda_items", "agenda_items_by_service_users"), (0, 10000)),
    **dict.fromkeys(("actions_agreed", "actions_by_service_users"), (0, 10000)),
}
FORMS = ("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%y, %H:%M")


@dataclass
class World:
    """The good rows by feed, the latest of each key; and how many rows break each rule."""

    good: dict[str, dict[tuple[str, ...], Row]]
    broken: dict[str, Counter[str]]
    duplicates: Counter[str]


def recount(landing: Path, as_at: date) -> World:
    """Read everything twice: once for what a row says alone, once for what other rows say about it."""
    world = World(defaultdict(dict), defaultdict(Counter), Counter())
    seen: set[bytes] = set()
    for path in files(landing):
        feed, content = path.parent.name, path.read_bytes()
        rows = rows_of(path)
        if content in seen or not REQUIRED[feed] <= set(rows[0]):
            continue
        seen.add(content)
        _add_file(world, feed, rows, as_at)
    _drop_cancelled(world)
    return world


def _add_file(world: World, feed: str, rows: list[Row], as_at: date) -> None:
    by_key: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        rules = broken_rules(feed, row, as_at) | _unknown(world, feed, row)
        world.broken[feed].update(rules)
        if not rules:
            by_key[tuple(row[name] for name in KEYS[feed])].append(row)
    for key, same in by_key.items():
        if any(row != same[0] for row in same):
            world.broken[feed]["contradiction"] += len(same)
            continue
        world.duplicates[feed] += len(same) - 1
        world.good[feed][key] = same[0]


def broken_rules(feed: str, row: Row, as_at: date) -> set[str]:
    """The rules a row breaks by itself."""
    if "too_many" in row:
        return {"ragged_row"}
    rules = {"missing_key" for name in KEYS[feed] if not row[name]}
    rules |= {"missing_value" for name in REQUIRED[feed] - set(KEYS[feed]) if not row[name]}
    rules |= {"not_in_list" for name, values in LISTS.items() if row.get(name) and row[name] not in values}
    rules |= {"bad_date" for name in DATES if row.get(name) and day(row[name]) is None}
    rules |= {
        "out_of_range" for name, (low, high) in RANGES.items() if row.get(name) and not low <= int(row[name]) <= high
    }
    for part, whole in (
        ("agenda_items_by_service_users", "agenda_items"),
        ("actions_by_service_users", "actions_agreed"),
    ):
        if row.get(part) and row.get(whole) and int(row[part]) > int(row[whole]):
            rules.add("part_exceeds_whole")
    if row.get("stage") in ("declined", "withdrew") and not (row["actor"] and row["reason_code"]):
        rules.add("missing_reason")
    if re.search(r"@|\d{5} \d{6}", row.get("text", "")):
        rules.add("identifier_in_text")
    if row.get("kind") in ("rebase", "said") and not row["approved_by"]:
        rules.add("missing_value")
    return rules | _wrong_days(row, as_at)


def _wrong_days(row: Row, as_at: date) -> set[str]:
    happened = ["enrolled_on", "completed_on", "event_on", *(["held_at"] if row.get("status") == "held" else [])]
    days = [found for name in happened if (found := day(row.get(name, "")))]
    rules = {"in_the_future" for found in days if found > as_at}
    rules |= {
        "before_2000" for name in (*happened, "held_at") if (found := day(row.get(name, ""))) and found.year < 2000
    }
    enrolled, completed = day(row.get("enrolled_on", "")), day(row.get("completed_on", ""))
    if enrolled and completed and completed < enrolled:
        rules.add("completed_before_enrolled")
    return rules


def _unknown(world: World, feed: str, row: Row) -> set[str]:
    references = {
        "projects": ("team_id",),
        "meetings": ("team_id", "project_id"),
        "attendance": ("meeting_id",),
        "recruitment": ("team_id",),
    }
    if feed == "ms_teams":
        return set() if _reported(world, row["meeting"]) else {"unknown_reference"}
    for name in references.get(feed, ()):
        if row.get(name) and (row[name],) not in world.good[f"{name.removesuffix('_id')}s"]:
            return {"unknown_reference"}
    if feed == "caseload" and row["service_area_id"] not in _places(world):
        return {"unknown_reference"}
    if feed == "annotations" and row["place_id"] not in _places(world):
        return {"unknown_reference"}
    return set()


def _places(world: World) -> set[str]:
    columns = ("care_setting", "service_area_id", "team_id")
    return {"trust"} | {row[name] for row in world.good["teams"].values() for name in columns}


def _reported(world: World, meeting: str) -> bool:
    """Whether the register knows a report's meeting: by its identifier, or by its title within an hour of the start."""
    if (meeting,) in world.good["meetings"]:
        return True
    title, _, start = meeting.partition(" @ ")
    return any(
        row["online_title"] == title
        and row["status"] == "held"
        and abs(_moment(row["held_at"]) - datetime.fromisoformat(start)) <= timedelta(hours=1)
        for row in world.good["meetings"].values()
    )


def _moment(cell: str) -> datetime:
    return datetime.fromisoformat(cell) if "T" in cell else datetime.strptime(cell, "%d/%m/%Y %H:%M")


def _drop_cancelled(world: World) -> None:
    """What only all rows together show: attendance at a cancelled meeting, activity before interest."""
    for key, row in list(world.good["attendance"].items()):
        if row["attendance"] == "attended" and world.good["meetings"][row["meeting_id"],]["status"] == "cancelled":
            world.broken["attendance"]["meeting_cancelled"] += 1
            del world.good["attendance"][key]
    interests = [row for row in world.good["recruitment"].values() if row["stage"] == "interest"]
    first = {(row["candidate"], row["opportunity_id"]): day(row["event_on"]) for row in interests}
    for key, row in list(world.good["recruitment"].items()):
        since, on = first.get((row["candidate"], row["opportunity_id"])), day(row["event_on"])
        if row["stage"] in ("active", "left") and since and on and on < since:
            world.broken["recruitment"]["before_interest"] += 1
            del world.good["recruitment"][key]


@cache
def day(cell: str) -> date | None:
    """The day a cell names, if any."""
    for form in FORMS:
        try:
            return datetime.strptime(cell, form).date()
        except ValueError:
            continue
    return None
