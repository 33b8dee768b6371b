"""Numbers to take away are safe to open in a spreadsheet, and say what they are of."""

import io
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import duckdb
import polars
import pytest

from dashboard.export import About, csv, xlsx

STARTS = ["=", "+", "-", "@", "\t", "\r"]
ABOUT = About(
    trust="Fernhill NHS Trust (invented)",
    filters="A service user in the room, Wards",
    data_to=date(2026, 9, 30),
    as_at=date(2026, 10, 3),
    run_id="20261103-061002",
    disclosure="Counts of 1 to 4 people are hidden, so that nobody can be recognised.",
    late="Late: training",
)
ROWS = polars.DataFrame({"place": ["Jul–Sep", None], "from": [date(2026, 7, 1), None], "difference": [-17.5, 2.0]})
SAYS = ["A service user in the room, Wards", "3 Oct 2026", "20261103-061002", "Counts of 1 to 4 people are hidden"]


@pytest.mark.parametrize("start", STARTS)
def test_text_that_would_run_as_a_formula_is_made_plain(start: str) -> None:
    got = csv(polars.DataFrame({"place": [f"{start}1+1"]}), "Places", ABOUT).decode("utf-8-sig")
    assert f"'{start}1+1" in got


@pytest.mark.parametrize("before", [",", ", ", ";", "\t"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_the_lines_above_the_numbers_would_run_as_a_formula(before: str, start: str) -> None:
    lines = csv(ROWS, f"A{before}{start}1+1", ABOUT).decode("utf-8-sig").splitlines()
    cells = [cell.strip() for line in lines if line.startswith("#") for cell in line.replace(";", ",").split(",")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_line_break_in_a_title_does_not_begin_a_row() -> None:
    assert csv(ROWS, "A\n=1+1", ABOUT).decode("utf-8-sig").startswith("# Table: A =1+1\n# Trust")


def test_a_csv_says_what_it_is_of_above_its_numbers() -> None:
    lines = csv(ROWS, "Places", ABOUT).decode("utf-8-sig").splitlines()
    head = [line for line in lines if line.startswith("# ")]
    assert lines[len(head) :] == ["place,from,difference", "Jul–Sep,2026-07-01,-17.5", ",,2.0"]
    assert all(any(said in line for line in head) for said in SAYS)


def test_a_csv_reads_back_as_its_numbers(tmp_path: Path) -> None:
    file = tmp_path / "taken.csv"
    file.write_bytes(csv(ROWS, "Places", ABOUT))
    with duckdb.connect() as connection:
        assert connection.execute("from read_csv(?)", [str(file)]).fetchall() == ROWS.rows()
    assert polars.read_csv(file, comment_prefix="#", try_parse_dates=True).equals(ROWS)


def test_a_workbook_says_what_it_is_of_on_its_first_sheet_and_holds_the_numbers_on_the_next() -> None:
    sheets = polars.read_excel(io.BytesIO(xlsx(ROWS, "Places", ABOUT)), sheet_id=0, has_header=True)
    assert list(sheets) == ["About these numbers", "Numbers"]
    told = "\n".join(
        str(cell) for cell in [*sheets["About these numbers"].columns, *sheets["About these numbers"].row(-1)]
    )
    everything = told + str(sheets["About these numbers"].rows())
    assert "Places" in told
    assert all(said in everything for said in SAYS)
    assert sheets["Numbers"].rows() == ROWS.rows()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "http://"])
def test_no_text_of_a_workbook_is_a_formula_or_a_link(start: str) -> None:
    book = xlsx(polars.DataFrame({"place": [f"{start}1+1"], f"{start}2": [""]}), f"{start}3", ABOUT)
    with ZipFile(io.BytesIO(book)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2
    assert not [sheet for sheet in sheets if "<f>" in sheet or "hyperlink" in sheet]


def test_a_table_without_a_row_or_a_column_is_a_file_all_the_same() -> None:
    assert csv(polars.DataFrame(), "None", ABOUT).startswith(b"\xef\xbb\xbf# Table: None\n")
    assert xlsx(polars.DataFrame(), "None", ABOUT).startswith(b"PK")
