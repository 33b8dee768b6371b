"""Parquet files, written by a real writer."""

import contextlib
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from pipelines.reading import UnreadableFileError, parquet
from tests.pipelines.reading.rows import headings, refusal, rows, whole


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.parquet"


def test_typed_columns_become_the_text_a_csv_would_hold(file: Path) -> None:
    frame = pl.DataFrame(
        {
            "day": [date(2025, 1, 2)],
            "moment": [datetime(2025, 6, 1, 10, 30)],
            "whole": [60],
            "decimal": [Decimal("60.00")],
            "text": [" 007 "],
            "yes": [True],
        }
    )
    frame.write_parquet(file)
    assert headings(file) == tuple(frame.columns)
    assert rows(file) == [("2025-01-02", "2025-06-01 10:30:00.000000", "60", "60.00", "007", "true")]


def test_a_moment_with_a_time_zone_keeps_its_offset(file: Path) -> None:
    moment = pl.Series("at", [datetime(2025, 6, 1, 10, 30, tzinfo=UTC)])
    pl.DataFrame([moment, moment.dt.convert_time_zone("Europe/London").alias("in_london")]).write_parquet(file)
    assert rows(file) == [("2025-06-01 10:30:00.000000Z", "2025-06-01 11:30:00.000000+0100")]


def test_whole_numbers_held_as_floats_become_their_integer_text_and_nan_is_missing(file: Path) -> None:
    pl.DataFrame({"id": [12345.0, 60.5, float("nan"), None], "a": ["x"] * 4}).write_parquet(file)
    assert rows(file) == [("12345", "x"), ("60.5", "x"), (None, "x"), (None, "x")]


def test_missing_tokens_and_blank_rows_are_as_in_csv(file: Path) -> None:
    pl.DataFrame({"a": ["n/a", "1", " "], "b": ["-", "NULL", None]}).write_parquet(file)
    assert whole(file).rows() == [(3, False, "1", None)]


def test_rows_are_numbered_on_over_chunks(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_IN_CHUNK", 2)
    pl.DataFrame({"a": [str(place) for place in range(5)]}).write_parquet(file)
    assert whole(file)["row_number"].to_list() == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("nested", [[[1, 2]], [{"x": 1}]])
def test_a_nested_column_is_refused(file: Path, nested: list[object]) -> None:
    pl.DataFrame({"a": nested}).write_parquet(file)
    assert "nested columns" in str(refusal(file))


def test_a_file_without_columns_is_refused(file: Path) -> None:
    pl.DataFrame().write_parquet(file)
    assert "no columns" in str(refusal(file))


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1", b"person,team\nJane Doe,T1\n"])
def test_what_is_only_called_parquet_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert "the Parquet file is broken or is none" in str(refusal(file))


@pytest.mark.parametrize("damaged", range(4, 400, 7))
def test_a_damaged_file_is_read_or_refused_and_never_ends_the_run(file: Path, damaged: int) -> None:
    pl.DataFrame({"a": ["x", "y"] * 9, "day": [date(2025, 1, 2)] * 18}).write_parquet(file, compression="uncompressed")
    content = bytearray(file.read_bytes())
    content[damaged] ^= 0xFF
    file.write_bytes(content)
    with contextlib.suppress(UnreadableFileError):
        assert whole(file).height <= 18
