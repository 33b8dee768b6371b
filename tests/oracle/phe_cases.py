"""Intervals, quantiles and funnels as PHEindicatormethods prints them."""

from typing import Any

import numpy as np
import polars as pl

from pipelines.statistics.funnel_limits import (
    expected_limits,
    label_proportion,
    label_rate,
    label_ratio,
    proportion_limits,
)
from pipelines.statistics.intervals import wilson
from pipelines.statistics.matrix import Floats
from pipelines.statistics.quantiles import assign_quantiles
from pipelines.statistics.rates import FEW_EVENTS, byar, rate, z_of
from tests.oracle.case import Answer, Case, numbers

Columns = dict[str, list[Any]]
SIGMAS = {"2s": 0.95, "3s": 0.998}


def answer_proportion(case: Case) -> Answer:
    x, n, unit = _column(case, "numerator"), _column(case, "denominator"), case.params["multiplier"]
    with np.errstate(invalid="ignore", divide="ignore"):
        columns: Columns = {**case.input, "value": (unit * x / n).tolist()}
    for ending, confidence in _confidences(case):
        lower, upper = _wilson(x, n, np.full(x.shape, confidence))
        columns |= {f"lower{ending}": (unit * lower).tolist(), f"upper{ending}": (unit * upper).tolist()}
    return Answer(columns, {"method": "Wilson"})


def answer_rate(case: Case) -> Answer:
    events, population = _column(case, "numerator"), _column(case, "denominator")
    columns: Columns = {**case.input, "method": ["Exact" if x < FEW_EVENTS else "Byars" for x in events]}
    for ending, confidence in _confidences(case):
        value, lower, upper = rate(events, population, case.params["multiplier"], confidence)
        columns |= {"value": value.tolist(), f"lower{ending}": lower.tolist(), f"upper{ending}": upper.tolist()}
    method = "Byar if numerator >= 10, exact Poisson (chi-square) if < 10"
    return Answer(columns, {"method": method})


def answer_wilson(case: Case) -> Answer:
    lower, upper = _wilson(_column(case, "x"), _column(case, "n"), _confidence_column(case))
    return Answer({**case.input, "lowercl": lower.tolist(), "uppercl": upper.tolist()}, {})


def answer_byar(case: Case) -> Answer:
    ends = [byar(np.array([x]), level) for x, level in zip(_column(case, "x"), _confidence_column(case), strict=True)]
    lower, upper = ([float(pair[place][0]) for pair in ends] for place in (0, 1))
    return Answer({**case.input, "lowercl": lower, "uppercl": upper}, {})


def answer_quantile(case: Case) -> Answer:
    found = assign_quantiles(_column(case, "value"), case.params["nquantiles"], case.params["invert"]).tolist()
    return Answer({**case.input, "quantile": found, "published_quantile": found}, {})


def answer_limits(case: Case) -> Answer:
    """Limits at the sizes the reference chose for its axis, which are given to us."""
    axis = case.expected or {}
    unit = case.params.get("multiplier") or 1
    if case.params["statistic"] == "ratio":
        return Answer(_ratio_limits(np.array(numbers(axis["Observed_events"]), dtype=float), unit), {})
    if case.params["statistic"] == "rate":
        return Answer(_rate_limits(case, np.array(numbers(axis["Events"]), dtype=float)), {})
    baseline = float(_column(case, "numerator").sum() / _column(case, "denominator").sum())
    population = np.array(numbers(axis["Population"]), dtype=float)
    columns: Columns = {"Population": population.tolist(), "baseline": [unit * baseline] * len(population)}
    for sigma, confidence in SIGMAS.items():
        lower, upper = proportion_limits(baseline, population, confidence)
        columns[f"lower_{sigma}_limit"], columns[f"upper_{sigma}_limit"] = (
            (unit * lower).tolist(),
            (unit * upper).tolist(),
        )
    return Answer(columns, {})


def answer_significance(case: Case) -> Answer:
    statistic = case.params["statistic"]
    if statistic == "ratio":
        labels = label_ratio(_column(case, "obs"), _column(case, "expected"))
    elif statistic == "proportion":
        labels = label_proportion(_column(case, "numerator"), _column(case, "denominator"))
    else:
        events, value, unit = _column(case, "count"), _column(case, "rate"), case.params["multiplier"]
        with np.errstate(invalid="ignore"):
            population = unit * events / value
        labels = label_rate(events, value, population, unit, case.params["rate_type"])
    return Answer({**case.input, "significance": labels}, {})


def _ratio_limits(observed: Floats, unit: float) -> Columns:
    columns: Columns = {"Observed_events": observed.tolist()}
    for sigma, confidence in SIGMAS.items():
        for side, expected in zip(("lower", "upper"), expected_limits(observed, confidence), strict=True):
            columns[f"{side}_{sigma}_exp_events"] = expected.tolist()
            columns[f"{side}_{sigma}_count"] = (observed / expected - 1).tolist()
            columns[f"{side}_{sigma}_isr"] = (unit * observed / expected).tolist()
    return columns


def _rate_limits(case: Case, events: Floats) -> Columns:
    """At so many events, the population and rate that would just be too much or too little of the average rate."""
    unit, years = case.params["multiplier"], case.params.get("years_of_data") or 1
    counts = _column(case, "count" if "count" in case.input else "numerator")
    average = float(counts.sum() / (unit * counts / _column(case, "rate")).sum())
    columns: Columns = {"Events": events.tolist(), "baseline": [unit * average] * len(events)}
    for sigma, confidence in SIGMAS.items():
        for side, expected in zip(("lower", "upper"), expected_limits(events, confidence), strict=True):
            columns[f"{side}_{sigma}_population_1_year"] = (expected / average / years).tolist()
            columns[f"{side}_{sigma}_limit"] = (unit * average * events / expected).tolist()
    return columns


def _wilson(x: Floats, n: Floats, confidence: Floats) -> tuple[Floats, Floats]:
    z = [z_of(level) for level in confidence]
    ends = []
    for one in zip(x.tolist(), n.tolist(), z, strict=True):
        lower, upper = wilson(pl.lit(one[0]), pl.lit(one[1]), one[2])
        ends.append(pl.select(lower=lower, upper=upper).row(0))
    return tuple(np.array([end[side] for end in ends], dtype=float) / 100 for side in (0, 1))  # type: ignore[return-value]


def _column(case: Case, name: str) -> Floats:
    return np.array(numbers(case.input[name]), dtype=float)


def _confidence_column(case: Case) -> Floats:
    cells = case.input.get("confidence") or [str(case.params.get("confidence", 0.95))] * len(case.input["x"])
    return np.array([float(cell.rstrip("%")) / (100 if cell.endswith("%") else 1) for cell in cells])


def _confidences(case: Case) -> list[tuple[str, float]]:
    """The ending of the columns (95, 998; none for a single confidence) and the confidence."""
    asked = case.params["confidence"]
    if not isinstance(asked, list):
        return [("", asked)]
    return [(f"{100 * confidence:g}".replace(".", ""), confidence) for confidence in asked]
