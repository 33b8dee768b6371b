"""Stored figures in words: the one place that decides how a period, a count or a percentage is written."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

FEW = 30  # below this many, a percentage says more than the figures do: the counts alone are printed
FEWEST_POINTS = 6
FULL_LIMITS_FROM = 12
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ABSENT = {
    "hidden": "hidden: too few people",
    "no_activity": "none held",
    "incomplete": "not ended yet",
    None: "nothing recorded",
}
NO_PERCENTAGE = "counts only: too few for a percentage"
GRAINS = {"month": "month", "quarter": "quarter", "four_quarters": "four quarters"}
LEVELS = {"trust": "whole trust", "care_setting": "care setting", "service_area": "service area", "team": "team"}
VARIATIONS = {
    "common_cause": "No sign of change",
    "improvement_high": "Better: higher",
    "improvement_low": "Better: lower",
    "concern_high": "Concern: higher",
    "concern_low": "Concern: lower",
    "neutral_high": "Changed: higher",
    "neutral_low": "Changed: lower",
    "none": "Too soon to say",
}
ASSURANCES = {
    "pass": "meets it",
    "fail": "misses it",
    "inconsistent": "sometimes meets it",
    "none": "too soon to say",
}
SPECIAL_CAUSES = {
    "outside_limits": "outside the usual range",
    "trend": "six or more in one direction",
    "two_in_three": "two of three near the edge of the usual range",
    "shift": "a run on one side of the middle",
}
DIMENSIONS = {
    "ethnic_group": "ethnic group",
    "age_band": "age band",
    "gender": "gender",
    "route": "route",
    "reason": "reason",
}
GROUPS = {
    ("gender", "female"): "Women",
    ("gender", "male"): "Men",
    ("gender", "other"): "Another gender",
    ("route", "advert"): "An advert",
    ("route", "clinician"): "A clinician",
    ("route", "open_event"): "An open event",
    ("route", "peer"): "Somebody involved already",
    ("route", "self"): "Came by themselves",
    ("route", "other"): "Another way",
}
NOTES = {
    "rebase": "limits begin anew",
    "change_idea": "change idea",
    "event": "event",
    "said": "said by service users",
}
MEETING_TYPES = {
    "microsystem": "Microsystem meetings",
    "qi_project": "QI project meetings",
    "co_design_workshop": "Co-design workshops",
    "governance": "Governance meetings",
}
LONG_ABSENCE = "Teams that have met six or more times since a service user was last in the room"
LONG_ABSENCE_NOTE = "Counts of teams; no interval is worked out."
FUNNEL = "A mark beyond the limits says where to ask what differs, not who does well."
WIDENED = "The limits are widened, because teams differ more than chance alone would make them."
NOT_WIDENED = "The limits are what chance alone would keep to."
FUNNEL_KINDS = {
    "none": "within the limits",
    "inner": "beyond the inner limits, where 1 in 20 lies by chance",
    "outer": "beyond the outer limits, unlikely to be chance",
}
FUNNEL_LINES = {
    "centre": "all together",
    "outer": "99.8 % limits",
    "inner": "95 % limits",
    "plain": "the same, not widened",
}
SIDES = {
    "ours": "on our side",
    "the_persons_own": "the person's own",
    "neither": "nobody's decision",
    "not_known": "not known",
    "involved": "became involved",
}
OF_ENDED = "Counted are all whose way came to a first outcome in that time: they became involved, or it ended."
ADDING_UP = "Counts that are rounded or hidden need not add up to the whole."
NOT_AT_A_MEETING = "Whoever declined or was turned away counts as not at a meeting."
FURTHEST = {"further": "came no further within 180 days", "came": "came to a first meeting"}
REASONS = (
    "A judgement about the person: staff felt the person did not fit this project, or were concerned about health "
    "or capacity.",
    "Our systems: no place was free, the rules left the person out, checks did not come back or allow it, or support "
    "could not be given.",
    "We could change some of these: meeting times, payment.",
)
STEPS = "Days at each step, for those who passed it; whoever still waits, or whose way ended there, is not counted"
GROUP_KNOWN = "Only people whose group is known are compared, each group with all others of the same place."
POINT_TYPES = {
    "improvement": "better",
    "concern": "concern",
    "neutral_high": "changed, higher",
    "neutral_low": "changed, lower",
}
MARKS = {
    "filled": "service user present",
    "ring": "none, no invitation recorded",
    "ring_with_dot": "invited, could not come",
    "question_mark": "not recorded",
    "dash": "cancelled",
    "carer": "carer there",
    "peer_worker": "peer worker there",
    "chosen_place": "at a place service users chose",
}
VENUES = {
    "chosen_by_service_users": "where service users chose",
    "community": "in the community",
    "office": "in an office",
    "online": "online",
    "ward": "on a ward",
    "not_recorded": "place not recorded",
}

Row = Mapping[str, object]


def day(on: date) -> str:
    """31 Oct 2026."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def short_day(on: date) -> str:
    """31 Oct 26, for an axis."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year % 100:02}"


def period(grain: str, start: date, end: date) -> str:
    """Oct 2026, Jul-Sep 2026, or Oct 2025 to Sep 2026, with an en dash."""
    if grain == "month":
        return f"{MONTHS[start.month - 1]} {start.year}"
    if grain == "quarter":
        return f"{MONTHS[start.month - 1]}–{MONTHS[end.month - 1]} {end.year}"
    return f"{MONTHS[start.month - 1]} {start.year} to {MONTHS[end.month - 1]} {end.year}"


def tick(grain: str, start: date, end: date) -> str:
    """The same, short enough for an axis."""
    if grain == "four_quarters":
        return f"to {MONTHS[end.month - 1]} {end.year % 100:02}"
    first = MONTHS[start.month - 1]
    return f"{first if grain == 'month' else f'{first}–{MONTHS[end.month - 1]}'} {end.year % 100:02}"


def number(value: float) -> str:
    """A stored figure to whole units; small ones keep one decimal."""
    return f"{value:.1f}" if 0 < abs(value) < 1 else f"{value:.0f}"


def percent(value: float) -> str:
    """41 %, with a space that does not break."""
    return f"{number(value)}\u00a0%"


def sentences(text: str) -> list[str]:
    """A stored text by its sentences; figures such as 4.5 stay whole."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z0-9])", text.strip()) if text.strip() else []


def kept_together(sentence: str) -> str:
    """A stored sentence in which no line breaks between a figure and its percent sign."""
    return sentence.replace(" %", "\u00a0%")


def counts(row: Row) -> str:
    """1,152 of 2,304, or the words for why there is no count."""
    if row["numerator"] is None or row["denominator"] is None:
        return absence(row)
    return f"{row['numerator']:,} of {row['denominator']:,}"


def share(row: Row) -> str:
    """41 %, or nothing: of few, of one team, or where no percentage is published."""
    value, whole = row["value"], row["denominator"]
    is_percent = row.get("kind", "percent") == "percent" and row.get("level") != "team"
    if not is_percent or not isinstance(value, float) or not isinstance(whole, int) or whole < FEW:
        return ""
    return percent(value)


def figure(row: Row) -> str:
    """93 of 227 (41 %): counts always, the percentage only where it is fit to print."""
    return f"{counts(row)} ({share(row)})" if share(row) else counts(row)


def absence(row: Row) -> str:
    """Why a cell holds no figure."""
    if row["status"] == "hidden" and row.get("is_complete") is False:
        return ABSENT["incomplete"]
    status = row["status"]
    return ABSENT[status if isinstance(status, str) and status in ABSENT else None]


def spread(lower: object, upper: object) -> str:
    """31 to 51 %, or nothing where there are no limits."""
    if not isinstance(lower, float) or not isinstance(upper, float):
        return ""
    return percent(upper) if number(lower) == number(upper) else f"{number(lower)} to {percent(upper)}"


def usual_range(row: Row) -> str:
    """The usual range of a series, or why there is none."""
    points = row["points"]
    if not isinstance(points, int) or points < FEWEST_POINTS:
        return "too few points"
    limits = spread(row["lower_limit"], row["upper_limit"])
    if not limits:
        return (
            f"middle {percent(row['centre'])}" if share(row) and isinstance(row["centre"], float) else "too few for one"
        )
    return f"{limits} (trial)" if points < FULL_LIMITS_FROM else limits


def target(row: Row) -> str:
    """At most 5 %, at least 95 %, or nothing where no target is set."""
    wanted = row["target"]
    if not isinstance(wanted, float):
        return ""
    return f"{'at most' if row['better'] == 'lower' else 'at least'} {percent(wanted)}"


def listing(words: Sequence[str]) -> str:
    """a, b and c."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def whole(count: int | None) -> str:
    """A stored count, or the words for why there is none."""
    return "hidden" if count is None else f"{count:,}"


def by_meeting_type(rows: Sequence[Row]) -> str:
    """a service user was in the room at 10 of 61 governance meetings and 45 of 88 co-design workshops."""
    counted = {row["meeting_type"]: counts(row) for row in rows}
    said = [
        f"{counted[kind]} {name if name.startswith('QI') else name.lower()}"
        for kind, name in MEETING_TYPES.items()
        if kind in counted
    ]
    return f"a service user was in the room at {listing(said)}."


def people(row: Row) -> str:
    """30 people, none, or the words for why there is no count."""
    counted = row["denominator"]
    if counted is None:
        return "none" if row["status"] == "no_activity" else absence(row)
    return f"{counted:,} people" if isinstance(counted, int) and counted else "none"


def days(count: int | None) -> str:
    """21 days, or that it cannot be said."""
    if count is None:
        return "too few people to say"
    return "1 day" if count == 1 else f"{count:,} days"


def group(dimension: str, name: str) -> str:
    """A group of people of a dimension in words, with a capital; a local one by its name."""
    words = GROUPS.get((dimension, name), name.replace("_", " "))
    return f"{words[:1].upper()}{words[1:]}"
