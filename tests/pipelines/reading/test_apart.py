"""A file that would end or exhaust the process that takes it apart is refused, and the run goes on."""

import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from tests.pipelines.reading.rows import headings, refusal, rows

SHEET = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"


def rewrite(file: Path, **parts: bytes) -> None:
    """Writes a workbook of one cell and puts other bytes in the place of its parts."""
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(0, 0, "a")
    with zipfile.ZipFile(file) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    whole |= {{"sheet": SHEET, "shared": SHARED}[name]: content for name, content in parts.items()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)


def sheet(cells: bytes) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + cells
        + b"</sheetData></worksheet>"
    )


def test_a_cell_in_a_column_beyond_any_number_ends_no_run(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Found by fuzzing: the column's number wraps round, and the library asks for 121 GB and ends the process."""
    far = b'<c r="' + b"F" * 98 + b'A1" t="inlineStr"><is><t>Jane</t></is></c>'
    rewrite(file, sheet=sheet(b'<row r="1"><c r="A1"><v>1</v></c>' + far + b"</row>"))
    assert refusal(file).advice
    assert capfd.readouterr() == ("", "")


def test_one_long_text_in_very_many_cells_does_not_exhaust_the_memory(file: Path) -> None:
    text = b"<si><t>" + b"x" * 1_000_000 + b"</t></si>"
    shared = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + text + b"</sst>"
    row = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (place, place) for place in range(1, 20_000))
    rewrite(file, sheet=sheet(row), shared=shared)
    assert file.stat().st_size < 300_000
    assert "damaged or far too large" in str(refusal(file))


def test_a_parquet_file_that_unpacks_to_too_much_is_refused(file: Path) -> None:
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 50_000, pa.int32()), pa.array(["x" * 1_000_000]))
    pq.write_table(pa.table({"a": text}), file, compression="zstd")
    assert file.stat().st_size < 300_000
    got = refusal(file)
    assert got.wrong
    assert got.advice


@pytest.mark.parametrize("width", [1, 16, 2000])
def test_the_bound_leaves_room_for_a_file_of_any_width(file: Path, width: int) -> None:
    pq.write_table(pa.table({f"h{place}": ["x"] * 1000 for place in range(width)}), file)
    assert (len(headings(file)), len(rows(file))) == (width, 1000)


def test_the_key_of_the_pseudonyms_is_not_handed_to_the_process(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_column(0, 0, ["a", "1"])
    monkeypatch.setenv("INVOLVE_PSEUDONYM_KEY", "x" * 40)
    assert (headings(file), rows(file)) == (("a",), [("1",)])
