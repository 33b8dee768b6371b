"""CSV as trusts write it, and as it breaks."""

import codecs
from pathlib import Path

import pytest

from pipelines.reading import delimited
from tests.pipelines.reading.rows import headings, ragged, refusal, rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.csv"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_every_encoding_and_separator_reads_the_same(file: Path, mark: bytes, encoding: str, separator: str) -> None:
    text = f"team{separator}note\r\nT1{separator}Zoë ✓\r\n"
    file.write_bytes(mark + text.encode(encoding))
    assert headings(file) == ("team", "note")
    assert rows(file) == [("T1", "Zoë ✓")]


def test_a_quoted_heading_may_hold_other_separators(file: Path) -> None:
    file.write_text('"name, first, last";team\na;b\n')
    assert headings(file) == ("name, first, last", "team")


def test_a_quoted_heading_may_hold_a_line_end(file: Path) -> None:
    file.write_text('"Team\nid";"Held\nat"\nT1;2025-01-01\n')
    assert headings(file) == ("Team\nid", "Held\nat")
    assert rows(file) == [("T1", "2025-01-01")]


def test_a_broken_quote_in_the_headings_spoils_no_row(file: Path) -> None:
    file.write_text('team,"note\nT1,a\nT2,b\n')
    assert rows(file) == [("T1", "a"), ("T2", "b")]


def test_blank_lines_above_the_headings_are_no_headings(file: Path) -> None:
    file.write_text('\n , ,\n"",""\nteam,note\nT1,a\n')
    assert headings(file) == ("team", "note")


@pytest.mark.parametrize("token", ["", "  ", "NULL", "null", "N/A", "n/a", "-", " Null ", "\u00a0"])
def test_a_missing_token_is_missing_in_any_case(file: Path, token: str) -> None:
    file.write_text(f"team,note\nT1,{token}\n", encoding="utf-8")
    assert rows(file) == [("T1", None)]


def test_a_row_without_any_value_is_no_row_and_keeps_its_number(file: Path) -> None:
    file.write_text("team,note\n\n,\n - ,NULL\nn/a,,,,\n1,2,3\n")
    assert rows(file) == [(None, None)]
    assert ragged(file) == [6]


def test_more_cells_than_headings_make_a_row_ragged_and_empty_it(file: Path) -> None:
    file.write_text("team,note\nT1,a,b\nT2,c,\nT3,d\n")
    assert rows(file) == [(None, None), (None, None), ("T3", "d")]
    assert ragged(file) == [2, 3]


def test_fewer_cells_than_headings_are_missing_cells(file: Path) -> None:
    file.write_text("team,note,more\nT1\nT2,a\n")
    assert rows(file) == [("T1", None, None), ("T2", "a", None)]


def test_outer_spaces_go_and_leading_zeros_stay(file: Path) -> None:
    file.write_text("team,note\n\u00a0 007 ,  a b \n", encoding="utf-8")
    assert rows(file) == [("007", "a b")]


@pytest.mark.parametrize("broken", ['"a"b', '"a', '"a""'])
def test_a_broken_quote_spoils_its_own_line_alone(file: Path, broken: str) -> None:
    file.write_text(f'team,note\nT1,{broken}\nT2,"b ""c"""\nT3,d\n')
    assert rows(file) == [(None, None), ("T2", 'b "c"'), ("T3", "d")]
    assert ragged(file) == [2]


def test_a_quote_that_is_open_at_the_end_spoils_its_own_line_alone(file: Path) -> None:
    file.write_text('team,note\nT1,a\nT2,"b\nT3,c\nT4,d')
    assert rows(file) == [("T1", "a"), (None, None), ("T3", "c"), ("T4", "d")]


def test_many_broken_quotes_are_read_in_good_time(file: Path) -> None:
    file.write_text("team,note\n" + 'T1,"a\n' * 50_000)
    assert len(rows(file)) == 50_000


def test_a_quoted_cell_may_hold_separators_and_line_ends(file: Path) -> None:
    file.write_bytes(b'team,note\n"a,\r\nb","c\rd\ne"\n')
    assert rows(file) == [("a,\r\nb", "c\rd\ne")]


def test_line_ends_may_be_mixed(file: Path) -> None:
    file.write_bytes(b"team,note\rT1,a\r\nT2,b\nT3,c\r\r\nT4,d")
    assert rows(file) == [("T1", "a"), ("T2", "b"), ("T3", "c"), ("T4", "d")]


def test_a_cell_of_a_megabyte_is_read_whole(file: Path) -> None:
    file.write_text("team,note\nT1," + "x" * 2**20 + "\nT2,b\n")
    got = [len(cell or "") for _, cell in rows(file)]
    assert got == [2**20, 1]


def test_ten_thousand_columns_are_read(file: Path) -> None:
    wide = range(10_000)
    file.write_text(",".join(f"h{i}" for i in wide) + "\n" + ",".join(map(str, wide)) + "\n")
    assert rows(file) == [tuple(map(str, wide))]


def test_rows_are_numbered_on_over_chunks(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "ROWS_IN_CHUNK", 2)
    file.write_text("team\na\nb\nc\n\nd,e\n")
    assert rows(file) == [("a",), ("b",), ("c",), (None,)]
    assert ragged(file) == [6]


@pytest.mark.parametrize("content", [b"", b"\n\r\n  \n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert "it is empty" in str(refusal(file))


@pytest.mark.parametrize(
    "content",
    [
        "team\nZoë Smith\n".encode("latin-1"),
        codecs.BOM_UTF16_LE + "team\nT1\n".encode("utf-16-le") + b"x",
        b"team\n" + b"T1\n" * 100_000 + b"\xff\n",
    ],
)
def test_an_unreadable_encoding_is_refused_without_a_word_of_the_text(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert refusal(file).wrong.startswith("its encoding cannot be read")
    assert "Zo" not in str(refusal(file))


@pytest.mark.parametrize("content", [b"te\0am\nT1\n", "team,name\nT1,x\n".encode("utf-16-le")])
def test_nul_bytes_in_the_headings_are_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert "its headings hold NUL bytes" in str(refusal(file))


@pytest.mark.parametrize("row", [b"T\0,x", b'T2,"a\0b"', b'"T2\0'])
def test_a_nul_byte_spoils_its_own_line_alone(file: Path, row: bytes) -> None:
    file.write_bytes(b"team,name\nT1,x\n" + row + b"\nT3,y\n")
    assert rows(file) == [("T1", "x"), (None, None), ("T3", "y")]
    assert ragged(file) == [3]


def test_a_first_line_without_end_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "LONGEST_CELL", 1000)
    file.write_text("x" * 1001)
    assert "no row of headings" in str(refusal(file))


def test_a_header_without_rows_has_headings_and_no_rows(file: Path) -> None:
    file.write_text("team,note\n")
    assert headings(file) == ("team", "note")
    assert rows(file) == []


def test_text_that_begins_like_a_zip_file_is_text(file: Path) -> None:
    file.write_text("PK_TEAM,note\nT1,a\n")
    assert headings(file) == ("PK_TEAM", "note")
