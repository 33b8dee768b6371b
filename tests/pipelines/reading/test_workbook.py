"""Workbooks, written by a real writer."""

import zipfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.reading import workbook
from tests.pipelines.reading.rows import headings, ragged, refusal, rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.xlsx"


def write(path: Path, *table: Sequence[object], top: int = 0) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        sheet = book.add_worksheet()
        for place, cells in enumerate(table, start=top):
            sheet.write_row(place, 0, cells)


def test_numbers_become_the_text_of_whole_numbers_and_text_keeps_its_zeros(file: Path) -> None:
    write(file, ["a", "b", "c"], [12345, "007", 60.5], [1234567890123, "1.0", 60.0])
    assert rows(file) == [("12345", "007", "60.5"), ("1234567890123", "1.0", "60")]


def test_every_minute_of_a_day_is_the_minute_that_was_written(file: Path) -> None:
    minutes = [datetime(2025, 6, 1) + timedelta(minutes=minute) for minute in range(24 * 60)]
    write(file, ["held_at"], *([minute] for minute in minutes))
    assert rows(file) == [(minute.isoformat(sep=" "),) for minute in minutes]


def test_a_formula_is_its_result(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 0, "=40+2", value=42)
        sheet.write_formula(1, 1, '="T"&1', value="T1")
    assert rows(file) == [("42", "T1")]


def test_a_cell_that_holds_an_error_is_missing(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 0, "=NA()", value="#N/A")
        sheet.write(1, 1, "x")
    assert rows(file) == [(None, "x")]


def test_only_the_first_sheet_is_read(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        for name in ("first", "second"):
            book.add_worksheet(name).write_column(0, 0, ["a", name])
    assert rows(file) == [("first",)]


def test_blank_rows_above_and_between_are_no_rows(file: Path) -> None:
    write(file, [" ", ""], ["a", "b"], ["", "-"], ["1", "n/a"], top=2)
    assert headings(file) == ("a", "b")
    assert rows(file) == [("1", None)]


def test_a_value_right_of_the_headings_makes_its_row_ragged(file: Path) -> None:
    write(file, ["a", "b"], ["1", "2", "", "a stray note"], ["3", "4", "", " "])
    assert rows(file) == [(None, None), ("3", "4")]
    assert ragged(file) == [2]


def test_a_workbook_of_headings_alone_has_no_rows(file: Path) -> None:
    write(file, ["a", "b"])
    assert headings(file) == ("a", "b")
    assert rows(file) == []


def test_an_empty_sheet_is_refused(file: Path) -> None:
    write(file)
    assert "its first sheet is empty" in str(refusal(file))


def test_a_truncated_workbook_is_refused(file: Path) -> None:
    write(file, ["a"], ["1"])
    file.write_bytes(file.read_bytes()[:-400])
    assert "broken" in str(refusal(file))


@pytest.mark.parametrize("content", [b"", b"person,team\nJane Doe,T1\n", b"PK\x03\x04" + bytes(100)])
def test_what_is_only_called_a_workbook_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert "the workbook is broken or is none" in str(refusal(file))


def test_a_zip_file_that_holds_no_workbook_is_refused(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert "the workbook is broken or is none" in str(refusal(file))


@pytest.mark.parametrize("name", ["file.xls", "file.xlsx", "file.csv"])
def test_an_old_or_locked_workbook_is_refused_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000))
    assert "old Excel workbook or has a password" in str(refusal(path))


def test_a_small_file_that_unpacks_to_too_much_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LARGEST_UNPACKED", 10_000_000)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(11_000_000))
    assert file.stat().st_size < 100_000
    assert "larger than a workbook can be" in str(refusal(file))


def test_a_file_that_understates_what_it_unpacks_to_is_refused(file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(5_000_000))
    stated = (5_000_000).to_bytes(4, "little")
    file.write_bytes(file.read_bytes().replace(stated, (1000).to_bytes(4, "little")))
    assert "broken" in str(refusal(file))


def test_one_stray_cell_in_the_far_corner_does_not_exhaust_the_memory(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write(1_048_575, 16_383, "x")
    assert file.stat().st_size < 10_000
    assert "larger than a workbook can be" in str(refusal(file))


def test_formatted_empty_cells_far_away_do_no_harm(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["a", "1"])
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    assert rows(file) == [("1",)]
