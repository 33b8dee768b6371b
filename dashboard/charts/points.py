"""Stored rows of one series as the rows a chart is filled with: words beside figures, nothing computed."""

from collections.abc import Sequence
from typing import Any

from dashboard import wording
from dashboard.charts.theme import POINT_LETTERS

Row = dict[str, Any]


def points(series: Sequence[Row], target: float | None) -> list[Row]:
    """One row for each period of `series` (columns of Store.series), in its order."""
    drawn = [_point(row, target) for row in series]
    before = [{"letter": ""}, *drawn]
    return [{**row, "begins": row["letter"] != last["letter"]} for row, last in zip(drawn, before, strict=False)]


def begun(series: Sequence[Row]) -> list[Row]:
    """`series` without the periods that have not ended and hold nothing for any of its places yet."""
    kept = {row["period_start"] for row in series if row["is_complete"] or row["denominator"]}
    return [row for row in series if row["period_start"] in kept]


def _point(row: Row, target: float | None) -> Row:
    is_open = row["status"] == "incomplete"
    kind = row["point_type"] or "none"
    when = (row["grain"], row["period_start"], row["period_end"])
    return {
        "tick": wording.tick(*when),
        "period": wording.period(*when),
        "figure": wording.figure(row),
        "usual": wording.spread(row["lower_limit"], row["upper_limit"]) or "not drawn",
        "note": note(row),
        "value": row["value"],
        "joined": None if is_open else row["value"],
        "numerator": row["numerator"],
        "denominator": row["denominator"],
        "centre": None if row["limits"] == "none" else row["centre"],
        "lower_limit": row["lower_limit"],
        "upper_limit": row["upper_limit"],
        "segment": row["segment"],
        "target": target,
        "point_type": kind,
        "letter": POINT_LETTERS.get(kind, ""),
        "is_open": is_open,
    }


def note(row: Row) -> str:
    """How one period reads: why it is missing, not ended, or the special cause in words."""
    if row["numerator"] is None:
        return wording.absence(row)
    if row["status"] == "incomplete":
        return wording.ABSENT["incomplete"]
    if row["value"] is None:
        return wording.NO_PERCENTAGE
    cause = wording.SPECIAL_CAUSES.get(row["special_cause"] or "none")
    kind = wording.POINT_TYPES.get(row["point_type"] or "none")
    return f"{kind}: {cause}" if cause and kind else cause or "usual"
