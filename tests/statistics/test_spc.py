import polars as pl
import pytest

from pipelines.statistics.spc import POINT_SCHEMA, SeriesError, signal_points
from tests.statistics.series import make_run, make_values, month

SHIFT_UP = [4, 3, 4, 3, 4, 3, 4, 6, 7, 6, 7, 6, 7, 6]


@pytest.mark.parametrize(
    ("points", "want"), [(1, "none"), (5, "none"), (6, "trial"), (11, "trial"), (12, "full"), (13, "full")]
)
def test_a_series_is_trusted_by_its_length(points: int, want: str) -> None:
    got = signal_points(make_values([4, 6] * 7, [10] * 14).head(points))
    assert got["limits"].unique().to_list() == [want]
    assert got["lower_limit"].is_null().all() == (want == "none")
    assert got["centre"].null_count() == 0
    assert (got["point_type"] == "none").all() == (want != "full")


def test_a_far_point_of_a_short_series_is_not_judged() -> None:
    got = signal_points(make_values([100] * 5 + [900] + [100] * 5, [1000] * 11))
    assert got["special_cause"].unique().to_list() == ["none"]


@pytest.mark.parametrize(
    ("better", "want"), [("higher", "improvement"), ("lower", "concern"), ("neither", "neutral_high")]
)
def test_what_a_shift_means_depends_on_the_better_direction(better: str, want: str) -> None:
    got = signal_points(make_values(SHIFT_UP, [10] * 14, better=better)).row(-1, named=True)
    assert (got["special_cause"], got["point_type"]) == ("shift", want)


def test_a_rise_below_the_mean_is_judged_by_its_direction() -> None:
    # The last seven rise from far below the mean, and end below it.
    values = make_values([500] * 3 + [620] * 14 + [400, 410, 420, 430, 440, 450, 460], [1000] * 24)
    wide = values.with_columns(denominator=pl.lit(10), numerator=(pl.col("value") / 10).cast(pl.Int64))
    got = signal_points(wide).row(-1, named=True)
    assert got["value"] < got["centre"]
    assert (got["special_cause"], got["point_type"]) == ("trend", "improvement")


def test_a_gap_keeps_its_number_and_never_signals() -> None:
    values = make_values([4, 6, None, 4, 6, 4, 6, 4, 6, 4, 6, 4, 6], [10, 10, None] + [10] * 10)
    got = signal_points(values).row(2, named=True)
    assert (got["point_no"], got["value"], got["special_cause"], got["point_type"]) == (3, None, "none", "none")


def test_a_denominator_of_0_is_a_gap() -> None:
    values = make_values([4, 6] * 6 + [0], [10] * 12 + [0]).with_columns(pl.col("value").fill_null(0))
    got = signal_points(values)
    assert got["value"].to_list()[-1] is None
    assert got["centre"].unique().to_list() == [50]


def test_impossible_counts_give_no_limits_and_no_signal() -> None:
    got = signal_points(make_values([12, 14] * 6, [10] * 12))
    assert got["lower_limit"].null_count() == 12
    assert "outside_limits" not in got["special_cause"].to_list()


def test_no_rows_give_an_empty_frame_of_the_same_shape() -> None:
    got = signal_points(make_values([1], [2]).clear())
    assert (got.height, got.schema) == (0, POINT_SCHEMA)


def test_points_have_the_published_columns() -> None:
    got = signal_points(pl.concat([make_values([1], [2]), make_run([50], place_id="x")], how="vertical_relaxed"))
    assert got.schema == POINT_SCHEMA
    assert got["rule_set"].unique().to_list() == ["mdc_7_7"]


def test_a_place_without_a_chart_has_no_points() -> None:
    values = pl.concat(
        [make_values([1], [2], chart="none"), make_values([1], [2], chart=pl.Series([None], dtype=pl.String))]
    )
    assert signal_points(values).height == 0


def test_an_unknown_chart_is_refused_by_name() -> None:
    with pytest.raises(SeriesError, match="Chart 'pie' is not known; the charts are xmr, p_prime, run"):
        signal_points(make_values([1], [2], chart="pie"))


def test_two_values_of_one_period_are_refused_by_place() -> None:
    values = make_values([1, 2], [2, 3], period_start=[month(0)] * 2)
    with pytest.raises(SeriesError, match="presence at trust trust has more than one value"):
        signal_points(values)
