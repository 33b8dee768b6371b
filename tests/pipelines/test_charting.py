"""Which published values make a chart, and where an approved decision lets its limits begin anew."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.charting import draw_charts, find_rebases
from pipelines.grains import CHART_OF_LEVEL
from pipelines.settings import RuleSetName, Settings
from pipelines.statistics.rules import RULE_SETS

MONTHS = [date(2024 + number // 12, number % 12 + 1, 1) for number in range(24)]
LOW, HIGH = [40, 44, 41, 43] * 4, [60, 64, 61, 63] * 2


def publish(numerators: list[int], **columns: Any) -> pl.DataFrame:
    given = {"indicator_id": "presence", "grain": "quarter", "level": "trust", "place_id": "trust", "status": "shown"}
    rows = {"period_start": MONTHS[: len(numerators)], "numerator": numerators}
    values = pl.DataFrame({**rows, **given, "denominator": 100, **columns})
    return values.with_columns(value=100.0 * pl.col("numerator") / pl.col("denominator"))


def indicators(chart: str = "p_prime", **columns: Any) -> pl.DataFrame:
    given = {"kind": "percent", "unit": "meetings", "grain": "quarter", "better": "higher", "target": None}
    rows = {"indicator_id": ["presence"], "chart": [[chart] * 3], **given, **columns}
    return pl.DataFrame(rows, schema_overrides={"target": pl.Float64})


def decide(*days: date, **columns: Any) -> pl.DataFrame:
    given = {"indicator_id": "presence", "level": "trust", "place_id": "trust"}
    schema = {**dict.fromkeys(given, pl.String), "on_date": pl.Date}
    return pl.DataFrame([{**given, **columns, "on_date": day} for day in days], schema=schema)


def segments(decisions: pl.DataFrame) -> list[int]:
    drawn = draw_charts(publish(LOW + HIGH), indicators(), decisions, Settings())
    return drawn.points["segment"].to_list()


@pytest.mark.parametrize(
    ("decisions", "first_of_second"),
    [
        (decide(MONTHS[16]), 16),
        (decide(date(2025, 4, 2)), 16),  # the month it falls into holds both
        (decide(MONTHS[16], indicator_id=None), 16),
        (decide(MONTHS[16], date(2025, 4, 20)), 16),  # two decisions for one period are one
        (decide(MONTHS[16], place_id="elsewhere"), 24),
        (decide(MONTHS[16], indicator_id="another"), 24),
        (decide(MONTHS[0]), 24),  # nothing lies before it
        (decide(date(2030, 1, 1)), 24),
        (decide(), 24),
    ],
)
def test_a_decision_begins_a_segment_with_the_first_whole_period(decisions: pl.DataFrame, first_of_second: int) -> None:
    assert segments(decisions) == [1] * first_of_second + [2] * (24 - first_of_second)


def test_an_approved_rebase_changes_limits_and_what_is_said() -> None:
    before, after = (
        draw_charts(publish(LOW + HIGH), indicators(), decisions, Settings())
        for decisions in (decide(), decide(MONTHS[16]))
    )
    assert before.points["centre"].unique().round(1).to_list() == [48.7]
    assert after.points["centre"].unique(maintain_order=True).to_list() == [42, 62]
    assert (before.signals["variation"].item(), after.signals["variation"].item()) == ("improvement_high", "none")


def test_a_lasting_shift_is_proposed_with_its_sentence_and_changes_nothing() -> None:
    got = draw_charts(publish(LOW + HIGH), indicators(), decide(), Settings())
    proposal = got.proposals.row(0, named=True)
    assert (proposal["rebase_on"], proposal["points"]) == (MONTHS[16], 8)
    assert proposal["sentence"].endswith("Until someone approves that, nothing changes.")
    assert got.points["segment"].unique().to_list() == [1]


def test_what_is_decided_is_not_proposed_again() -> None:
    assert draw_charts(publish(LOW + HIGH), indicators(), decide(MONTHS[16]), Settings()).proposals.height == 0


def test_a_series_too_short_to_be_judged_proposes_nothing() -> None:
    assert draw_charts(publish([40, 90, 91] + [92] * 8), indicators(), decide(), Settings()).proposals.height == 0


@pytest.mark.parametrize("chart", ["p_prime", "xmr", "run", "g", "p", "i", "mr", "u", "c", "t"])
def test_every_kind_of_chart_a_header_may_name_is_drawn(chart: str) -> None:
    kind = "count" if chart in {"g", "u", "c", "t"} else "percent"
    got = draw_charts(publish(LOW + HIGH), indicators(chart, kind=kind), decide(), Settings())
    assert got.points["chart"].unique().to_list() == [chart]
    assert got.signals.height == 1


def test_percentages_on_an_xmr_chart_have_limits_within_0_and_100() -> None:
    values = publish([99, 70, 100, 75] * 4)
    percents = draw_charts(values, indicators("xmr"), decide(), Settings()).points
    counts = draw_charts(values, indicators("xmr", kind="mean"), decide(), Settings()).points
    assert percents["upper_limit"].max() == 100
    assert counts["upper_limit"].to_list()[0] > 100


@pytest.mark.parametrize("points", [5, 6, 11, 12])
@pytest.mark.parametrize("chart", ["p_prime", "run", "xmr", "g"])
def test_few_points_have_no_limits_then_trial_limits_then_an_icon(chart: str, points: int) -> None:
    got = draw_charts(publish((LOW + HIGH)[:points]), indicators(chart), decide(), Settings())
    limits = {"none"} if points < 6 else {"trial"} if points < 12 else {"full"}
    assert set(got.points["limits"]) == limits
    assert got.points["lower_limit"].null_count() == (points if points < 6 or chart == "run" else 0)
    assert (got.signals["variation"].item() == "none") is (points < 12)


def test_hidden_points_do_not_count_towards_an_icon() -> None:
    values = publish((LOW + HIGH)[:13]).with_columns(
        status=pl.when(pl.col("period_start") < MONTHS[2]).then(pl.lit("hidden")).otherwise(pl.lit("shown"))
    )
    assert draw_charts(values, indicators(), decide(), Settings()).signals["variation"].item() == "none"


def test_constant_series_and_gaps_go_through_the_run() -> None:
    values = publish([50] * 14).with_columns(
        status=pl.when(pl.col("period_start") == MONTHS[5]).then(pl.lit("no_activity")).otherwise(pl.lit("shown")),
        value=pl.when(pl.col("period_start") != MONTHS[5]).then("value"),
    )
    got = draw_charts(values, indicators(target=60), decide(), Settings())
    assert got.points["value"].null_count() == 1
    assert got.points["upper_limit"].drop_nulls().unique().to_list() == [50]
    assert got.signals.select("variation", "assurance").row(0) == ("common_cause", "fail")


def test_the_settings_name_every_rule_set_and_run_charts_may_have_their_own() -> None:
    assert set(RuleSetName.__args__) == set(RULE_SETS)  # type: ignore[attr-defined]
    both = pl.concat([publish(LOW), publish(LOW, level="service_area", place_id="A1", grain="quarter")])
    charts = indicators().with_columns(chart=pl.lit(["p_prime", "run", "none"]))
    got = draw_charts(both, charts, decide(), Settings(rule_set="mdc_2023", run_chart_rule_set="anhoej"))
    assert dict(got.points.select("chart", "rule_set").unique().rows()) == {"p_prime": "mdc_2023", "run": "anhoej"}
    assert dict(got.signals.select("chart", "rule_set").rows()) == {"p_prime": "mdc_2023", "run": "anhoej"}


def test_p_prime_may_be_let_narrow_as_the_reference_has_it() -> None:
    steady = publish([40, 41] * 8)
    wide, narrow = (
        draw_charts(steady, indicators(), decide(), Settings(p_prime_may_narrow=setting)).points["upper_limit"][0]
        for setting in (False, True)
    )
    assert narrow < wide


def test_moving_ranges_may_be_screened() -> None:
    wild = publish([40, 42, 38, 41, 39, 95, 40, 42, 38, 41, 39, 40])
    plain, screened = (
        draw_charts(wild, indicators("xmr"), decide(), Settings(screen_moving_ranges=setting)).points["upper_limit"][0]
        for setting in (False, True)
    )
    assert screened < plain


def test_levels_have_their_place_in_a_headers_list_of_charts() -> None:
    assert CHART_OF_LEVEL == {"trust": 0, "care_setting": 0, "service_area": 1, "team": 2}


def test_rebases_of_no_series_are_none() -> None:
    assert find_rebases(publish([1]).clear(), decide(MONTHS[3])).height == 0
