"""Whatever the numbers: what may change limits, and what may change a flag."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.lines import LimitOptions
from pipelines.statistics.rules import RULE_SETS
from pipelines.statistics.spc import draw_points, signal_points
from tests.statistics.series import make_run

series = st.lists(st.integers(-50, 50), min_size=1, max_size=40)
with_gaps = st.lists(st.one_of(st.none(), st.integers(-50, 50)), min_size=1, max_size=40)
rule_sets = st.sampled_from(list(RULE_SETS.values()))
charts = st.sampled_from(["xmr", "i", "run"])
screens = st.booleans()
LINES = ["centre", "lower", "upper"]
MIRROR = {"improvement": "concern", "concern": "improvement"}


def make(values: Sequence[int | None], chart: str = "xmr", **columns: str) -> pl.DataFrame:
    return make_run(values, chart=chart, **columns)


@given(series, st.integers(-1000, 1000), st.sampled_from([1, 2, 3, 7, 0.5]), charts, screens)
def test_shifting_and_scaling_moves_the_lines_and_no_flag(
    values: list[int], by: int, times: float, chart: str, screen: bool
) -> None:
    options = LimitOptions(screen)
    plain = draw_points(make(values, chart), options=options)
    moved = draw_points(make_run([times * value + by for value in values], chart=chart), options=options)
    assert moved["special_cause"].equals(plain["special_cause"])
    assert moved["direction"].equals(plain["direction"])
    want = plain.select(pl.col(*LINES) * times + by).to_numpy()
    assert np.allclose(moved.select(LINES).to_numpy(), want, rtol=1e-9, atol=1e-9, equal_nan=True)


@given(with_gaps, charts, rule_sets, screens)
def test_a_missing_value_never_crashes_and_never_signals(
    values: list[int | None], chart: str, rules: object, screen: bool
) -> None:
    got = draw_points(make(values, chart), rules, LimitOptions(screen))  # type: ignore[arg-type]
    assert got.filter(pl.col("value").is_null())["special_cause"].is_in(["none"]).all()


@given(series)
def test_reversing_better_swaps_improvement_and_concern(values: list[int]) -> None:
    higher, lower = signal_points(make(values)), signal_points(make(values, better="lower"))
    assert higher["point_type"].replace(MIRROR).to_list() == lower["point_type"].to_list()


@given(series, series)
def test_a_rebase_isolates_segments(before: list[int], after: list[int]) -> None:
    both = make(before + after).with_columns(segment=pl.Series([1] * len(before) + [2] * len(after)))
    got = draw_points(both).filter(pl.col("segment") == 2)
    alone = draw_points(make(after))
    assert got.select(*LINES, "special_cause").equals(alone.select(*LINES, "special_cause"))


@given(with_gaps, st.integers(0, 1000))
def test_the_order_of_rows_is_irrelevant(values: list[int | None], seed: int) -> None:
    ordered = make(values)
    shuffled = ordered.sample(fraction=1, shuffle=True, seed=seed)
    assert signal_points(shuffled).equals(signal_points(ordered))


@given(st.integers(-1000, 1000).map(lambda tenths: tenths / 10), st.integers(1, 40), screens)
def test_a_constant_series_is_its_own_limit_and_no_signal(value: float, points: int, screen: bool) -> None:
    got = draw_points(make_run([value] * points, chart="xmr"), options=LimitOptions(screen))
    assert got["centre"].unique().to_list() == [value]
    assert got["special_cause"].unique().to_list() == ["none"]
    assert points == 1 or got["upper"].unique().to_list() == [value]


@given(series, series)
def test_a_series_does_not_depend_on_its_neighbours(values: list[int], others: list[int]) -> None:
    beside = draw_points(pl.concat([make(others, place_id="a"), make(values)]))
    alone = draw_points(make(values))
    names = [*LINES, "special_cause", "direction"]
    assert beside.filter(pl.col("place_id") == "trust").select(names).equals(alone.select(names))
