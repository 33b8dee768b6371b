"""The reference cases that lie beside the project; they are not shipped with it, and skipped where they are missing."""

import json
from typing import Any

import polars as pl
import pytest

from pipelines.statistics.limits import LimitOptions
from pipelines.statistics.rules import find_special_causes
from pipelines.statistics.spc import signal_points
from tests.statistics.series import NO_MINIMUM, ORACLE, find_causes, make_run, make_values

MANIFEST = ORACLE / "manifest.json"
CASES: list[dict[str, Any]] = json.loads(MANIFEST.read_text())["cases"] if MANIFEST.exists() else []
pytestmark = pytest.mark.skipif(not CASES, reason="the reference cases are not beside the project")

# The reference says 'falling' for a point of a rising trend where the next trend begins with a tie or a step back.
TIE_BETWEEN_TRENDS = {"xmr_edge_trend_up_tie_trend_up"}
CAUSES = {
    "Above UCL": ("outside_limits", 1),
    "Below LCL": ("outside_limits", -1),
    "7 Point Trend (Increasing)": ("trend", 1),
    "7 Point Trend (Decreasing)": ("trend", -1),
    "2 in 3 Above CL": ("two_in_three", 1),
    "2 in 3 Below CL": ("two_in_three", -1),
    "7 Points Above CL": ("shift", 1),
    "7 Points Below CL": ("shift", -1),
    "Common Cause": ("none", 0),
}


def cases(kind: str) -> list[Any]:
    found = [case for case in CASES if case["kind"] == kind and case["expected"] is not None]
    return [pytest.param(case, id=case["id"]) for case in found]


def read(case: dict[str, Any], part: str) -> pl.DataFrame:
    return pl.read_csv(ORACLE / case[part], infer_schema_length=None, null_values=["", "NaN"])


def baseline_of(case: dict[str, Any], frame: pl.DataFrame) -> pl.DataFrame:
    freeze, excluded = case["params"]["freeze"] or frame.height, case["params"]["exclude"]
    number = pl.int_range(1, pl.len() + 1)
    bounds = case["params"]["part"]
    segment = pl.sum_horizontal([pl.lit(1), *((number > bound).cast(pl.Int32) for bound in bounds)])
    frozen = (number <= freeze) if not bounds else pl.lit(True)
    return frame.with_columns(in_baseline=frozen & ~number.is_in(excluded), segment=segment)


@pytest.mark.parametrize("case", cases("qic_pp"))
def test_p_prime_is_that_of_qicharts2(case: dict[str, Any]) -> None:
    given, want = read(case, "input"), read(case, "expected")
    values = make_values(given["numerator"].to_list(), given["denominator"].to_list())
    options = LimitOptions(case["params"]["screened_moving_ranges"], least_sigma_z=None)
    got = signal_points(baseline_of(case, values), NO_MINIMUM, options)
    assert got["centre"].to_list() == pytest.approx([100 * x for x in want["cl"]], rel=1e-9)
    if want["lcl"].null_count() == want.height:  # constant: ours are the mean, the reference has none
        assert got["lower_limit"].equals(got["centre"], null_equal=True)
        return
    assert got["lower_limit"].to_list() == pytest.approx([100 * x for x in want["lcl"]], rel=1e-9)
    assert got["upper_limit"].to_list() == pytest.approx([100 * x for x in want["ucl"]], rel=1e-9)
    outside = got["special_cause"] == "outside_limits"
    assert outside.to_list() == want["sigma_signal"].cast(pl.String).str.to_lowercase().eq("true").to_list()


@pytest.mark.parametrize("case", cases("qic_run"))
def test_the_median_is_that_of_qicharts2(case: dict[str, Any]) -> None:
    given, want = read(case, "input"), read(case, "expected")
    y = given["value"] if "value" in given.columns else given["numerator"] / given["denominator"]
    got = signal_points(baseline_of(case, make_run(y.to_list())), NO_MINIMUM)
    assert got["centre"].to_list() == pytest.approx(want["cl"].to_list(), rel=1e-9)


@pytest.mark.parametrize("case", cases("xmr"))
def test_rules_on_given_limits_are_those_of_nhsrplotthedots(case: dict[str, Any]) -> None:
    want = read(case, "expected").with_columns(pl.col("value", "mean", "lpl", "upl").cast(pl.Float64))
    points = want.select("value", series=pl.col("rebase_group"), centre="mean", lower="lpl", upper="upl")
    got = find_special_causes(points, NO_MINIMUM)
    causes = [CAUSES[name or "Common Cause"] for name in want["special_cause_type"]]
    assert got["special_cause"].to_list() == [cause for cause, _ in causes]
    if case["id"] not in TIE_BETWEEN_TRENDS:
        assert got["direction"].to_list() == [direction for _, direction in causes]


def test_rules_on_bare_vectors_are_those_of_nhsrplotthedots() -> None:
    path = next(ORACLE / case["input"] for case in CASES if case["kind"] == "rule_vectors")
    for vector in json.loads(path.read_text()):
        if vector["rule"] == "trend":
            values, centre, limit = vector["y"], 0.5, 1000
        elif vector["rule"] == "shift":
            values, centre, limit = vector["relative_to_mean"], 0, 1000
        else:
            pairs = zip(vector["relative_to_mean"], vector["close_to_limits"], strict=True)
            values, centre, limit = [side * (25 if close else 5) for side, close in pairs], 0, 30
        got = [cause == vector["rule"] for cause in find_causes(values, centre, limit)]
        assert got == [flag == 1 for flag in vector["flag"]], vector
