"""Who gets through, as published: a verdict for each group and no count, so that nothing can be subtracted."""

import numpy as np
import polars as pl

from pipelines.statistics.matrix import Flags, Floats
from pipelines.statistics.rates import katz_interval

METHOD = "katz_log_ratio"
FEWEST_EXPECTED = 5  # of fewer in any of the four, the interval says little
SELECTION_SCHEMA = pl.Schema(
    {
        "level": pl.String,
        "place_id": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "dimension": pl.String,
        "category": pl.String,
        "verdict": pl.String,
        "sentence": pl.String,
        "rule_set": pl.String,
    }
)
SENTENCES = {
    "fewer": "Clearly fewer of them come to a first meeting than of all others.",
    "more": "Clearly more of them come to a first meeting than of all others.",
    "alike": "No clear difference from all others.",
    "too_few": "Not enough people to say.",
}


def judge_groups(counts: pl.DataFrame, hide_up_to: int) -> pl.DataFrame:
    """Whether clearly fewer or more of each group come to a first meeting than of all others of its place.

    In: level, place_id, period_start, period_end, dimension, category, people, came, other_people, others_came; one row
    a group. Out: columns of SELECTION_SCHEMA; verdict `fewer` or `more` where the 95 % interval of the ratio of both
    shares excludes 1, `too_few` where fewer than 5 would be expected in any of the four counts by the share of all, or
    where any of the four is 1 to `hide_up_to`, else `alike`.
    Source: Katz 1978; the ratio of selection rates against all others pooled (Uniform Guidelines 1978, whose rule of
    four fifths is not used: it finds differences in small groups that chance makes).
    """
    came, people, others_came, others = (
        counts[name].to_numpy().astype(np.float64) for name in ("came", "people", "others_came", "other_people")
    )
    _, lower, upper = katz_interval(came, people, others_came, others)
    told = np.select([upper < 1, lower > 1], ["fewer", "more"], "alike")
    parts = (came, people - came, others_came, others - others_came)
    is_few = _expects_few(*parts) | np.any([(part >= 1) & (part <= hide_up_to) for part in parts], axis=0)
    verdicts = pl.Series("verdict", np.where(is_few, "too_few", told), dtype=pl.String)
    return (
        counts.with_columns(verdicts, rule_set=pl.lit(METHOD))
        .with_columns(sentence=pl.col("verdict").replace_strict(SENTENCES, return_dtype=pl.String))
        .select(pl.col(name).cast(dtype) for name, dtype in SELECTION_SCHEMA.items())
        .sort("level", "place_id", "dimension", "category")
    )


def _expects_few(came: Floats, went: Floats, others_came: Floats, others_went: Floats) -> Flags:
    """Whether any of the four counts would be small if the share were the same in both groups."""
    everybody = np.maximum(came + went + others_came + others_went, 1)
    smallest_group = np.minimum(came + went, others_came + others_went)
    rarest_end = np.minimum(came + others_came, went + others_went)
    few: Flags = smallest_group * rarest_end / everybody < FEWEST_EXPECTED
    return few
