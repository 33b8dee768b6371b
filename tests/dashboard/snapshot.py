"""Writes a small published snapshot by hand, with the edges a page must survive."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.dashboard import room
from tests.dashboard.documents import documents
from tests.dashboard.edition import AS_AT, write_edition
from tests.dashboard.involvement import involvement_tables
from tests.dashboard.snapshot_notes import told_tables

TRUST = ("trust", "trust")
PLACES = [
    ("trust", "trust", None, "Whole trust"),
    ("inpatient", "care_setting", "trust", "Wards"),
    ("community", "care_setting", "trust", "Community"),
    ("A1", "service_area", "inpatient", "Acute wards"),
    ("A2", "service_area", "community", "Brain injury"),
    ("A3", "service_area", "community", "Community mental health"),
    ("T1", "team", "A1", "Ash ward"),
    ("T2", "team", "A1", "Birch ward"),
    ("T3", "team", "A2", "Cedar team"),
    ("T4", "team", "A3", "Dogwood team"),
]
LEVELS = ["trust", "care_setting", "service_area", "team"]
THERE, SHAPE = "Are service users there?", "Do service users shape it?"
INVOLVED, LEARN = "Do people get involved?", "Do service users learn?"
# id, title, short title, theme, better, target, counts people, grain, window, overview
INDICATORS = [
    ("presence", "Meetings with a service user in the room", "A service user in the room", THERE, "higher", None,
     False, "month", 0, 1),
    ("unrecorded", "Meetings where we do not know who came", "Meetings not recorded", THERE, "lower", 5.0,
     False, "month", 0, 2),
    ("agenda", "Agenda items raised by service users", "Agenda items by service users", SHAPE, "higher", None,
     False, "month", 0, 3),
    ("constant", "Meetings with a record of any kind", "Any record kept", SHAPE, "higher", 95.0,
     False, "month", 0, 4),
    ("active", "From interest to involvement in 180 days", "From interest to involvement", INVOLVED, "higher", None,
     True, "quarter", 180, 5),
    ("turned_away", "Ended for a reason on our side", "Turned away by us", INVOLVED, "lower", None,
     True, "quarter", 0, 6),
    ("one_point", "Training completed in 90 days", "Training completed", LEARN, "higher", None,
     True, "four_quarters", 0, 7),
    ("seats", "Share of seats taken by service users", "Share of seats", THERE, "neither", None,
     False, "month", 0, None),
]  # fmt: skip
MONTHS = [date(2024 + (9 + n) // 12, (9 + n) % 12 + 1, 1) for n in range(25)]  # Oct 2024 to Oct 2026
QUARTERS = MONTHS[::3][:8]
MEETINGS = {"trust": 220, "inpatient": 66, "community": 154, "A1": 22, "A2": 12, "A3": 14}


def build(
    data: Path,
    run_id: str = "20261103-061002",
    *,
    late: bool = True,
    instead: dict[str, list[tuple[object, ...]]] | None = None,
) -> Path:
    """Both editions under `data`/published/`run_id`, and the pointer moved to them; `instead` replaces whole tables."""
    folder = data / "published" / run_id
    folder.mkdir(parents=True)
    for edition in ("internal", "board"):
        write_edition(folder / f"{edition}.duckdb", edition, all_tables(run_id, edition, late) | (instead or {}))
    (folder / "manifest.json").write_text(json.dumps({"run_id": run_id}), encoding="utf-8")
    point_to(data, run_id)
    return folder


def all_tables(run_id: str, edition: str, late: bool) -> dict[str, list[tuple[object, ...]]]:
    """What is said of places, and in the internal edition of single teams too."""
    given, of_teams = tables(run_id, edition, late), room.tables()
    more = of_teams if edition == "internal" else {name: of_teams[name] for name in room.OF_PLACES}
    return given | {name: [*given.get(name, []), *rows] for name, rows in more.items()}


def point_to(data: Path, run_id: str) -> None:
    """Moves the pointer as a run does: a new link, then one replace."""
    fresh = data / "published" / "current.new"
    fresh.symlink_to(run_id)
    fresh.replace(data / "published" / "current")


PROPOSAL = "Since January 2026, 9 months in a row lie above the average of 40 %. Until it is approved, nothing changes."


def tables(run_id: str, edition: str, late: bool) -> dict[str, list[tuple[object, ...]]]:
    places = [place for place in PLACES if edition == "internal" or place[1] != "team"]
    values = [row for place in places for indicator in INDICATORS for row in value_rows(indicator, place, edition)]
    points = [row for place in places for indicator in INDICATORS for row in point_rows(indicator, place, values)]
    disclosure = {
        "internal": "Counts of 1 to 4 people are hidden, so that nobody can be recognised.",
        "board": "People figures are rounded to 5 and 1 to 7 hidden, so that nobody can be recognised.",
    }[edition]
    return {
        "snapshot": [(run_id, edition, AS_AT, date(2026, 9, 30), "Fernhill NHS Trust (invented)",
                      "the involvement office", disclosure, datetime(2026, 11, 3, 6, 10))],
        "place": list(places),
        "indicator": [indicator_row(indicator) for indicator in INDICATORS],
        "indicator_value": values,
        "signal_point": points,
        "signal": signal_rows(points),
        "rebase_proposal": [("presence", "care_setting", "community", "p_prime", date(2026, 1, 1), 9, 1, 40.0, 30.0,
                             50.0, 46.0, 37.0, 55.0, PROPOSAL, "mdc_7_7")],
        "comparison": [("presence", "care_setting", "inpatient", "community", date(2026, 9, 1), date(2026, 9, 30),
                        -17.0, -29.0, -3.0,
                        "Wards were 17 points lower than community teams (between 3 and 29 points lower).")],
        "briefing": briefing_rows(),
        **joined(told_tables(edition), involvement_tables(edition)),
        "feed_freshness": [("meetings", "Meetings", datetime(2026, 11, 2), date(2026, 10, 31), False, "On time."),
                           ("training", "Training", datetime(2026, 9, 1), date(2026, 8, 31), late, "None since Sep.")],
        "load_file": [("meetings", "meetings_october.csv", "ab" * 32, 1010, 1007, 3, 0, 0, "loaded", "Extra column."),
                      ("training", "training_september.csv", "cd" * 32, 0, 0, 0, 0, 0, "refused", "No heading row.")],
        "feed_rows": [("meetings", 1, 1010, 1007, 3, 0, 0, 0), ("training", 2, 40, 0, 0, 0, 0, 40)],
        **documents(edition),
        "quarantine_reason": [("meetings", "bad_date", 2), ("meetings", "a_local_rule", 1)],
        "check_result": [("meetings", "bad_date:held_at", "warning", False, 2, 1010, "held_at is a date."),
                         ("meetings", "in_the_future", "warning", True, 0, 1010, "Nothing is in the future.")],
    }  # fmt: skip


def joined(
    these: dict[str, list[tuple[object, ...]]], those: dict[str, list[tuple[object, ...]]]
) -> dict[str, list[tuple[object, ...]]]:
    """The tables of both, a table of both with the rows of both."""
    return {name: [*these.get(name, []), *those.get(name, [])] for name in {**these, **those}}


def indicator_row(indicator: tuple[object, ...]) -> tuple[object, ...]:
    name, title, short, theme, better, target, counts_people, grain, window, overview = indicator
    chart = ["p_prime", "run", "none"]
    return (name, title, short, f"What {short!r} counts, in one sentence.", "Are they there?",
            "Presence is not influence.", ["seats"], theme, "percent", "meetings", better, target, counts_people,
            name == "presence", grain, window, chart, LEVELS, overview, ["F1"], "meetings", "Involvement office",
            date(2026, 11, 1), f"select secret_{name} from marts.meeting",
            ["gender", "route"] if name == "turned_away" else [],
            {"presence": 1, "constant": 2, "active": 3, "turned_away": 4}.get(str(name)),
            {"active": "stage", "turned_away": "reason"}.get(str(name)))  # fmt: skip


def periods(grain: str) -> list[tuple[date, date]]:
    starts = {"month": MONTHS, "quarter": QUARTERS, "four_quarters": [date(2025, 10, 1)]}[grain]
    length = {"month": 1, "quarter": 3, "four_quarters": 12}[grain]
    return [(start, _last_day(start, length)) for start in starts]


def _last_day(start: date, months: int) -> date:
    month = start.month - 1 + months
    return date.fromordinal(date(start.year + month // 12, month % 12 + 1, 1).toordinal() - 1)


def grains(indicator: tuple[object, ...]) -> list[str]:
    return [str(indicator[7])] if indicator[6] else ["month", "quarter"]


def value_rows(indicator: tuple[object, ...], place: tuple[object, ...], edition: str) -> list[tuple[object, ...]]:
    place_id, level = place[0], place[1]
    return [
        (indicator[0], grain, level, place_id, start, end, *cell(indicator, str(place_id), n, end, edition))
        for grain in grains(indicator)
        for n, (start, end) in enumerate(periods(grain))
    ]


def cell(indicator: tuple[object, ...], place_id: str, n: int, end: date, edition: str) -> tuple[object, ...]:
    status = status_of(indicator, place_id, n, end)
    if status in ("hidden", "no_activity"):
        return None, None, None, None, None, status
    whole = MEETINGS.get(place_id, 4) + (n * 7) % 9
    share = 1.0 if indicator[0] == "constant" else 0.30 + 0.03 * ((n * 5) % 7)
    part = round(whole * (share * 0.6 if place_id in ("A1", "inpatient") else share))
    if indicator[0] == "unrecorded":
        part = round(whole * (0.08 if n < 24 else 0.02))
    if indicator[6] and edition == "board" and whole < 50:
        return part, whole, None, None, None, status
    value = 100 * part / whole
    return part, whole, value, max(0.0, value - 9), min(100.0, value + 9), status


def status_of(indicator: tuple[object, ...], place_id: str, n: int, end: date) -> str:
    is_complete = end + timedelta(days=int(str(indicator[8]))) <= AS_AT
    if indicator[0] == "turned_away" or (indicator[0] == "active" and n == 2) or (indicator[6] and not is_complete):
        return "hidden"
    if place_id == "A2" and n in (3, 4):
        return "no_activity"
    return "shown" if is_complete else "incomplete"


def point_rows(
    indicator: tuple[object, ...], place: tuple[object, ...], values: list[tuple[object, ...]]
) -> list[tuple[object, ...]]:
    level = str(place[1])
    grain = "quarter" if level == "service_area" and indicator[7] == "month" else indicator[7]
    chart = {"service_area": "run", "team": "none"}.get(level, "p_prime")
    shown = [row for row in values if row[:4] == (indicator[0], grain, level, place[0]) and row[11] == "shown"]
    shown = [row for row in shown if row[8] is not None]
    limits = "none" if len(shown) < 6 else "trial" if len(shown) < 12 else "full"
    flat = indicator[0] == "constant"
    return [
        (indicator[0], level, place[0], chart, n + 1, row[4], 1, row[8], 100.0 if flat else 38.0,
         None if limits == "none" or chart == "run" else 100.0 if flat else 27.0 - n % 3,
         None if limits == "none" or chart == "run" else 100.0 if flat else 50.0 + n % 3,
         *special(str(indicator[0]), n, limits), "made_by_hand", limits)
        for n, row in enumerate(shown)
    ]  # fmt: skip


def special(indicator_id: str, n: int, limits: str) -> tuple[str, str]:
    if limits != "full":
        return "none", "none"
    if indicator_id == "agenda" and n >= 17:
        return "shift", "improvement"
    if indicator_id == "presence" and n == 9:
        return "outside_limits", "concern"
    if indicator_id == "seats" and n >= 20:
        return "trend", "neutral_high"
    return "none", "common_cause"


def signal_rows(points: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    last: dict[tuple[object, ...], tuple[object, ...]] = {row[:3]: row for row in points}
    return [
        (*key, row[3], variation(str(key[0]), str(row[14])), assurance(str(key[0]), str(row[14])),
         f"{key[0]}: no sign of change beyond the usual ups and downs.", row[13], row[4], row[8], row[9], row[10],
         row[7], row[5])
        for key, row in last.items()
    ]  # fmt: skip


def variation(indicator_id: str, limits: str) -> str:
    if limits != "full":
        return "none"
    return {"agenda": "improvement_high", "seats": "neutral_high", "unrecorded": "concern_high"}.get(
        indicator_id, "common_cause"
    )


def assurance(indicator_id: str, limits: str) -> str:
    if limits != "full":
        return "none"
    return {"unrecorded": "fail", "constant": "pass"}.get(indicator_id, "none")


def briefing_rows() -> list[tuple[object, ...]]:
    headline = (
        "In September a service user was in the room at 93 of 227 meetings, about 4 in 10 (41 %). "
        "That is within the usual range (31 to 51 %): no sign of change. "
        "For 24 more meetings we do not know who came."
    )
    told: list[tuple[object, ...]] = [
        (
            level,
            place_id,
            1,
            "headline",
            "presence",
            f"{'' if place_id == 'trust' else f'{name}: '}{headline}",
            None,
            None,
        )
        for place_id, level, _, name in PLACES
        if level != "team"
    ]
    changed = "Agenda items by service users, Wards: more than before, for 7 months."
    told.append((*TRUST, 2, "change", "agenda", changed, "improvement_high", "inpatient"))
    again = "A service user in the room: September is below the usual range."
    told.append((*TRUST, 3, "change", "presence", again, "concern_low", "trust"))
    unknown = ("24 meetings not recorded", "2 numbers hidden", "1 feed late: training")
    told += [(*TRUST, 4 + n, "unknown", None, sentence, None, None) for n, sentence in enumerate(unknown)]
    return told
