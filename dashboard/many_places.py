"""Many teams at once: a funnel for those who see every team, and nothing for anybody else."""

from collections.abc import Sequence

import polars

from dashboard import section, wording
from dashboard.access import Scope
from dashboard.charts import drawings, funnel
from dashboard.charts.sheet import Entries
from dashboard.components import Row, as_rows, theme
from dashboard.listing import Numbers
from dashboard.store import Store


def many_places(scope: Scope, store: Store) -> None:
    """The funnel of all teams for the first number that has one; places stand in the table by name."""
    points = as_rows(store.told(scope, "funnel_point", level="team"))
    drawn_of = {row["indicator_id"] for row in points}
    indicator = next((row for row in as_rows(store.indicators(scope)) if row["indicator_id"] in drawn_of), None)
    if indicator is None:
        return
    names = {row["place_id"]: row["name"] for row in as_rows(store.places(scope)) if row["level"] == "team"}
    own = [row for row in points if row["indicator_id"] == indicator["indicator_id"]]
    drawn = [
        {**row, "name": names[row["place_id"]], "kind": funnel.kind(row["beyond"]), "figure": wording.counts(row)}
        for row in sorted(own, key=lambda row: int(row["denominator"]))
    ]
    first = drawn[0]
    spec = funnel.fill(funnel.template(theme()), drawn, unit=indicator["unit"])
    when = wording.period("quarter", first["period_start"], first["period_end"])
    told = [[row["name"], row["figure"], row["sentence"]] for row in sorted(drawn, key=lambda row: str(row["name"]))]
    section.show(
        "funnel",
        f"Many teams at once: {indicator['short_title'].lower()}, {when}",
        f"{wording.FUNNEL} {wording.WIDENED if first['is_adjusted'] else wording.NOT_WIDENED}",
        Numbers(f"Every team by name, {when}", ["Team", "Counted", "Reads as"], told, exact(drawn)),
        chart=spec,
        marks=marks(drawn),
        is_folded=True,
    )


def exact(drawn: Sequence[Row]) -> polars.DataFrame:
    """The same to take away: counts as numbers."""
    return polars.DataFrame(
        [
            {
                "team": row["name"],
                "from": row["period_start"],
                "to": row["period_end"],
                "counted": row["numerator"],
                "of": row["denominator"],
                "reads_as": row["sentence"],
            }
            for row in sorted(drawn, key=lambda row: str(row["name"]))
        ],
        infer_schema_length=None,
    )


def marks(drawn: Sequence[Row]) -> Entries:
    """The legend: only what is on it."""
    kinds = {row["kind"] for row in drawn}
    points = [
        (drawings.mark(funnel.SHAPES[kind], funnel.COLOURS[kind], theme()), words)
        for kind, words in wording.FUNNEL_KINDS.items()
        if kind in kinds
    ]
    lines = [line for line in wording.FUNNEL_LINES if line != "plain" or drawn[0]["is_adjusted"]]
    return points + [(drawings.stroke(line, theme()), wording.FUNNEL_LINES[line]) for line in lines]
