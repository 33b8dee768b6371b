"""The way from interest to the first meeting: how far people come, why it ends and by whose decision."""

from collections.abc import Mapping, Sequence

import polars

from dashboard import section, wording
from dashboard.charts import bars, drawings
from dashboard.charts.sheet import Entries
from dashboard.components import Row, theme
from dashboard.listing import Numbers

FIRST_MEETING = "active"  # the last stage of the way
CAME = {"further": "common", "came": "improvement"}
DECIDED = {
    "involved": "neutral",
    "ours": "concern",
    "the_persons_own": "improvement",
    "neither": "common",
    "not_known": "quiet",
}
FURTHEST, WHY = "How far people come", "Why it ends, and by whose decision"
HOW = ["How it ended", "Whose decision", "People"]
NOT_YET = "No period of this place is complete yet."


def furthest(rows: Sequence[Row], tells: str) -> None:
    """How far people came within 180 days of their interest: a bar for each stage, in the order of the way."""
    if not rows:
        section.nothing(FURTHEST, NOT_YET)
        return
    groups = ["came" if row["category"] == FIRST_MEETING else "further" for row in rows]
    reached = [furthest_of(row) for row in rows]
    drawn = [
        bars.bar({**row, "title": title}, group, wording.FURTHEST[group], is_named=False)
        for row, title, group in zip(rows, reached, groups, strict=True)
    ]
    told = [[title, wording.people(row)] for row, title in zip(rows, reached, strict=True)]
    caption = f"People first interested {when(rows)}, by the furthest they came within 180 days"
    numbers = Numbers(caption, ["The furthest they came", "People"], told, exact(rows, furthest=reached))
    chart = bars.fill(bars.template(theme(), tuple(CAME.items())), drawn) if is_drawn(rows) else None
    marks = legend(CAME, wording.FURTHEST, groups)
    section.show("way", FURTHEST, tells, numbers, chart=chart, marks=marks, notes=[wording.ADDING_UP])


def furthest_of(row: Row) -> str:
    """A stage as what it says of those counted there: each person stands at one stage alone."""
    title = str(row["title"])
    return title if row["category"] == FIRST_MEETING else f"No further than: {title[:1].lower()}{title[1:]}"


def why(rows: Sequence[Row], not_now: Sequence[Row], tells: str) -> None:
    """How ways came to an outcome: a bar for those involved and for each reason, and who waits to be asked again."""
    if not rows:
        section.nothing(WHY, NOT_YET)
        return
    sides = [str(row["side"]) for row in rows]
    drawn = [bars.bar(row, side, wording.SIDES[side]) for row, side in zip(rows, sides, strict=True)]
    told = [[row["title"], wording.SIDES[side], wording.people(row)] for row, side in zip(rows, sides, strict=True)]
    known = exact(rows, how_it_ended=[row["title"] for row in rows], whose_decision=[wording.SIDES[s] for s in sides])
    numbers = Numbers(f"People whose way came to a first outcome {when(rows)}", HOW, told, known)
    chart = bars.fill(bars.template(theme(), tuple(DECIDED.items())), drawn) if is_drawn(rows) else None
    notes = [wording.ADDING_UP, *wording.REASONS, *(str(row["sentence"]) for row in not_now)]
    sentence, marks = f"{tells} {wording.OF_ENDED}".strip(), legend(DECIDED, wording.SIDES, sides)
    section.show("why", WHY, sentence, numbers, chart=chart, marks=marks, notes=notes)


def exact(rows: Sequence[Row], **first: Sequence[str]) -> polars.DataFrame:
    """What a file holds: the columns `first`, then how many people as a number, and whether they are shown."""
    counts = {
        "from": [row["period_start"] for row in rows],
        "to": [row["period_end"] for row in rows],
        "people": [row["denominator"] for row in rows],
        "status": [row["status"] for row in rows],
    }
    return polars.DataFrame({**first, **counts}, schema_overrides={"people": polars.Int64})


def when(rows: Sequence[Row]) -> str:
    """The period of the rows."""
    return wording.period(rows[0]["grain"], rows[0]["period_start"], rows[0]["period_end"])


def is_drawn(rows: Sequence[Row]) -> bool:
    """Whether any bar has a length."""
    return any(row["denominator"] for row in rows)


def legend(colours: Mapping[str, str], words: Mapping[str, str], found: Sequence[str]) -> Entries:
    """The groups that occur, by colour."""
    return [
        (drawings.mark("square", colour, theme()), words[group]) for group, colour in colours.items() if group in found
    ]
