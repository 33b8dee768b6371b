"""Proposes a step change; nothing moves a limit but an approved rebase."""

from typing import Any

import polars as pl

from pipelines.statistics.lines import LimitOptions
from pipelines.statistics.rules import MDC_7_7, RuleSet
from pipelines.statistics.segments import PLACE
from pipelines.statistics.spc import SERIES, draw_points
from pipelines.statistics.wording import GRAIN_WORDS, round_half_up, say_count, say_percent, say_period, say_range

LEAST = 8  # points on one side, up to the last one
REBASE_SCHEMA = pl.Schema({**dict.fromkeys(PLACE, pl.String), "rebase_on": pl.Date})
PROPOSAL_SCHEMA = pl.Schema(
    {
        **dict.fromkeys(SERIES, pl.String),
        "rebase_on": pl.Date,
        "points": pl.Int32,
        "direction": pl.Int32,
        "centre": pl.Float64,
        "lower_limit": pl.Float64,
        "upper_limit": pl.Float64,
        "centre_after": pl.Float64,
        "lower_limit_after": pl.Float64,
        "upper_limit_after": pl.Float64,
        "sentence": pl.String,
        "rule_set": pl.String,
    }
)
AFTER = {name: f"{name}_after" for name in ("centre", "lower", "upper")}


def propose_rebases(
    values: pl.DataFrame,
    rule_set: RuleSet = MDC_7_7,
    options: LimitOptions | None = None,
    rebases: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Series that have stayed on one side of their centre for 8 points or more, up to the last one.

    In: as `spc.draw_points`; rebases are those approved so far, and only points after the last of them count, outside
    the baseline where that is a fixed one; a series too short to be judged proposes nothing. Out: one row for each such
    series: the columns of SERIES, rebase_on (the first point of the new level), points (how many), direction (1 above,
    -1 below), centre, lower, upper (as they are at the last point) and centre_after, lower_after, upper_after (as they
    would be). Limits are not cut.
    """
    approved = pl.DataFrame(schema=REBASE_SCHEMA) if rebases is None else rebases.select(REBASE_SCHEMA.names())
    drawn = draw_points(values, rule_set, options, approved)
    last = pl.col("run") == pl.col("run").max().over(SERIES)
    held = pl.lit(True) if drawn["in_baseline"].all() else ~pl.col("in_baseline")
    enough = pl.len().over("series") >= rule_set.points_for_signals
    runs = drawn.filter(pl.col("value").is_not_null()).with_columns(run=pl.struct("series", "side").rle_id())
    found = (
        runs.filter(last & (pl.col("side") != 0) & held & enough)
        .group_by(SERIES, maintain_order=True)
        .agg(
            pl.col("period_start").first().alias("rebase_on"),
            pl.len().alias("points"),
            pl.col("side").last().alias("direction"),
            pl.col(*AFTER).last(),
        )
        .filter(pl.col("points") >= LEAST)
    )
    proposed = pl.concat([approved, found.select(REBASE_SCHEMA.names())])
    after = draw_points(values, rule_set, options, proposed).group_by(SERIES).agg(pl.col(*AFTER).last())
    return found.join(after.rename(AFTER), on=SERIES, how="left", maintain_order="left")


def describe_proposals(found: pl.DataFrame, indicators: pl.DataFrame, rule_set: RuleSet = MDC_7_7) -> pl.DataFrame:
    """The proposals as stored: rows of propose_rebases with grain; indicators with indicator_id, kind.

    Out: columns of PROPOSAL_SCHEMA; the limits of percentages are cut at 0 and 100.
    """
    known = found.join(indicators.select("indicator_id", "kind"), on="indicator_id", maintain_order="left")
    sentences = [say_proposal(row) for row in known.iter_rows(named=True)]
    percent = pl.col("kind") == "percent"
    limits = [f"{end}{when}" for end in ("lower", "upper") for when in ("", "_after")]
    cut = [pl.when(percent).then(pl.col(name).clip(0, 100)).otherwise(name).alias(name) for name in limits]
    named = {name: name.replace("lower", "lower_limit").replace("upper", "upper_limit") for name in limits}
    return (
        known.with_columns(*cut, sentence=pl.Series(sentences, dtype=pl.String), rule_set=pl.lit(rule_set.id))
        .rename(named)
        .select(pl.col(name).cast(dtype) for name, dtype in PROPOSAL_SCHEMA.items())
    )


def say_proposal(row: dict[str, Any]) -> str:
    """The sentence of one proposal: a row of propose_rebases with grain and kind of its indicator.

    Says what happened, what would change, and that nothing has changed yet.
    """
    grain, side = GRAIN_WORDS[row["grain"]], "above" if row["direction"] > 0 else "below"
    since = say_period(row["rebase_on"], row["grain"])
    return (
        f"Since {since}, {row['points']} {grain}s in a row lie {side} the {_name_centre(row)} of "
        f"{_say(row['centre'], row)}{_say_range(row, '')}. With a new baseline from {since} it would be "
        f"{_say(row['centre_after'], row)}{_say_range(row, '_after')}. Until someone approves that, nothing changes."
    )


def _name_centre(row: dict[str, Any]) -> str:
    return "median" if row["chart"] in ("run", "g") else "average"


def _say(value: float, row: dict[str, Any]) -> str:
    return say_percent(value) if row["kind"] == "percent" else say_count(round_half_up(value))


def _say_range(row: dict[str, Any], when: str) -> str:
    lower, upper = row[f"lower{when}"], row[f"upper{when}"]
    if lower is None or upper is None:
        return ""
    if row["kind"] == "percent":
        return f" (usual range {say_range(max(lower, 0), min(upper, 100))})"
    return f" (usual range {say_count(round_half_up(lower))} to {say_count(round_half_up(upper))})"
