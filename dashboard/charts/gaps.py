"""Stored stretches of meetings as the rows the SPC chart is filled with; nothing computed."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import wording
from dashboard.charts.theme import POINT_LETTERS

Row = dict[str, Any]


def points(gaps: Sequence[Row], lines: Mapping[str, Any]) -> list[Row]:
    """One row for each stretch in time order (columns of Store.gaps), with the team's lines (Store.gap_chart)."""
    seen: dict[str, int] = {}
    drawn = [_point(gap, lines, seen) for gap in gaps]
    before = [{"letter": ""}, *drawn]
    return [{**row, "begins": row["letter"] != last["letter"]} for row, last in zip(drawn, before, strict=False)]


def _point(gap: Row, lines: Mapping[str, Any], seen: dict[str, int]) -> Row:
    is_open = gap["is_running"]
    ended = "now" if is_open else wording.short_day(gap["ended_on"])
    seen[ended] = seen.get(ended, 0) + 1
    is_beyond = gap["gap_no"] in lines["beyond"]
    kind = "concern" if is_beyond else "common_cause" if lines["limits"] == "full" else "none"
    has_lines = lines["upper_limit"] is not None
    return {
        "tick": ended if seen[ended] == 1 else f"{ended} ({seen[ended]})",
        "period": "still running" if is_open else wording.day(gap["ended_on"]),
        "began": wording.day(gap["first_on"]),
        "figure": f"{gap['meetings_without']} meetings",
        "not_recorded": str(gap["not_recorded"]),
        "usual": f"0 to {int(lines['upper_limit'])}" if has_lines else "not drawn",
        "note": _note(is_open, is_beyond),
        "told": f"{gap['not_recorded']} more not recorded",
        "value": gap["meetings_without"],
        "joined": None if is_open else gap["meetings_without"],
        "centre": lines["centre"],
        "lower_limit": 0.0 if has_lines else None,
        "upper_limit": lines["upper_limit"],
        "segment": 1,
        "target": None,
        "point_type": kind,
        "letter": POINT_LETTERS.get(kind, ""),
        "is_open": is_open,
    }


def _note(is_open: bool, is_beyond: bool) -> str:
    said = ["still running"] if is_open else []
    return "; ".join([*said, *(["longer than the usual range"] if is_beyond else [])]) or "usual"
