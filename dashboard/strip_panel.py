"""The strip of meetings and all that must stand with it: what its marks mean, and the meetings in words."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import polars
import streamlit

from dashboard import chart_panel, components, wording
from dashboard.access import Scope
from dashboard.charts import strip
from dashboard.components import Row
from dashboard.store import Store
from dashboard.take_away import take_away

LETTERS = {"has_carer": ("c", "carer"), "has_peer_worker": ("p", "peer_worker")}
NONE = "No meeting is on record for this time."
FITS_A_PHONE = timedelta(weeks=17)
NARROW = "On a narrow screen only the latest meetings are drawn; all of them stand in the table."


@dataclass(frozen=True)
class Strip:
    """What a strip shows: `teams` (columns of components.teams_in) from top to bottom, from `first_on` to `last_on`."""

    title: str
    sentence: str
    teams: list[Row]
    first_on: date
    last_on: date


def show(scope: Scope, store: Store, shown: Strip, meetings: polars.DataFrame) -> None:
    """The marks of `meetings` (meeting_strip with the team's name, in order of day), their legend, files and table."""
    rows = components.as_rows(meetings)
    if not rows:
        streamlit.html(f'<p class="inv-quiet">{NONE}</p>')
        return
    names = [team["name"] for team in shown.teams]
    template = strip.template(components.theme())
    drawn = [mark(row) for row in rows]
    chart = strip.fill(template, drawn, teams=names, first_on=shown.first_on, last_on=shown.last_on)
    chart_panel.draw(chart, alt=f"{shown.title}. {shown.sentence}", key="strip")
    marks = entries(rows)
    is_cut = shown.last_on - shown.first_on > FITS_A_PHONE
    cut = f'<p class="inv-quiet inv-narrow">{NARROW}</p>' if is_cut else ""
    streamlit.html(chart_panel.legend(marks) + cut)
    take_away(
        "strip",
        shown.title,
        numbers=lambda: to_take_away(rows),
        chart=chart,
        sentence=shown.sentence,
        legend=marks,
    )
    behind(shown, rows, components.as_rows(store.of_teams(scope, "meeting_gap")))


def mark(row: Row) -> Row:
    """One meeting as the chart is filled with it."""
    return {
        "name": row["name"],
        "held_on": row["held_on"],
        "mark": row["mark"],
        "letters": "".join(letter for column, (letter, _) in LETTERS.items() if row[column]),
        "is_chosen_place": row["is_chosen_place"],
        "says": f"{wording.day(row['held_on'])}: {says(row)}",
    }


def says(row: Row) -> str:
    """One meeting in words."""
    more = [wording.MARKS[kind] for column, (_, kind) in LETTERS.items() if row[column]]
    chosen = [wording.MARKS["chosen_place"]] if row["is_chosen_place"] else []
    return "; ".join([wording.MARKS[row["mark"]], *more, *chosen])


def entries(rows: list[Row]) -> list[tuple[str, str]]:
    """What the marks mean, as small SVG texts and their words; only those that are on the chart."""
    kinds = [kind for kind in strip.MARKS if any(row["mark"] == kind for row in rows)]
    kinds += [kind for column, (_, kind) in LETTERS.items() if any(row[column] for row in rows)]
    kinds += ["chosen_place"] if any(row["is_chosen_place"] for row in rows) else []
    return [(strip.picture(kind, components.theme()), wording.MARKS[kind]) for kind in kinds]


def behind(shown: Strip, rows: list[Row], gaps: list[Row]) -> None:
    """The meetings in words, one row for each team, beside how long it is since a service user was there."""
    held: dict[str, list[Row]] = {}
    for row in rows:
        held.setdefault(row["place_id"], []).append(row)
    body = []
    for team in shown.teams:
        own = held.get(team["place_id"], [])
        since = [gap for gap in gaps if gap["place_id"] == team["place_id"]]
        body.append([team["name"], *since_last(since), in_words(own)])
    with streamlit.expander("The meetings behind this picture"):
        headings = ["Team", "A service user was last there", "Meetings since", "The meetings, latest first"]
        streamlit.html(components.scrolled(components.table(shown.title, headings, body), shown.title))


def since_last(gaps: list[Row]) -> list[str]:
    """When a service user was last in the room, and the stored count of meetings since."""
    last = max((gap["ended_on"] for gap in gaps if gap["ended_on"]), default=None)
    running = next((gap for gap in gaps if gap["is_running"]), None)
    if not gaps:
        return ["no meeting on record", ""]
    unknown = f", and {running['not_recorded']} not recorded" if running and running["not_recorded"] else ""
    return [
        wording.day(last) if last else "not on record",
        f"{running['meetings_without'] if running else 0}{unknown}",
    ]


def in_words(rows: list[Row]) -> str:
    """Every meeting of a team in one cell, the latest first."""
    latest_first = sorted(rows, key=lambda row: row["held_on"], reverse=True)
    by_month = groupby(latest_first, key=lambda row: (row["held_on"].year, row["held_on"].month))
    return " ".join(
        f"{wording.MONTHS[month - 1]} {year}: "
        + ", ".join(f"{row['held_on'].day} {says(row)}" for row in members)
        + "."
        for (year, month), members in by_month
    )


def to_take_away(rows: list[Row]) -> polars.DataFrame:
    """The meetings drawn, one a row."""
    return polars.DataFrame(
        [
            {
                "team": row["name"],
                "held_on": row["held_on"],
                "meeting": row["meeting_id"],
                "in_the_room": wording.MARKS[row["mark"]],
                "a_carer_was_there": row["has_carer"],
                "a_peer_worker_was_there": row["has_peer_worker"],
                "at_a_place_service_users_chose": row["is_chosen_place"],
            }
            for row in rows
        ],
        infer_schema_length=None,
    )
