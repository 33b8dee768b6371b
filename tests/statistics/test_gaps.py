"""The g chart of meetings without a service user."""

import polars as pl
import pytest

from pipelines.statistics.gaps import GAP_CHART_SCHEMA, judge_gaps


def gaps(*lengths: int, running: int | None = None, team: str = "T1") -> pl.DataFrame:
    """A team's stretches in time order."""
    all_of_them = [*lengths, *([] if running is None else [running])]
    return pl.DataFrame(
        {
            "level": ["team"] * len(all_of_them),
            "place_id": [team] * len(all_of_them),
            "gap_no": list(range(1, len(all_of_them) + 1)),
            "is_running": [running is not None and n == len(lengths) for n in range(len(all_of_them))],
            "meetings_without": all_of_them,
        },
        schema={
            "level": pl.String,
            "place_id": pl.String,
            "gap_no": pl.Int32,
            "is_running": pl.Boolean,
            "meetings_without": pl.Int64,
        },
    )


def only(frame: pl.DataFrame) -> dict[str, object]:
    """The one row."""
    return judge_gaps(frame).row(0, named=True)


def test_the_lines_are_those_of_the_geometric_distribution() -> None:
    got = only(gaps(*[1, 3] * 6))
    assert got["centre"] == 2
    assert got["upper_limit"] == pytest.approx(2 + 3 * (2 * 3) ** 0.5)
    assert (got["completed"], got["limits"], got["running"]) == (12, "full", None)


def test_the_stretch_that_still_runs_is_no_part_of_the_lines() -> None:
    without, beside = only(gaps(*[2] * 12)), only(gaps(*[2] * 12, running=40))
    assert (without["centre"], without["upper_limit"]) == (beside["centre"], beside["upper_limit"])
    assert beside["running"] == 40


@pytest.mark.parametrize(("completed", "limits"), [(0, "none"), (5, "none"), (6, "trial"), (11, "trial"), (12, "full")])
def test_few_stretches_have_no_lines_or_trial_ones(completed: int, limits: str) -> None:
    got = only(gaps(*[2] * completed, running=1))
    assert (got["limits"], got["upper_limit"] is None) == (limits, limits == "none")


def test_a_long_stretch_is_told_beyond_the_usual_range_only_with_full_limits() -> None:
    assert "unlikely to be chance" in str(only(gaps(*[2] * 12, running=40))["sentence"])
    assert "unlikely to be chance" not in str(only(gaps(*[2] * 11, running=40))["sentence"])
    assert "unlikely to be chance" not in str(only(gaps(*[2] * 12, running=9))["sentence"])


def test_stretches_above_the_upper_limit_are_named_where_limits_judge() -> None:
    assert only(gaps(*[2] * 11, 30, *[2] * 4, running=40))["beyond"] == [12, 17]
    assert only(gaps(*[2] * 5, 30, running=40))["beyond"] == []


def test_teams_of_different_lengths_do_not_touch_each_other() -> None:
    both = judge_gaps(pl.concat([gaps(*[4] * 6, team="T2"), gaps(*[1] * 14, team="T1")]))
    assert both.select("place_id", "completed", "centre").rows() == [("T1", 14, 1.0), ("T2", 6, 4.0)]


def test_no_stretch_is_no_row() -> None:
    assert judge_gaps(gaps()).schema == GAP_CHART_SCHEMA
    assert judge_gaps(gaps()).height == 0


@pytest.mark.parametrize(
    ("lengths", "want"),
    [
        ((0, 0, 2) * 5, "In half of the earlier stretches or more, a service user was there again at the very next"),
        ((1, 1, 3) * 5, "Half of the earlier stretches were of 1 meeting or fewer; stretches of up to 7 lie within"),
    ],
)
def test_half_of_the_stretches_is_said_in_words_also_where_it_is_none(lengths: tuple[int, ...], want: str) -> None:
    assert want in str(only(gaps(*lengths))["sentence"])
