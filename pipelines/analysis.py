"""Signals, comparisons and the briefing: computed once in the run, from what each edition publishes."""

from datetime import date

import polars as pl

from pipelines.statistics.briefing import write_briefing
from pipelines.statistics.comparisons import compare_settings
from pipelines.statistics.figures import Published
from pipelines.statistics.periods import select_latest_complete
from pipelines.statistics.signals import judge_series
from pipelines.statistics.spc import SERIES, signal_points
from pipelines.warehouse import Warehouse

# Which entry of an indicator's chart list speaks for a level.
CHART_OF_LEVEL = {"trust": 0, "care_setting": 0, "service_area": 1, "team": 2}
ANALYSED = ("signal_point", "signal", "comparison", "briefing")
INTERNAL, BOARD = "internal", "board"
NOT_SHOWN_TO_THE_BOARD = "What may be shown here does not settle whether anything has changed."


def analyse(warehouse: Warehouse, as_at: date) -> None:
    """Makes the tables of ANALYSED in the schema `published`, each edition's from its own values alone."""
    editions = {edition: _read_edition(warehouse, edition) for edition in (INTERNAL, BOARD)}
    points = {edition: _points(tables) for edition, tables in editions.items()}
    signals = {edition: judge_series(points[edition], tables["indicator"]) for edition, tables in editions.items()}
    signals[BOARD] = silence_differing_icons(signals[BOARD], signals[INTERNAL])
    made: dict[str, list[pl.DataFrame]] = {name: [] for name in ANALYSED}
    for edition, tables in editions.items():
        frames = {
            "signal_point": points[edition].drop("grain"),
            "signal": signals[edition],
            "comparison": _comparison(tables, as_at),
            "briefing": _briefing(tables, signals[edition], as_at),
        }
        for name, frame in frames.items():
            made[name].append(frame.with_columns(pl.lit(edition).alias("edition")))
    for name, frames_of_editions in made.items():
        warehouse.replace_table(f"published.{name}", pl.concat(frames_of_editions))


def series_values(values: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """The published values that enter a chart, with `chart` and `better` of their indicator.

    A period without activity stays as a gap; hidden and incomplete ones and those without a value are left out.
    Run charts of monthly indicators are drawn by quarter: a service area's month has too few meetings.
    """
    chart = pl.col("charts").list.get(pl.col("level").replace_strict(CHART_OF_LEVEL, return_dtype=pl.Int32))
    by_quarter = (pl.col("chart") == "run") & (pl.col("own_grain") == "month")
    known = indicators.select("indicator_id", "better", charts="chart", own_grain="grain")
    return (
        values.join(known, on="indicator_id", how="inner")
        .with_columns(chart=chart)
        .filter(
            pl.col("grain") == pl.when(by_quarter).then(pl.lit("quarter")).otherwise("own_grain"),
            (pl.col("status") == "no_activity") | ((pl.col("status") == "shown") & pl.col("value").is_not_null()),
        )
        .drop("charts", "own_grain")
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


def _read_edition(warehouse: Warehouse, edition: str) -> dict[str, pl.DataFrame]:
    return {
        name: warehouse.frame(f"select * exclude (edition) from published.{name} where edition = ?", [edition])
        for name in ("indicator_value", "indicator", "place", "feed_freshness")
    }


def _points(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The points of every chart, with the grain of their series."""
    drawn = series_values(tables["indicator_value"], tables["indicator"])
    return signal_points(drawn).join(drawn.select(*SERIES, "grain").unique(), on=SERIES, how="inner")


def _comparison(tables: dict[str, pl.DataFrame], as_at: date) -> pl.DataFrame:
    latest = select_latest_complete(tables["indicator_value"], tables["indicator"], as_at)
    return compare_settings(latest, tables["indicator"])


def _briefing(tables: dict[str, pl.DataFrame], signals: pl.DataFrame, as_at: date) -> pl.DataFrame:
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
