"""Same table or separate rooms: presence by type of meeting, at both care settings, else at the trust as a whole."""

from collections.abc import Mapping, Sequence

import polars

from dashboard import dots, section, wording
from dashboard.access import Scope
from dashboard.charts import intervals
from dashboard.components import Row, as_rows, latest
from dashboard.filters import WHOLE_TRUST
from dashboard.listing import Numbers
from dashboard.store import Store

TITLE = "Same table or separate rooms?"
HIDDEN = "Hidden: only one or two service users came to some of these meetings, and it would show which."
ELSEWHERE = (
    "These are wards and community, or the whole trust, and not the two service areas above: "
    "presence by type of meeting is not told for service areas."
)
HEADINGS = ["Meetings", "Where", "A service user in the room", "None", "Not recorded"]


def rooms(scope: Scope, store: Store, above: str | None) -> None:
    """The section: sentence of the trust, dots of what may be shown, the three states in a table.

    `above` is the level of the two places the page puts beside each other: where it is another, that is said.
    """
    names = {row["place_id"]: row["name"] for row in as_rows(store.places(scope)) if row["level"] == "care_setting"}
    told = latest(as_rows(store.told(scope, "presence_by_meeting_type")))
    rows = ordered([counted(row, names) for row in told])
    if not rows:
        section.nothing(TITLE, "No four quarters are complete yet.")
        return
    shown = [row for row in rows if row["value"] is not None]
    level = "care_setting" if any(row["level"] == "care_setting" for row in shown) else "trust"
    chart, marks = dots.drawn(by_type([row for row in rows if row["level"] == level]))
    trust = [row for row in shown if row["level"] == "trust"]
    sentence = f"From {when(rows[0])}, {wording.by_meeting_type(trust)}" if trust else HIDDEN
    sentence = f"{ELSEWHERE} {sentence}" if above == "service_area" else sentence
    notes = [HIDDEN] if trust and any(row["status"] == "hidden" for row in rows) else []
    section.show("rooms", TITLE, sentence, states(rows), chart=chart, marks=marks, notes=notes)


def counted(row: Row, names: Mapping[str, str]) -> Row:
    """A row of presence_by_meeting_type as wording reads figures: those with a service user, of those known."""
    name = names.get(row["place_id"], WHOLE_TRUST)
    return {**row, "name": name, "numerator": row["meetings_present"], "denominator": row["meetings_known"]}


def ordered(rows: Sequence[Row]) -> list[Row]:
    """By type in their order, of each the care settings before the trust, wards first as in the filters."""
    kinds = list(wording.MEETING_TYPES)
    by_name = sorted(rows, key=lambda row: str(row["name"]), reverse=True)
    return sorted(by_name, key=lambda row: (kinds.index(row["meeting_type"]), row["level"] == "trust"))


def by_type(rows: Sequence[Row]) -> list[Row]:
    """A dot for each type and place."""
    names = list(dict.fromkeys(row["name"] for row in rows))
    sides = dict(zip(sorted(names, reverse=True), intervals.SIDES, strict=False))
    return [
        intervals.dot(wording.MEETING_TYPES[row["meeting_type"]], sides[row["name"]], row["name"], when(row), row)
        for row in rows
    ]


def states(rows: Sequence[Row]) -> Numbers:
    """The three states of presence by type and place."""
    told = [
        [
            wording.MEETING_TYPES[row["meeting_type"]],
            row["name"],
            wording.figure(row),
            *(wording.whole(row[name]) for name in ("meetings_absent", "meetings_not_recorded")),
        ]
        for row in rows
    ]
    return Numbers(f"Presence by type of meeting, {when(rows[0])}", HEADINGS, told, exact(rows))


def exact(rows: Sequence[Row]) -> polars.DataFrame:
    """The same to take away: counts as numbers, and whether they are shown."""
    return polars.DataFrame(
        [
            {
                "meetings": wording.MEETING_TYPES[row["meeting_type"]],
                "where": row["name"],
                "from": row["period_start"],
                "to": row["period_end"],
                "a_service_user_in_the_room": row["meetings_present"],
                "none": row["meetings_absent"],
                "not_recorded": row["meetings_not_recorded"],
                "known": row["meetings_known"],
                "status": row["status"],
            }
            for row in rows
        ],
        infer_schema_length=None,
    )


def when(row: Row) -> str:
    """The four quarters of a row."""
    return wording.period("four_quarters", row["period_start"], row["period_end"])
