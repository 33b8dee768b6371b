"""Funnels as FunnelPlotR prints them."""

import numpy as np
import polars as pl

from pipelines.statistics.funnel import Funnel, FunnelOptions, Measure, draw_funnel
from tests.oracle.case import Answer, Case, numbers

MEASURES: dict[str, Measure] = {"PR": "proportion", "RC": "ratio_of_counts"}
RATIOS: dict[str, Measure] = {"SHMI": "ratio_shmi", "CQC": "ratio_cqc"}
ENDS = {95: "95", 99: "998"}


def answer_funnel(case: Case) -> Answer:
    asked = case.params
    places = _sum_rows(case)
    options = FunnelOptions(
        adjust=asked["draw_adjusted"],
        trim_by=asked["trim_by"],
        limit=asked["limit"],
        multiplier=asked["multiplier"],
        round_expected=asked["SHMI_rounding"],
    )
    measure = MEASURES.get(asked["data_type"]) or RATIOS[asked["sr_method"]]
    observed, expected = places["numerator"].to_numpy(), places["denominator"].to_numpy()
    drawn = draw_funnel(observed, expected, measure, options)
    shown = np.round(expected, 2) if measure == "ratio_shmi" and options.round_expected else expected
    columns = {
        "group": places["group"].to_list(),
        "numerator": observed.tolist(),
        "denominator": shown.tolist(),
        "z": drawn.z.tolist(),
        "z_trimmed": drawn.z_trimmed.tolist(),
        "outlier": drawn.is_outlier.astype(int).tolist(),
    }
    for prefix, limits in (("", drawn.limits), ("od_", drawn.adjusted)):
        for level, (lower, upper) in limits.items():
            columns[f"{prefix}ll{ENDS[level]}"], columns[f"{prefix}ul{ENDS[level]}"] = lower.tolist(), upper.tolist()
    return Answer(columns, _summary(drawn, places, asked["draw_unadjusted"]))


def _sum_rows(case: Case) -> pl.DataFrame:
    given = pl.DataFrame(
        {
            "group": case.input["group"],
            "numerator": pl.Series(numbers(case.input["numerator"]), dtype=pl.Float64),
            "denominator": pl.Series(numbers(case.input["denominator"]), dtype=pl.Float64),
        }
    )
    return given.group_by("group").sum().sort("group")


def _summary(drawn: Funnel, places: pl.DataFrame, unadjusted: bool) -> dict[str, object]:
    outliers = places.filter(pl.Series(drawn.is_outlier))["group"].to_list()
    return {
        "n_groups": places.height,
        "target": drawn.target,
        "phi": drawn.phi,
        "tau2": drawn.tau2,
        "adjusted_used": drawn.is_adjusted,
        "unadjusted_used": unadjusted or not drawn.is_adjusted,
        "n_outliers": len(outliers),
        "outliers": outliers,
    }
