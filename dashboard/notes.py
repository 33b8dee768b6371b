"""What was noted about a place: change ideas, events, decisions to begin limits anew, and what service users said."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape

import polars

from dashboard import filters, wording
from dashboard.access import Scope
from dashboard.components import Row
from dashboard.filters import Place
from dashboard.listing import Numbers, as_shown
from dashboard.store import Store

NOBODY_ASKED = "No service user has been asked about this number yet."
A_YEAR = timedelta(days=365)
CAPTION = "Marked on the chart, by number. A note tells what happened then, not that it was the cause."
HEADINGS = ["No.", "When", "What", "Kind, and who owns or approved it"]


def noted(scope: Scope, store: Store, place: Place, indicator_id: str) -> list[Row]:
    """Every note on a chart of `place`: its own and those of the places it is part of, of the number or of all.

    A decision to begin limits anew holds for the place it names and no other. The columns are those of the published
    notes, and `where`.
    """
    names = names_above(store.places(scope), place)
    rows = store.annotations(scope).filter(
        polars.col("indicator_id").is_null() | (polars.col("indicator_id") == indicator_id)
    )
    return [
        {**row, "where": names[row["level"], row["place_id"]]}
        for row in rows.to_dicts()
        if (row["level"], row["place_id"]) in names
        and (row["kind"] != "rebase" or (row["level"], row["place_id"]) == (place.level, place.place_id))
    ]


def names_above(places: polars.DataFrame, place: Place) -> dict[tuple[str, str], str]:
    """The names of `place` and of every place it is part of, by level and id."""
    by_id = {row["place_id"]: row for row in places.to_dicts()}
    found, at = {}, by_id.get(place.place_id)
    while at is not None:
        found[at["level"], at["place_id"]] = _name(at)
        at = by_id.get(at["parent_id"])
    return found


def _name(place: Row) -> str:
    return filters.WHOLE_TRUST if place["level"] == "trust" else str(place["name"])


def on_the_chart(notes: Sequence[Row], drawn: Sequence[Row]) -> list[Row]:
    """The notes dated in a period of `drawn` (columns of Store.series), numbered, with that period's `tick`."""
    dated = [note for note in notes if note["kind"] != "said"]
    found = [
        (note, row) for note in dated for row in drawn if row["period_start"] <= note["on_date"] <= row["period_end"]
    ]
    return [
        {**note, "number": n, "tick": wording.tick(row["grain"], row["period_start"], row["period_end"])}
        for n, (note, row) in enumerate(found, start=1)
    ]


def numbers_by_tick(notes: Sequence[Row]) -> dict[str, str]:
    """The numbers that stand above each period: 1, or 2–4 where there are more."""
    ticks: dict[str, list[int]] = {}
    for note in notes:
        ticks.setdefault(note["tick"], []).append(note["number"])
    return {tick: str(own[0]) if len(own) == 1 else f"{own[0]}–{own[-1]}" for tick, own in ticks.items()}


def texts_by_tick(notes: Sequence[Row]) -> dict[str, str]:
    """What was noted in each period."""
    ticks: dict[str, list[str]] = {}
    for note in notes:
        ticks.setdefault(note["tick"], []).append(note["text"])
    return {tick: "; ".join(own) for tick, own in ticks.items()}


def listed(notes: Sequence[Row]) -> Numbers | None:
    """The notes of a chart as a table: decisions, ideas, events, the latest first; nothing without any."""
    if not notes:
        return None
    by_weight = sorted(notes, key=lambda note: (list(wording.NOTES).index(note["kind"]), -note["number"]))
    body = [[str(note["number"]), wording.day(note["on_date"]), what(note), who(note)] for note in by_weight]
    return as_shown(CAPTION, HEADINGS, body)


def lines(notes: Sequence[Row]) -> list[str]:
    """The same, a line for each in the order of the numbers, for a picture to take away."""
    return [f"{note['number']}. {wording.day(note['on_date'])}: {what(note)} · {who(note)}" for note in notes]


def what(note: Row) -> str:
    """What was done or decided, where, why, and until when."""
    told = f"{str(note['text']).rstrip('.')} ({note['where']})"
    if note["reason"]:
        told += f". Reason: {note['reason']}"
    return f"{told}. To be reviewed {wording.day(note['due_on'])}" if note["due_on"] else told


def who(note: Row) -> str:
    """The kind of note and the role that owns or approved it; never a person."""
    owner = note["owner"] or ("not named" if note["kind"] == "change_idea" else None)
    roles = [
        f"owner: {owner}" if owner else None,
        f"approved by: {note['approved_by']}" if note["approved_by"] else None,
    ]
    return "; ".join([wording.NOTES[note["kind"]], *(role for role in roles if role)])


def idea(note: Row) -> str:
    """A change idea in a line: what, where, who owns it, when it is looked at again."""
    due = f", review {wording.day(note['due_on'])}" if note["due_on"] else ""
    return f"{str(note['text']).rstrip('.')} ({note['where']}) · owner: {note['owner'] or 'not named'}{due}"


def said_anywhere(scope: Scope, store: Store) -> list[Row]:
    """All that service users said, wherever, no single team's among it; with `where`."""
    places = store.places(scope).filter(polars.col("level") != "team").to_dicts()
    names = {(row["level"], row["place_id"]): _name(row) for row in places}
    rows = store.annotations(scope).filter(polars.col("kind") == "said").to_dicts()
    found = [row for row in rows if (row["level"], row["place_id"]) in names]
    return [{**row, "where": names[row["level"], row["place_id"]]} for row in found]


def said(notes: Sequence[Row], heading: str = "h2") -> str:
    """What service users said about the number, the latest first, or that nobody has been asked."""
    told = [note for note in reversed(notes) if note["kind"] == "said"]
    quotes = "".join(
        f"<blockquote>{escape(note['text'])}<footer>{escape(note['where'])}, {wording.day(note['on_date'])}</footer>"
        "</blockquote>"
        for note in told
    )
    body = quotes or f"<p>{NOBODY_ASKED}</p>"
    return f'<section class="inv-said"><{heading} class="inv-small">What service users said</{heading}>{body}</section>'


def being_done(scope: Scope, store: Store, place: Place) -> list[Row]:
    """Change ideas under way in `place`, above it or within it, none of a team's but its own; with `where`.

    One is under way until its day of review; without such a day it stands for a year.
    """
    places = store.places(scope)
    names = names_above(places, place) | names_within(places, place)
    as_at = store.snapshot(scope)["as_at"].item()
    return [
        {**row, "where": names[row["level"], row["place_id"]]}
        for row in store.annotations(scope).to_dicts()
        if row["kind"] == "change_idea"
        and (row["level"], row["place_id"]) in names
        and as_at <= (row["due_on"] or row["on_date"] + A_YEAR)
    ]


def names_within(places: polars.DataFrame, place: Place) -> dict[tuple[str, str], str]:
    """The names of the care settings and service areas inside `place`."""
    inside, found = {place.place_id}, {}
    for row in places.to_dicts():  # from the trust down, so a parent comes before its children
        if row["parent_id"] in inside and row["level"] != "team":
            inside.add(row["place_id"])
            found[row["level"], row["place_id"]] = row["name"]
    return found
