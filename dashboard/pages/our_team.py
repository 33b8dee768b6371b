"""What a QI lead needs before next week's meeting, of one team and its service area. Counts only."""

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

import polars
import streamlit

from dashboard import components, filters, strip_panel, wording
from dashboard.access import EDITIONS, Scope
from dashboard.components import Row, as_rows, card, table
from dashboard.listing import Numbers, as_shown
from dashboard.store import Store
from dashboard.take_away import take_away

TITLE = "Our team"
ORDER = 5
ICON = ":material/diversity_3:"
FILTERS = (filters.OF_TEAM,)
READERS = frozenset(role for role, edition in EDITIONS.items() if edition == "internal")  # the board's has no team
NO_TEAM = "No team is open to you yet: what a single team does is shown to the team itself and to those who help it."
WHOM_TO_ASK = "If you lead a team, ask {contact} to open it to you, and say which it is."
THEN = (
    "This page then shows its last twelve meetings, the change ideas under way, how many people wait and at which "
    "step, and the meetings nobody has recorded."
)
UNTIL_THEN = "Until then Overview and Trends show every service area."
HOW_TO_ADD = (
    "Send the idea, its owner (a role) and a day to look again to {contact}; it stands here after the next run."
)
NO_IDEA = "No change idea of the team is open."
COUNTED = "Our last 12 meetings; the service area's latest complete quarter"
RECORDED_HOW = "Nobody knows who came: add it to the register, and the mark changes after the next run"
WAITING = "People waiting, and learning"
ALL_RECORDED = "Who came is recorded for every meeting of the past year."
NOT_NOW, ASKED_US = "not_now", "Said 'not now' and asked us to come back"
WEEKS_OF_A_YEAR = 52
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Topic:
    """How what is published of a topic of waiting_now is told; `rest` by whether a step is told, and one hidden."""

    caption: str
    heading: str
    nobody: str
    few: str
    others_few: str
    no_others: str

    def rest(self, is_told: bool, is_hidden: bool) -> str:
        """What there is to say of the steps that are not in the table."""
        if is_hidden:
            return self.others_few if is_told else self.few
        return self.no_others if is_told else self.nobody


TOPICS = {
    "involvement": Topic(
        "Waiting on the way to a first meeting",
        "Waiting",
        "Nobody is waiting on the way to a first meeting.",
        "A few people are waiting on the way to a first meeting, at no step enough to be told.",
        "At each other step a few people are waiting, or nobody.",
        "Nobody is waiting at another step.",
    ),
    "training": Topic(
        "Service users learning",
        "Course",
        "No service user of the team is on a course or booked on one.",
        "A few service users of the team are on a course or booked on one.",
        "Of the other, a few or nobody.",
        "Nobody else is on a course or booked on one.",
    ),
}


def render(scope: Scope, store: Store) -> None:
    """State and strip, what to try next, counts beside the service area, people waiting, meetings to record."""
    teams, chosen = as_rows(components.teams_in(scope, store)), filters.chosen().team
    team = next((row for row in teams if chosen and row["place_id"] == chosen.place_id), None)
    if team is None:
        components.state_line(scope, store, TITLE)
        whom = WHOM_TO_ASK.format(contact=store.snapshot(scope)["contact"].item())
        components.message(TITLE, NO_TEAM, whom, THEN, UNTIL_THEN)
        return
    components.state_line(scope, store, team["name"])
    strip = meetings(scope, store, team)
    state(scope, store, team, strip)
    left, right = streamlit.columns(2)
    with left:
        next_steps(scope, store, team)
        counts(scope, store, team)
    with right:
        waiting(scope, store, team)
        to_record(scope, store, strip)


def meetings(scope: Scope, store: Store, team: Row) -> polars.DataFrame:
    """The strip of the team, in order of day."""
    strip = store.of_place(scope, "meeting_strip", "team", team["place_id"])
    return strip.with_columns(name=polars.lit(team["name"])).sort("held_on", "meeting_id")


def state(scope: Scope, store: Store, team: Row, strip: polars.DataFrame) -> None:
    """The stored sentence of the team and the strip of its last twelve meetings."""
    told = as_rows(store.of_place(scope, "team_note", "team", team["place_id"]))
    title = f"{TITLE}: {team['name']}"
    sentence = told[0]["sentence"] if told else strip_panel.NONE
    streamlit.html(f'{components.heading(title)}<p class="inv-headline">{escape(sentence)}</p>')
    if told:
        first_on, last_on = told[0]["first_on"], store.snapshot(scope)["as_at"].item()
        drawn = strip_panel.Strip(title, sentence, [team], first_on, last_on)
        strip_panel.show(scope, store, drawn, strip.filter(polars.col("held_on") >= first_on))


def next_steps(scope: Scope, store: Store, team: Row) -> None:
    """The open change ideas of the team, each with owner and day, and how to add one."""
    about = store.snapshot(scope).row(0, named=True)
    as_at = about["as_at"]
    is_open = (polars.col("kind") == "change_idea") & (polars.col("due_on").is_null() | (polars.col("due_on") >= as_at))
    ideas = store.of_place(scope, "annotation", "team", team["place_id"]).filter(is_open).sort("due_on", "on_date")
    items = "".join(f"<li>{escape(idea(row))}</li>" for row in as_rows(ideas))
    told = f'<ul class="inv-list">{items}</ul>' if items else f"<p>{NO_IDEA}</p>"
    how = HOW_TO_ADD.format(contact=about["contact"])
    streamlit.html(card("Try next", f'{told}<p class="inv-quiet">{escape(how)}</p>'))


def idea(row: Row) -> str:
    """A change idea, its owner and its day."""
    owner = f"owner: {row['owner']}" if row["owner"] else "no owner named"
    due = f"by {wording.day(row['due_on'])}" if row["due_on"] else "no day named"
    return f"{row['text']} ({owner}; {due})"


def counts(scope: Scope, store: Store, team: Row) -> None:
    """The last twelve meetings of the team in counts, beside the latest complete quarter of its service area."""
    recent = store.of_place(scope, "recent_meetings", "team", team["place_id"])
    beside = store.of_place(scope, "latest_value", "service_area", team["parent_id"]).select(
        polars.all().name.suffix("_beside")
    )
    numbers = store.indicators(scope).select("indicator_id", "short_title").join(recent, on="indicator_id")
    joined = numbers.join(
        beside, left_on="indicator_id", right_on="indicator_id_beside", how="left", maintain_order="left"
    )
    rows = as_rows(joined)
    quarter = max((row["period_start_beside"] for row in rows if row["period_start_beside"]), default=None)
    body = [[row["short_title"], wording.counts(row), in_area(row, quarter)] for row in rows]
    when = {period_of(row) for row in rows if row["period_start_beside"] == quarter and quarter}
    headings = ["Number", "Our team", ", ".join([team["area"], *when])]
    if body:
        listed("our_last_meetings", "Our last meetings in counts", as_shown(COUNTED, headings, body))


def period_of(row: Row) -> str:
    """The period of the service area's figure."""
    return wording.period(row["grain_beside"], row["period_start_beside"], row["period_end_beside"])


def in_area(row: Row, quarter: date | None) -> str:
    """What the service area counted in its latest complete period, which is named where it is not `quarter`."""
    if row["period_start_beside"] is None:
        return "not given"
    own = {name: row[f"{name}_beside"] for name in ("numerator", "denominator", "status", "is_complete")}
    other = "" if row["period_start_beside"] == quarter else f" ({period_of(row)})"
    return f"{wording.counts(own)}{other}"


def waiting(scope: Scope, store: Store, team: Row) -> None:
    """Who waits at which step and who learns, as at the end of the last complete month; never a few told apart."""
    rows = as_rows(store.of_place(scope, "waiting_now", "team", team["place_id"]).sort("topic", "step_no"))
    until = wording.day(store.snapshot(scope)["data_to"].item())
    told, shown = [], ""
    for topic, words in TOPICS.items():
        own = [row for row in rows if row["topic"] == topic]
        body = [[row["title"], str(row["people"]), longest(row)] for row in own if row["people"]]
        caption = f"{words.caption}, {until}"
        shown += table(caption, [words.heading, "People", "Longest so far"], body) if body else ""
        shown += f"<p>{escape(words.rest(bool(body), any(row['status'] == 'hidden' for row in own)))}</p>"
        told += [[caption, *texts] for texts in body]
    if rows:
        streamlit.html(card(WAITING, shown + asked_us(scope, store, team)))
    if told:
        headings = ["About", "Step or course", "People", "Longest so far"]
        take_away("people_waiting", WAITING, numbers=as_shown(WAITING, headings, told).exact)


def asked_us(scope: Scope, store: Store, team: Row) -> str:
    """How many people asked us to come back, in the latest four quarters that are told of."""
    reasons = store.of_place(scope, "indicator_breakdown", "team", team["place_id"])
    is_it = (polars.col("dimension") == "reason") & (polars.col("category") == NOT_NOW)
    told = as_rows(reasons.filter(is_it, polars.col("period_end") <= store.snapshot(scope)["data_to"].item()))
    if not told:
        return ""
    row = max(told, key=lambda cell: cell["period_start"])
    counted = "a few or none" if row["status"] == "hidden" else f"{row['denominator'] or 'nobody'}"
    when = wording.period(row["grain"], row["period_start"], row["period_end"])
    return f"<p>{ASKED_US}, {escape(when)}: {counted}.</p>"


def longest(row: Row) -> str:
    """The longest wait at a step in words."""
    weeks = row["longest_weeks"]
    return "" if weeks is None else "over a year" if weeks > WEEKS_OF_A_YEAR else f"up to {weeks} weeks"


def to_record(scope: Scope, store: Store, strip: polars.DataFrame) -> None:
    """The meetings of the past year of which nobody knows who came."""
    year_ago = store.snapshot(scope)["as_at"].item() - YEAR
    open_ones = strip.filter(polars.col("mark") == "question_mark", polars.col("held_on") > year_ago)
    rows = [[row["meeting_id"], wording.day(row["held_on"])] for row in as_rows(open_ones.reverse())]
    if rows:
        listed("meetings_to_record", "Meetings to record", as_shown(RECORDED_HOW, ["Meeting", "Held on"], rows))
    else:
        streamlit.html(card("Meetings to record", f"<p>{ALL_RECORDED}</p>"))


def listed(name: str, title: str, numbers: Numbers) -> None:
    """A table in a card, and its files."""
    streamlit.html(card(title, table(numbers.caption, numbers.headings, numbers.rows)))
    take_away(name, f"{title}: {numbers.caption}", numbers=numbers.exact)
