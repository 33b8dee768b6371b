from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from pipelines.statistics.lines import LimitOptions
from pipelines.statistics.rebase import REBASE_SCHEMA, propose_rebases, say_proposal
from pipelines.statistics.segments import assign_segments
from pipelines.statistics.spc import draw_points, signal_points
from tests.statistics.series import make_run, month

LOW, HIGH = [40.0, 44, 41, 43] * 4, [60.0, 64, 61, 63] * 2


def make(values: Sequence[float | None], **columns: Any) -> pl.DataFrame:
    return make_run(values, **{"chart": "xmr", **columns})


def approve(*numbers: int) -> pl.DataFrame:
    place = {"indicator_id": "presence", "level": "trust", "place_id": "trust"}
    rows = [{**place, "rebase_on": month(number)} for number in numbers]
    return pl.DataFrame(rows, schema=REBASE_SCHEMA)


def test_a_lasting_shift_is_proposed_with_limits_before_and_after() -> None:
    got = propose_rebases(make(LOW + HIGH)).row(0, named=True)
    assert (got["rebase_on"], got["points"], got["direction"]) == (month(16), 8, 1)
    assert (got["centre"], got["centre_after"]) == pytest.approx((48.6667, 62), abs=1e-3)
    assert got["upper_after"] - got["lower_after"] < got["upper"] - got["lower"]


@pytest.mark.parametrize("values", [LOW + HIGH[:7], [*LOW, *HIGH, 40.0], LOW, [*LOW, *HIGH[:4], None, *HIGH[4:], 45.0]])
def test_a_shift_that_is_short_or_over_is_not_proposed(values: list[float | None]) -> None:
    assert propose_rebases(make(values)).height == 0


def test_an_approved_rebase_is_not_proposed_again() -> None:
    assert propose_rebases(make(LOW + HIGH), rebases=approve(16)).height == 0


def test_points_of_a_fixed_baseline_are_no_shift() -> None:
    options = LimitOptions(baseline_points=12)
    got = propose_rebases(make(LOW[:12] + HIGH), options=options).row(0, named=True)
    assert (got["rebase_on"], got["centre"]) == (month(12), 42)


def test_a_proposal_changes_no_limit() -> None:
    values = make(LOW + HIGH)
    propose_rebases(values)
    assert signal_points(values)["segment"].unique().to_list() == [1]


def test_an_approved_date_begins_a_segment_and_another_does_not() -> None:
    got = assign_segments(make(LOW), approve(4, 200))
    assert got["segment"].to_list() == [1] * 4 + [2] * 12


def test_a_rebase_isolates_what_lies_before_it() -> None:
    later = LOW + HIGH
    kept = draw_points(make(later), rebases=approve(16)).filter(pl.col("segment") == 1)
    alone = draw_points(make(later).head(16))
    assert kept.select("centre", "upper", "special_cause").equals(alone.select("centre", "upper", "special_cause"))


def test_a_rebase_of_one_place_leaves_the_others() -> None:
    both = pl.concat([make(LOW), make(LOW, place_id="other")])
    got = assign_segments(both, approve(4)).filter(pl.col("place_id") == "other")
    assert got["segment"].unique().to_list() == [1]


def test_a_proposal_is_said_with_what_was_and_what_would_be() -> None:
    row = propose_rebases(make(LOW + HIGH)).row(0, named=True) | {"grain": "month", "kind": "percent"}
    assert say_proposal(row) == (
        "Since May 2025, 8 months in a row lie above the average of 49 % (usual range 39 to 58 %). With a new baseline "
        "from May 2025 it would be 62 % (usual range 54 to 70 %). Until someone approves that, nothing changes."
    )


def test_a_run_chart_is_said_without_a_range() -> None:
    row = propose_rebases(make([*LOW, *LOW, *[x - 20 for x in LOW[:8]]], chart="run")).row(0, named=True)
    got = say_proposal(row | {"grain": "quarter", "kind": "count"})
    assert "8 quarters in a row lie below the median of 41. With" in got
