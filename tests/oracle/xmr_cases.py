"""XmR charts as NHSRplotthedots prints them, and its rules on bare vectors."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from pipelines.statistics.lines import SCREEN, LimitOptions, Lines
from pipelines.statistics.matrix import Layout, moving_ranges
from pipelines.statistics.rules import CAUSES, MDC_7_7, RuleSet, find_special_causes
from pipelines.statistics.spc import draw_points
from pipelines.statistics.verdicts import assurance, point_type, variation
from tests.oracle.case import Answer, Case, numbers

BETTER = {"increase": "higher", "decrease": "lower", "neutral": "neither"}
FEW = 13  # the reference warns of segments with fewer rows; ours are called trial below 12 values
LABELS = {
    ("outside_limits", 1): "Above UCL",
    ("outside_limits", -1): "Below LCL",
    ("trend", 1): "7 Point Trend (Increasing)",
    ("trend", -1): "7 Point Trend (Decreasing)",
    ("two_in_three", 1): "2 in 3 Above CL",
    ("two_in_three", -1): "2 in 3 Below CL",
    ("shift", 1): "7 Points Above CL",
    ("shift", -1): "7 Points Below CL",
    ("none", 0): "Common Cause",
}
TYPES = ("common_cause", "improvement", "concern", "neutral_high", "neutral_low")
PLACE = {"indicator_id": "case", "level": "trust", "place_id": "trust"}


def answer_xmr(case: Case) -> Answer:
    points = _draw(case, MDC_7_7)
    return Answer(_columns(points, case), _summary(points, case))


def answer_variant(case: Case) -> Answer:
    """The settings of the Making Data Count tools: other lengths, or two in three with points beyond a limit."""
    asked = case.params
    rules = replace(
        MDC_7_7,
        shift_points=asked["shift_points"],
        trend_points=asked["trend_points"],
        near_counts_beyond=asked["two_in_three_counts_beyond_limits"],
    )
    return Answer(_columns(_draw(case, rules), case), {})


def answer_vectors(case: Case) -> Answer:
    """One column of flags for each vector; wanted are those of the vector itself."""
    return Answer({str(place): _flag(vector) for place, vector in enumerate(case.vectors)}, {})


def _draw(case: Case, rules: RuleSet) -> pl.DataFrame:
    asked = case.params
    values = pl.DataFrame(
        {
            **PLACE,
            "chart": "xmr",
            "period_start": [date.fromisoformat(day) for day in case.input["date"]],
            "value": pl.Series(numbers(case.input["value"]), dtype=pl.Float64),
            "numerator": None,
            "denominator": None,
            "better": BETTER[asked["improvement_direction"]],
        }
    ).with_columns(target=pl.lit(asked.get("target"), dtype=pl.Float64))
    days = pl.Series([date.fromisoformat(day) for day in asked.get("rebase") or []], dtype=pl.Date)
    rebases = pl.DataFrame({"rebase_on": days}).with_columns(**{name: pl.lit(text) for name, text in PLACE.items()})
    options = LimitOptions(asked["screen_outliers"], baseline_points=asked.get("fix_after_n_points"))
    points = draw_points(values, rules, options, rebases)
    better = pl.col("better")
    met = assurance(pl.col("target"), better, pl.col("centre"), pl.col("lower"), pl.col("upper"))
    typed = points.with_columns(point_type=point_type(points["direction"], points["better"]))
    return typed.with_columns(variation=variation(pl.col("point_type"), better), assurance=met)


def _columns(points: pl.DataFrame, case: Case) -> dict[str, list[Any]]:
    layout = Layout.of(points["series"])
    baseline = layout.spread_flags(points["in_baseline"])
    ranges = layout.gather(moving_ranges(layout.spread(points["value"]), baseline))
    mean = (ranges.to_frame("r").with_columns(points["series"]).select(pl.col("r").mean().over("series")))["r"]
    used = (ranges < SCREEN * mean) if case.params["screen_outliers"] else ranges.is_not_null()
    causes = zip(points["special_cause"], points["direction"], strict=True)
    flags = {
        "outside_limits": points["outside"] != 0,
        "rule_outside_limits": points["outside"] != 0,
        "close_to_limits": points["near"] != 0,
        "rule_trend": points["trend"] != 0,
        "rule_two_in_three": points["two_in_three"] != 0,
        "rule_shift": points["shift"] != 0,
        "special_cause_flag": points["special_cause"] != "none",
        "in_limit_calculation": points["in_baseline"] & points["value"].is_not_null(),
        "mr_used": used.fill_null(False),
    }
    known = points["value"].is_not_null()
    others = {
        "date": points["period_start"].cast(pl.String),
        "value": points["value"],
        "rebase_group": points["segment"] - 1,
        "mean": points["centre"],
        "lpl": points["lower"],
        "upl": points["upper"],
        "near_lpl": points["near_lower"],
        "near_upl": points["near_upper"],
        "moving_range": ranges,
        "mean_moving_range": points["mean_range"],
        "relative_to_mean": points["side"].to_frame().select(pl.when(known).then("side"))["side"],
        "point_type": points["point_type"].replace_strict(_spell_type()),
        "short_group_warning": points.select(pl.len().over("series") < FEW).to_series(),
    }
    columns = {name: column.to_list() for name, column in {**flags, **others}.items()}
    return {**columns, "special_cause_type": [LABELS[cause] for cause in causes]}


def _summary(points: pl.DataFrame, case: Case) -> dict[str, Any]:
    last = points.row(-1, named=True)
    verdict = last["assurance"]
    if case.params.get("target") is None or verdict == "none":
        verdict = None
    return {
        "variation_icon": last["variation"],
        "assurance_icon": verdict,
        "assurance_type": f"consistent_{verdict}" if verdict in ("pass", "fail") else verdict,
        "last_point_type": _spell_type()[last["point_type"]],
        "groups": [_group(segment) for segment in points.partition_by("series", maintain_order=True)],
    }


def _group(segment: pl.DataFrame) -> dict[str, Any]:
    last = segment.row(-1, named=True)
    counts = {name: (segment["point_type"] == kind).sum() for kind, name in _spell_type().items()}
    return {
        "rebase_group": last["segment"] - 1,
        "n": segment.height,
        "mean": last["centre"],
        "lpl": last["lower"],
        "upl": last["upper"],
        **counts,
        "last_point_type": _spell_type()[last["point_type"]],
        "short_group_warning": segment.height < FEW,
    }


def _spell_type() -> dict[str, str]:
    return {kind: kind if kind == "common_cause" else f"special_cause_{kind}" for kind in TYPES}


def _flag(vector: dict[str, Any]) -> list[int]:
    """Shift and trend on values far within wide limits; near points at 25 of 30, others at 5."""
    rule, limit = vector["rule"], 30.0 if vector["rule"] == "two_in_three" else 1e6
    values = vector["y"] if rule == "trend" else vector["relative_to_mean"]
    if rule == "two_in_three":
        near = zip(values, vector["close_to_limits"], strict=True)
        values = [side * (25 if close else 5) for side, close in near]
    column = np.array([np.nan if value is None else value for value in values], dtype=float)[:, None]
    found = find_special_causes(column, Lines.around(np.zeros(1), np.array([limit])), MDC_7_7)
    assert rule in CAUSES
    return [int(sign != 0) for sign in getattr(found, rule)[:, 0]]
