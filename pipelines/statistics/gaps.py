"""How long teams meet without a service user: the g chart of each team's stretches, and where the last one stands."""

import polars as pl

from pipelines.statistics.charts import CHARTS
from pipelines.statistics.lines import LimitOptions, Observations
from pipelines.statistics.matrix import Layout
from pipelines.statistics.wording import round_half_up, say_units

RULE_SET = "g_benneyan"
FEWEST, FULL = 6, 12  # completed stretches for limits, and for limits that judge
COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "level": pl.String,
    "place_id": pl.String,
    "completed": pl.Int64,
    "centre": pl.Float64,
    "upper_limit": pl.Float64,
    "running": pl.Int64,
    "limits": pl.String,
    "beyond": pl.List(pl.Int64),
    "sentence": pl.String,
    "rule_set": pl.String,
}
GAP_CHART_SCHEMA = pl.Schema(COLUMNS)


def judge_gaps(gaps: pl.DataFrame) -> pl.DataFrame:
    """One row for each team: the lines of its g chart and a sentence on the stretch that still runs.

    In: one row for each stretch: level, place_id, gap_no, is_running, meetings_without. Out: GAP_CHART_SCHEMA;
    completed counts ended stretches, centre is their median and upper_limit three sigma above their mean, in meetings,
    NULL with fewer than 6 of them; running is the stretch under way, NULL where a service user was at the last meeting
    that is known. limits: `none`, `trial` (6 to 11) or `full`. Source: Benneyan 2001, the geometric distribution.
    """
    ended = gaps.filter(~pl.col("is_running")).sort("level", "place_id", "gap_no")
    layout = Layout.of(ended.select(pl.struct("level", "place_id").rank("dense")).to_series())
    lines = CHARTS["g"](Observations(layout.spread(ended["meetings_without"])), LimitOptions())
    teams = ended.group_by("level", "place_id", maintain_order=True).agg(completed=pl.len().cast(pl.Int64))
    drawn = teams.with_columns(centre=pl.Series(lines.centre), upper_limit=pl.Series(lines.upper))
    running = gaps.filter("is_running").select("level", "place_id", running=pl.col("meetings_without").cast(pl.Int64))
    told = drawn.join(running, on=["level", "place_id"], how="full", coalesce=True).with_columns(
        pl.col("completed").fill_null(0),
        limits=pl.when(pl.col("completed") >= FULL)
        .then(pl.lit("full"))
        .when(pl.col("completed") >= FEWEST)
        .then(pl.lit("trial"))
        .otherwise(pl.lit("none")),
        rule_set=pl.lit(RULE_SET),
    )
    too_few = pl.col("limits") == "none"
    told = told.with_columns(
        pl.when(too_few).then(None).otherwise(pl.col(name)).alias(name) for name in ("centre", "upper_limit")
    ).join(_beyond(gaps, told), on=["level", "place_id"], how="left")
    told = told.with_columns(pl.col("beyond").fill_null([]))
    sentences = [_tell(row) for row in told.iter_rows(named=True)]
    told = told.with_columns(pl.Series("sentence", sentences, dtype=pl.String))
    return told.select(GAP_CHART_SCHEMA.names()).cast(GAP_CHART_SCHEMA).sort("level", "place_id")


def _beyond(gaps: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    judged = told.filter(pl.col("limits") == "full").select("level", "place_id", "upper_limit")
    long = gaps.join(judged, on=["level", "place_id"]).filter(pl.col("meetings_without") > pl.col("upper_limit"))
    return long.group_by("level", "place_id").agg(beyond=pl.col("gap_no").sort().cast(pl.Int64))


def _tell(row: dict[str, object]) -> str:
    running, upper, centre = row["running"], row["upper_limit"], row["centre"]
    if not isinstance(running, int):
        now = "A service user was in the room at the last meeting we know of."
    else:
        now = f"{say_units(running, 'meetings')} since a service user was last in the room, and still counting."
    if not isinstance(upper, float) or not isinstance(centre, float):
        return f"{now} There are too few earlier stretches to say what is usual."
    usual = _say_half(round_half_up(centre))
    if row["limits"] == "full" and isinstance(running, int) and running > upper:
        return f"{now} {usual}: this one is longer than the usual range (up to {int(upper)}), unlikely to be chance."
    return f"{now} {usual}; stretches of up to {int(upper)} lie within the usual range."


def _say_half(meetings: int) -> str:
    if meetings == 0:
        return "In half of the earlier stretches or more, a service user was there again at the very next meeting"
    return f"Half of the earlier stretches were of {say_units(meetings, 'meetings')} or fewer"
