"""The way from interest to the first meeting: how far people come, why it ends and by whose decision."""

from collections.abc import Mapping, Sequence

from dashboard import section, wording
from dashboard.charts import bars, drawings
from dashboard.charts.sheet import Entries
from dashboard.components import Row, theme
from dashboard.section import Numbers

FIRST_MEETING = "active"  # the last stage of the way
CAME = {"further": "common", "came": "improvement"}
DECIDED = {"ours": "concern", "the_persons_own": "improvement", "neither": "common", "not_known": "quiet"}
FURTHEST, WHY = "How far people come", "Why it ends, and by whose decision"
NOT_YET = "No period of this place is complete yet."


def furthest(rows: Sequence[Row], tells: str) -> None:
    """How far people came within 180 days of their interest: a bar for each stage, in the order of the way."""
    if not rows:
        section.nothing(FURTHEST, NOT_YET)
        return
    groups = ["came" if row["category"] == FIRST_MEETING else "further" for row in rows]
    drawn = [
        bars.bar(row, group, wording.FURTHEST[group], is_named=False) for row, group in zip(rows, groups, strict=True)
    ]
    told = [[row["title"], wording.people(row)] for row in rows]
    numbers = Numbers(f"People first interested {when(rows)}, by the furthest they came", ["Furthest", "People"], told)
    chart = bars.fill(bars.template(theme(), tuple(CAME.items())), drawn) if is_drawn(rows) else None
    marks = legend(CAME, wording.FURTHEST, groups)
    section.show("way", FURTHEST, tells, numbers, chart=chart, marks=marks)


def why(rows: Sequence[Row], not_now: Sequence[Row], tells: str) -> None:
    """Why ways ended: a bar for each reason and by whose decision, and how many wait to be asked again."""
    ended = [row for row in rows if row["side"] in DECIDED]
    if not ended:
        section.nothing(WHY, NOT_YET)
        return
    sides = [str(row["side"]) for row in ended]
    drawn = [bars.bar(row, side, wording.SIDES[side]) for row, side in zip(ended, sides, strict=True)]
    told = [[row["title"], wording.SIDES[side], wording.people(row)] for row, side in zip(ended, sides, strict=True)]
    numbers = Numbers(f"People whose way ended {when(ended)}", ["Why", "Whose decision", "People"], told)
    chart = bars.fill(bars.template(theme(), tuple(DECIDED.items())), drawn) if is_drawn(ended) else None
    notes = [*wording.REASONS, *(str(row["sentence"]) for row in not_now)]
    section.show("why", WHY, tells, numbers, chart=chart, marks=legend(DECIDED, wording.SIDES, sides), notes=notes)


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
