"""Charts, comparisons, funnels, waits and the briefing: computed once in the run, from what each edition publishes."""

from datetime import date

import polars as pl

from pipelines.charting import Charts, draw_charts
from pipelines.made_tables import analysed
from pipelines.settings import Settings
from pipelines.statistics.briefing import write_briefing
from pipelines.statistics.comparisons import compare_places
from pipelines.statistics.figures import Published
from pipelines.statistics.funnel_points import make_funnels
from pipelines.statistics.gaps import judge_gaps
from pipelines.statistics.periods import select_latest_complete
from pipelines.statistics.selection import judge_groups
from pipelines.statistics.spc import SERIES
from pipelines.statistics.waiting import Disclosure, tell_waits
from pipelines.warehouse import Warehouse

READ = ("indicator_value", "indicator", "place", "feed_freshness", "policy", "meeting_gap")
INTERNAL, BOARD = "internal", "board"
NOT_SHOWN_TO_THE_BOARD = "What may be shown here does not settle whether anything has changed."
Tables = dict[str, pl.DataFrame]


def analyse(warehouse: Warehouse, as_at: date, settings: Settings) -> None:
    """Makes the tables of `analysed` in the schema `published`, each edition's from its own values alone."""
    editions = {edition: _read_edition(warehouse, edition) for edition in (INTERNAL, BOARD)}
    decisions = warehouse.frame("select indicator_id, level, place_id, on_date from marts.rebase")
    waits = {edition: _read_waits(warehouse, edition) for edition in (INTERNAL, BOARD)}
    open_curves = tell_waits(waits[INTERNAL], _disclosure(editions[INTERNAL]))
    curves = {INTERNAL: open_curves, BOARD: tell_waits(waits[BOARD], _disclosure(editions[BOARD]), open_curves)}
    groups = warehouse.frame("select * from marts.selection")
    charts = {
        edition: draw_charts(tables["indicator_value"], tables["indicator"], decisions, settings)
        for edition, tables in editions.items()
    }
    charts[BOARD] = silence_differing(charts[BOARD], charts[INTERNAL])
    made: dict[str, list[pl.DataFrame]] = {name: [] for name in analysed()}
    for edition, tables in editions.items():
        frames = {
            "signal_point": charts[edition].points,
            "signal": charts[edition].signals,
            "rebase_proposal": charts[edition].proposals,
            "waiting_curve": curves[edition],
            "who_gets_through": judge_groups(groups, _disclosure(tables).hide_up_to),
            "gap_chart": judge_gaps(tables["meeting_gap"]),
            "briefing": _briefing(tables, charts[edition].signals, as_at),
            **_side_by_side(tables, as_at),
        }
        for name, frame in frames.items():
            made[name].append(frame.with_columns(pl.lit(edition).alias("edition")))
    for name, frames_of_editions in made.items():
        warehouse.replace_table(f"published.{name}", pl.concat(frames_of_editions))


def silence_differing(board: Charts, internal: Charts) -> Charts:
    """The board's charts without what the internal edition's charts say otherwise."""
    same = internal.proposals.select(*SERIES, "rebase_on")
    return Charts(
        board.points,
        silence_differing_icons(board.signals, internal.signals),
        board.proposals.join(same, on=[*SERIES, "rebase_on"], how="semi"),
    )


def silence_differing_icons(board: pl.DataFrame, internal: pl.DataFrame) -> pl.DataFrame:
    """The board's signals without icon and sentence where the internal edition's icon is another.

    Two icons for one series would tell a reader of both that something hidden lies between them.
    """
    icons = internal.select(*SERIES, theirs_variation="variation", theirs_assurance="assurance")
    differs = (pl.col("variation") != pl.col("theirs_variation")) | (pl.col("assurance") != pl.col("theirs_assurance"))
    silent = {"variation": "none", "assurance": "none", "summary": NOT_SHOWN_TO_THE_BOARD}
    return (
        board.join(icons, on=SERIES, how="left", maintain_order="left")
        .with_columns(
            pl.when(differs).then(pl.lit(words)).otherwise(pl.col(name)).alias(name) for name, words in silent.items()
        )
        .select(board.columns)
    )


def _read_edition(warehouse: Warehouse, edition: str) -> Tables:
    return {
        name: warehouse.frame(f"select * exclude (edition) from published.{name} where edition = ?", [edition])
        for name in READ
    }


def _read_waits(warehouse: Warehouse, edition: str) -> pl.DataFrame:
    return warehouse.frame(
        """select wait.* exclude (candidate_id), place.edition is not null as is_told
        from marts.wait as wait left join published.curve_place as place
            on place.edition = ? and wait.level = place.level and wait.place_id = place.place_id
            and wait.period_start = place.period_start""",
        [edition],
    )


def _disclosure(tables: Tables) -> Disclosure:
    policy = tables["policy"].row(0, named=True)
    return Disclosure(**{name: policy[name] for name in ("hide_up_to", "round_to", "least_denominator")})


def _side_by_side(tables: Tables, as_at: date) -> Tables:
    """Care settings in the latest period; service areas and teams, whose months are small, in the latest quarter."""
    values, indicators = tables["indicator_value"], tables["indicator"]
    by_quarter = indicators.with_columns(pl.col("grain").replace("month", "quarter"))
    small = pl.col("level").is_in(["service_area", "team"])
    latest = select_latest_complete(values.filter(~small), indicators, as_at)
    of_small = select_latest_complete(values.filter(small), by_quarter, as_at)
    return {
        "comparison": compare_places(pl.concat([latest, of_small]), indicators, tables["place"]),
        "funnel_point": make_funnels(of_small, indicators),
    }


def _briefing(tables: Tables, signals: pl.DataFrame, as_at: date) -> pl.DataFrame:
    return write_briefing(
        Published(
            places=tables["place"],
            indicators=tables["indicator"],
            values=tables["indicator_value"],
            signals=signals,
            freshness=tables["feed_freshness"],
            as_at=as_at,
        )
    )
