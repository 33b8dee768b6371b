"""Rows for the tests of statistics."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from pipelines.statistics.lines import Lines
from pipelines.statistics.rules import CAUSES, MDC_7_7, Findings, RuleSet, find_special_causes

ORACLE = Path(__file__).resolve().parents[3] / "shared" / "oracle"
NO_MINIMUM = replace(MDC_7_7, points_for_limits=1, points_for_signals=1)


def month(number: int) -> date:
    """The first day of the month `number` months after January 2024."""
    return date(2024 + number // 12, number % 12 + 1, 1)


def make_values(numerators: Sequence[int | None], denominators: Sequence[int | None], **columns: Any) -> pl.DataFrame:
    """A series of monthly percentages; `columns` replace the defaults."""
    pairs = zip(numerators, denominators, strict=True)
    percents = [100 * x / n if x is not None and n else None for x, n in pairs]
    return _make(len(percents), numerator=numerators, denominator=denominators, value=percents, **columns)


def make_run(values: Sequence[float | None], **columns: Any) -> pl.DataFrame:
    """A monthly run chart."""
    return _make(len(values), **{"value": values, "chart": "run", **columns})


def _make(length: int, **columns: Any) -> pl.DataFrame:
    defaults: dict[str, Any] = {
        "indicator_id": "presence",
        "level": "trust",
        "place_id": "trust",
        "chart": "p_prime",
        "period_start": [month(number) for number in range(length)],
        "numerator": [None] * length,
        "denominator": [None] * length,
        "better": "higher",
    }
    frame = pl.DataFrame({**defaults, **columns})
    return frame.with_columns(pl.col("numerator", "denominator").cast(pl.Int64), pl.col("value").cast(pl.Float64))


def make_indicators(**columns: Any) -> pl.DataFrame:
    """One indicator as published; `columns` replace the defaults."""
    defaults: dict[str, Any] = {
        "indicator_id": ["presence"],
        "short_title": "A service user in the room",
        "unit": "meetings",
        "kind": "percent",
        "grain": "month",
        "better": "higher",
        "target": None,
        "window_days": 0,
        "counts_people": False,
        "overview": 1,
        "beside": [["missing"]],
    }
    return pl.DataFrame({**defaults, **columns}).with_columns(pl.col("target").cast(pl.Float64))


def find_in(
    values: Sequence[float | None], centre: float = 0, limit: float = 1000, rules: RuleSet = MDC_7_7
) -> Findings:
    """What the rules find in one series of bare values around a fixed centre."""
    column = np.array([np.nan if value is None else value for value in values], dtype=float)[:, None]
    return find_special_causes(column, Lines.around(np.array([centre]), np.array([limit])), rules)


def find_causes(
    values: Sequence[float | None], centre: float = 0, limit: float = 1000, rules: RuleSet = MDC_7_7
) -> list[str]:
    """The special causes of one series of bare values around a fixed centre."""
    return [CAUSES[cause] for cause in find_in(values, centre, limit, rules).cause[:, 0]]
