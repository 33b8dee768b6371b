"""Which published values make a chart, where its limits begin anew, and what it says."""

from dataclasses import dataclass

import polars as pl

from pipelines.grains import chart_grains
from pipelines.settings import Settings
from pipelines.statistics.lines import LimitOptions
from pipelines.statistics.rebase import describe_proposals, propose_rebases
from pipelines.statistics.rules import RULE_SETS, RuleSet
from pipelines.statistics.segments import PLACE
from pipelines.statistics.signals import judge_series
from pipelines.statistics.spc import SERIES, signal_points


@dataclass(frozen=True)
class Charts:
    """Every chart of an edition: its points, one verdict a series, and the rebases it proposes."""

    points: pl.DataFrame
    signals: pl.DataFrame
    proposals: pl.DataFrame


def draw_charts(values: pl.DataFrame, indicators: pl.DataFrame, decisions: pl.DataFrame, settings: Settings) -> Charts:
    """Compute the charts of one edition from its published values.

    In: the tables of that name; decisions: indicator_id (NULL all), level, place_id, on_date of the approved rebases.
    Run charts are judged by the settings' rule set for them, all others by the other one.
    """
    drawn = series_values(values, indicators)
    rebases = find_rebases(drawn, decisions)
    options = LimitOptions(
        screen_moving_ranges=settings.screen_moving_ranges,
        least_sigma_z=None if settings.p_prime_may_narrow else 1.0,
    )
    parts = [
        _draw_part(drawn.filter((pl.col("chart") == "run") == is_run), indicators, rebases, RULE_SETS[name], options)
        for is_run, name in ((False, settings.rule_set), (True, settings.run_chart_rule_set))
    ]
    return Charts(*(pl.concat([getattr(part, name) for part in parts]) for name in Charts.__dataclass_fields__))


def _draw_part(
    drawn: pl.DataFrame, indicators: pl.DataFrame, rebases: pl.DataFrame, rules: RuleSet, options: LimitOptions
) -> Charts:
    grains = drawn.select(*SERIES, "grain").unique()
    points = signal_points(drawn, rules, options, rebases)
    proposed = propose_rebases(drawn, rules, options, rebases).join(grains, on=SERIES, maintain_order="left")
    return Charts(
        points,
        judge_series(points.join(grains, on=SERIES, maintain_order="left"), indicators, rules),
        describe_proposals(proposed, indicators, rules),
    )


def series_values(values: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """The published values that enter a chart, with `chart`, `better` and `kind` of their indicator.

    A period without activity stays as a gap; hidden and incomplete ones and those without a value are left out.
    """
    known = indicators.select("indicator_id", "better", "kind")
    drawn = (pl.col("status") == "no_activity") | ((pl.col("status") == "shown") & pl.col("value").is_not_null())
    return (
        values.filter(drawn)
        .join(known, on="indicator_id", how="inner", maintain_order="left")
        .join(chart_grains(indicators), on=["indicator_id", "level", "grain"], maintain_order="left")
    )


def find_rebases(drawn: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """The first period of each series that begins on or after the day of a decision for its place.

    A period that the day falls into belongs to the time before: it holds both. Out: the columns of a place and
    rebase_on; nothing for a decision before a series begins or after it ends.
    """
    periods = drawn.select(*PLACE, rebase_on="period_start").unique()
    for_all = decisions["indicator_id"].is_null()
    named = periods.join(decisions.filter(~for_all), on=PLACE)
    of_place = periods.join(decisions.filter(for_all).drop("indicator_id"), on=["level", "place_id"])
    decided = pl.concat([frame.select(*PLACE, "rebase_on", "on_date") for frame in (named, of_place)])
    begins = periods.group_by(PLACE).agg(pl.col("rebase_on").min().alias("begins"))
    first = (
        decided.filter(pl.col("rebase_on") >= pl.col("on_date")).group_by(*PLACE, "on_date").agg(pl.min("rebase_on"))
    )
    later = first.join(begins, on=PLACE).filter(pl.col("rebase_on") > pl.col("begins"))
    return later.select(*PLACE, "rebase_on").unique().sort(*PLACE, "rebase_on")
