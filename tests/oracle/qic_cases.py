"""Run and control charts as qicharts2 prints them."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from pipelines.statistics.charts import choose_scale, find_bounds
from pipelines.statistics.lines import LimitOptions
from pipelines.statistics.matrix import Layout
from pipelines.statistics.rules import ANHOEJ
from pipelines.statistics.runs import Method, judge_runs
from pipelines.statistics.spc import draw_points
from tests.oracle.case import Answer, Case, numbers

CHARTS = {"pp": "p_prime", "up": "u_prime"}
LINES = {"cl": "centre", "lcl": "lower", "ucl": "upper", "lcl_2sigma": "near_lower", "ucl_2sigma": "near_upper"}


def answer_qic(case: Case) -> Answer:
    asked = case.params
    chart = CHARTS.get(asked["chart"], asked["chart"])
    options = LimitOptions(asked["screened_moving_ranges"], least_sigma_z=None, scale=1.0)
    points = draw_points(_values(case, chart), ANHOEJ, options)
    low, high = find_bounds(chart, choose_scale(chart, options))
    times = float(asked.get("multiply") or 1)  # the reference multiplies what it has drawn
    cut = points.with_columns(pl.col(*LINES.values()).clip(low, high) * times, value=pl.col("value") * times)
    parts = [_part(part, asked["runs_method"], chart) for part in cut.partition_by("series", maintain_order=True)]
    return Answer(_columns(cut, parts), {"parts": parts})


def _values(case: Case, chart: str) -> pl.DataFrame:
    """One row for each x, in the order given; rows of the same x are summed first."""
    asked, rows = case.params, _sum_rows(case)
    number = pl.int_range(1, pl.len() + 1)
    bounds, freeze = asked.get("part") or [], asked.get("freeze")
    frozen = number <= freeze if freeze and not bounds else pl.lit(True)
    return rows.with_columns(
        indicator_id=pl.lit("case"),
        level=pl.lit("trust"),
        place_id=pl.lit("trust"),
        better=pl.lit("neither"),
        chart=pl.lit(chart),
        period_start=pl.lit(date(2000, 1, 1)) + pl.duration(days=number),
        segment=pl.sum_horizontal([pl.lit(1), *((number > bound).cast(pl.Int32) for bound in bounds)]),
        value=pl.coalesce("value", pl.col("numerator") / pl.col("denominator")),
        frozen=frozen,
        include=~number.is_in(asked.get("exclude") or []),
    ).with_columns(in_baseline=pl.col("frozen") & pl.col("include"))


def _sum_rows(case: Case) -> pl.DataFrame:
    first, *measures = case.input
    given = pl.DataFrame({name: pl.Series(numbers(case.input[name]), dtype=pl.Float64) for name in measures})
    both = pl.all_horizontal(pl.col(*measures).is_not_null())
    rows = given.with_columns(pl.when(both).then(pl.col(*measures)), x=pl.Series(case.input[first]))
    summed = rows.group_by("x", maintain_order=True).agg(
        pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in measures
    )
    missing = {"numerator", "denominator", "value"} - set(measures)
    return summed.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in missing)


def _part(part: pl.DataFrame, method: Method, chart: str) -> dict[str, Any]:
    side = part.select(pl.when("include").then("side").otherwise(0))["side"]
    tested = judge_runs(Layout.of(part["series"]).spread(side).astype(np.int8), method)
    bounds = {
        "longest_run": tested.longest,
        "longest_run_max": tested.longest_max,
        "n_crossings": tested.crossings,
        "n_crossings_min": tested.crossings_min,
    }
    return {
        "part": part["segment"][0],
        "n_obs": int(part["include"].sum()),
        "n_useful": int(tested.useful[0]),
        **{name: int(bound[0]) if tested.useful[0] else None for name, bound in bounds.items()},
        "runs_signal": bool(tested.signal[0]) and chart != "mr",
        "n_sigma_signals": int((part["outside"] != 0).sum()),
        "cl_first": part["centre"][0],
    }


def _columns(points: pl.DataFrame, parts: list[dict[str, Any]]) -> dict[str, list[Any]]:
    signals = {part["part"]: part["runs_signal"] for part in parts}
    return {
        "x": points["x"].to_list(),
        "y": points["value"].to_list(),
        "n": points["denominator"].fill_null(0).to_list(),
        "part": points["segment"].to_list(),
        "baseline": points["frozen"].to_list(),
        "include": points["include"].to_list(),
        **{name: points[line].to_list() for name, line in LINES.items()},
        "sigma_signal": (points["outside"] != 0).to_list(),
        "runs_signal": [signals[part] for part in points["segment"]],
    }
