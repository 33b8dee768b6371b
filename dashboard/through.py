"""Who waits how long, who gets through, who is like the people we serve: stored verdicts and sentences in tables."""

from collections.abc import Sequence

import polars

from dashboard import section, wording
from dashboard.charts import drawings, waiting
from dashboard.charts.sheet import Entries
from dashboard.components import Row, latest, theme
from dashboard.listing import Numbers

WAITING, STEPS = "How long it takes to the first meeting", "Waiting on us: days at each step"
THROUGH, LIKE = "Who gets through", "Like the people we serve"
CURVE = ["After", "Not yet at a meeting", "95 % interval"]
NOBODY_PASSED = "Nobody has passed a step in four complete quarters yet."
NO_CURVE = "Too few people for a curve of who is not yet at a meeting."
NOT_YET = "No 180 days have passed since anybody said they were interested."
NO_CASELOAD = "No four quarters with a caseload are complete yet."
TRUST_ONLY = "This is told for the whole trust only: smaller places have too few people."


def waits(curve: Sequence[Row]) -> None:
    """The waiting curve of the latest four quarters."""
    last = latest(curve)
    if not last:
        section.nothing(WAITING, NO_CURVE)
        return
    told = [
        [f"{row['day'] // 7} weeks", wording.percent(row["waiting"]), wording.spread(row["lower"], row["upper"])]
        for row in last
    ]
    section.show(
        "waiting",
        WAITING,
        str(last[0]["sentence"]),
        Numbers(f"People first interested {span(last)}", CURVE, told, curve_rows(last)),
        chart=waiting.fill(waiting.template(theme()), last),
        marks=marks(last),
        notes=[wording.NOT_AT_A_MEETING],
    )


def curve_rows(curve: Sequence[Row]) -> polars.DataFrame:
    """The curve to take away: percentages as numbers."""
    names = {"day": "days", "waiting": "percent_not_yet_at_a_meeting", "lower": "low", "upper": "high"}
    return polars.DataFrame(
        [{**dates(row), **{name: row[key] for key, name in names.items()}} for row in curve],
        infer_schema_length=None,
    )


def steps(passed: Sequence[Row]) -> None:
    """Waiting on us: the median days at each step."""
    if not passed:
        section.nothing(STEPS, NOBODY_PASSED)
        return
    told = [[row["step"], wording.days(row["days"])] for row in passed]
    known = polars.DataFrame(
        [
            {"step": row["step"], **dates(row), "half_waited_at_most_days": row["days"], "status": row["status"]}
            for row in passed
        ],
        infer_schema_length=None,
    )
    section.show("steps", STEPS, wording.STEPS, Numbers(span(passed), ["Step", "Half waited at most"], told, known))


def dates(row: Row) -> Row:
    """The period of a row, for a file."""
    return {"from": row["period_start"], "to": row["period_end"]}


def marks(curve: Sequence[Row]) -> Entries:
    """The legend of the waiting curve."""
    lines = {"curve": "not yet at a meeting", "target": "half of them"}
    lines |= {"band": "95 % interval"} if any(row["lower"] is not None for row in curve) else {}
    return [(drawings.stroke(line, theme()), words) for line, words in lines.items()]


def through(groups: Sequence[Row], summaries: Sequence[Row]) -> None:
    """Whether clearly fewer of a group come to a first meeting than of all others of the place."""
    if not groups:
        section.nothing(THROUGH, NOT_YET)
        return
    headings = ["Whether they come to a first meeting", "By", "Groups"]
    numbers = Numbers(f"People first interested {span(groups)}", headings, gathered(groups), exact(groups))
    section.show("through", THROUGH, said(groups, summaries), numbers, notes=[wording.GROUP_KNOWN])


def like(groups: Sequence[Row], summaries: Sequence[Row], level: str) -> None:
    """Whether clearly fewer of a group on the caseload come to meetings; for the trust alone."""
    last = latest(groups)
    if not last:
        section.nothing(LIKE, NO_CASELOAD if level == "trust" else TRUST_ONLY)
        return
    headings = ["Whether they come to meetings", "By", "Groups, with their share of the people we serve"]
    numbers = Numbers(f"Those who came {span(last)}", headings, gathered(last), exact(last))
    section.show("like", LIKE, said(last, summaries), numbers)


def gathered(rows: Sequence[Row]) -> list[list[str]]:
    """For each dimension and verdict the groups of which it is told."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in by_dimension(rows):
        name = wording.group(row["dimension"], row["category"])
        share = f" ({row['share_served']}\u00a0%)" if "share_served" in row else ""
        found.setdefault((row["dimension"], row["sentence"]), []).append(f"{name}{share}")
    return [
        [sentence, wording.DIMENSIONS[dimension], ", ".join(names)] for (dimension, sentence), names in found.items()
    ]


def exact(rows: Sequence[Row]) -> polars.DataFrame:
    """One row for each group, to take away."""
    return polars.DataFrame(
        [
            {
                "by": wording.DIMENSIONS[row["dimension"]],
                "group": wording.group(row["dimension"], row["category"]),
                **({"share_of_the_people_we_serve": row["share_served"]} if "share_served" in row else {}),
                "reads_as": row["sentence"],
            }
            for row in by_dimension(rows)
        ]
    )


def said(groups: Sequence[Row], summaries: Sequence[Row]) -> str:
    """The stored sentences of the same period, one for each dimension."""
    own = [row for row in summaries if row["period_start"] == groups[0]["period_start"]]
    return " ".join(str(row["sentence"]) for row in by_dimension(own))


def span(rows: Sequence[Row]) -> str:
    """The period of the rows."""
    return wording.period("four_quarters", rows[0]["period_start"], rows[0]["period_end"])


def by_dimension(rows: Sequence[Row]) -> list[Row]:
    """By dimension in the order of wording.DIMENSIONS, within one as they come."""
    order = list(wording.DIMENSIONS)
    return sorted(rows, key=lambda row: order.index(row["dimension"]))
