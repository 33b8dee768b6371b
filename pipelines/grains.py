"""Which chart each indicator is drawn as at each level, and by which period."""

import polars as pl

# Which entry of an indicator's chart list speaks for a level.
CHART_OF_LEVEL = {"trust": 0, "care_setting": 0, "service_area": 1, "team": 2}


def chart_grains(indicators: pl.DataFrame) -> pl.DataFrame:
    """Which chart, of which grain, each indicator is drawn as at each level: indicator_id, level, chart, grain.

    Run charts of monthly indicators are drawn by quarter: a service area's month has too few meetings.
    """
    levels = pl.DataFrame(list(CHART_OF_LEVEL.items()), schema={"level": pl.String, "entry": pl.Int32}, orient="row")
    by_quarter = (pl.col("drawn") == "run") & (pl.col("grain") == "month")
    return (
        indicators.join(levels, how="cross")
        .with_columns(drawn=pl.col("chart").list.get(pl.col("entry")))
        .select(
            "indicator_id",
            "level",
            chart="drawn",
            grain=pl.when(by_quarter).then(pl.lit("quarter")).otherwise("grain"),
        )
    )
