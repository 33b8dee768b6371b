"""The events of the candidates' ways, as the involvement office's system exports them."""

import polars as pl

from pipelines.demo.candidates import STAGES, draw_candidates
from pipelines.demo.period import Period

TAKEN_BY = {
    "approached": "team",
    "interest": "person",
    "checks": "system",
    "matched": "team",
    "active": "person",
    "left": "person",
}
DECIDED_BY = {
    "D01": "involvement_office",
    "D02": "involvement_office",
    "D03": "involvement_office",
    "D04": "system",
    "D05": "team",
    "D06": "clinician",
    "D07": "team",
    "D08": "system",
    "D09": "system",
    "D14": "system",
    "D99": "team",
}
COLUMNS = (
    "candidate",
    "team_id",
    "opportunity_id",
    "stage",
    "event_on",
    "actor",
    "reason_code",
    "route",
    "age_band",
    "gender",
    "ethnic_category",
)


def build_recruitment(period: Period, teams: pl.DataFrame) -> pl.DataFrame:
    """One row an event: the columns of the feed, event_on as a date, in order of candidate and time."""
    candidates = draw_candidates(period, teams)
    events = candidates.unpivot(
        STAGES,
        index=[name for name in candidates.columns if name not in STAGES],
        variable_name="stage",
        value_name="event_on",
    )
    is_decision = pl.col("stage").is_in(["declined", "withdrew"])
    decided_by = pl.col("reason_code").replace_strict(DECIDED_BY, default="person")
    taken_by = pl.col("stage").replace_strict(TAKEN_BY, default="involvement_office")
    return (
        events.filter(pl.col("event_on").is_between(period.start, period.as_at))
        .with_columns(
            pl.when(is_decision).then("reason_code"),
            pl.when(is_decision).then(decided_by).otherwise(taken_by).alias("actor"),
            pl.col("stage").cast(pl.Enum(STAGES)),
        )
        .sort("candidate_no", "event_on", "stage")
        .select(*COLUMNS)
        .with_columns(pl.col("stage").cast(pl.String))
    )
