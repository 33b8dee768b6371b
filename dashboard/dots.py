"""Two places beside each other: rows of dots with their intervals, and the table that says the same in counts."""

from collections.abc import Sequence
from typing import Any

import polars

from dashboard import wording
from dashboard.charts import drawings, intervals
from dashboard.charts.sheet import Entries, Spec
from dashboard.components import Row, theme
from dashboard.listing import Numbers

FIGURES = ("numerator", "denominator", "value", "lower", "upper", "status")
NOT_COMPARED = "No difference can be told."


def drawn(dots: Sequence[Row]) -> tuple[Spec | None, Entries]:
    """The chart and its legend; none where no dot has a figure."""
    if all(dot["value"] is None for dot in dots):
        return None, ()
    names = {dot["side"]: dot["name"] for dot in dots}
    marks = [
        (drawings.mark(intervals.SHAPES[side], intervals.COLOURS[side], theme()), name) for side, name in names.items()
    ]
    marks.append((drawings.stroke("interval", theme()), "95 % interval"))
    return intervals.fill(intervals.template(theme()), dots), marks


def of_pair(rows: Sequence[Row], names: Sequence[str]) -> list[Row]:
    """Two dots for each row of side_by_side."""
    return [
        intervals.dot(row["short_title"], side, name, when(row), side_of(row, side))
        for row in rows
        for side, name in zip(intervals.SIDES, names, strict=True)
    ]


def side_of(row: Row, side: str) -> dict[str, Any]:
    """The figures of one side of a row of side_by_side, as wording.figure reads them."""
    return {**{name: row[f"{name}_{side}"] for name in FIGURES}, "kind": row["kind"]}


def differences(rows: Sequence[Row]) -> str:
    """The stored sentences of every clear difference first, then by name what has none."""
    clear = [f"{row['short_title']}: {row['sentence']}." for row in rows if row["is_clear"]]
    alike = [row["short_title"] for row in rows if row["sentence"] and not row["is_clear"]]
    told = clear + ([f"No clear difference: {'; '.join(alike)}."] if alike else [])
    return " ".join(told) or NOT_COMPARED


def when(row: Row) -> str:
    """The period of a row of side_by_side."""
    if row["period_start"] is None:
        return "nothing complete yet"
    return wording.period(row["grain"], row["period_start"], row["period_end"])


def numbers(rows: Sequence[Row], names: Sequence[str], absences: dict[str, Row]) -> Numbers:
    """The table of a pair: each number with the counts of both and their difference in words."""
    told = [
        [
            row["short_title"],
            when(row),
            *(wording.figure(side_of(row, side)) for side in intervals.SIDES),
            wording.kept_together(row["sentence"] or NOT_COMPARED),
        ]
        for row in rows
    ]
    known = _exact(rows, names)
    if all(name in absences for name in names):
        known += [_absent(name, absences[name]) for name in names]
        counted = [f"{absences[name]['teams_waiting']} of {absences[name]['teams_judged']}" for name in names]
        told.insert(1, [wording.LONG_ABSENCE, "now", *counted, wording.LONG_ABSENCE_NOTE])
    headings = ["Number", "When", *names, "Difference"]
    return Numbers(
        "Latest complete figures, 95 % intervals", headings, told, polars.DataFrame(known, infer_schema_length=None)
    )


def _absent(name: str, row: Row) -> Row:
    counted = {"counted": row["teams_waiting"], "of": row["teams_judged"]}
    return {"number": wording.LONG_ABSENCE, "place": name, **counted, "status": "shown"}


def _exact(rows: Sequence[Row], names: Sequence[str]) -> list[Row]:
    return [
        {
            "number": row["title"],
            "place": name,
            "from": row["period_start"],
            "to": row["period_end"],
            "counted": row[f"numerator_{side}"],
            "of": row[f"denominator_{side}"],
            "percent": row[f"value_{side}"] if wording.share(side_of(row, side)) else None,
            "low": row[f"lower_{side}"],
            "high": row[f"upper_{side}"],
            "status": row[f"status_{side}"],
            "difference": row["sentence"],
        }
        for row in rows
        for side, name in zip(intervals.SIDES, names, strict=True)
    ]
