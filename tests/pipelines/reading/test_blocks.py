"""Blocks that are taken apart at once give what the careful reader gives, wherever the blocks are cut."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.reading import UnreadableFileError, blocks, delimited
from pipelines.reading.table import IS_RAGGED
from tests.pipelines.reading.rows import headings, refusal, rows, whole

PIECES = [
    "a",
    "é",
    " ",
    "\u00a0",
    ",",
    ",",
    ";",
    "\n",
    "\n",
    "\r\n",
    "\r",
    '"',
    '""',
    "\0",
    "NULL",
    "n/A",
    "-",
    "x\n1,2\n",
]
LINES = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def read(path: Path) -> pl.DataFrame | str:
    try:
        return whole(path)
    except UnreadableFileError as error:
        return str(error)


def carefully(path: Path, patch: pytest.MonkeyPatch) -> pl.DataFrame | str:
    with patch.context() as patched:
        patched.setattr(delimited, "read_clean", lambda *_: None)
        return read(path)


@given(text=LINES, size=st.integers(2, 30), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@example(text="x,y\nx\0,1\n2,3\n", size=6, encoding="utf-8")
@example(text="x\n\n\n1\n", size=3, encoding="utf-8")
def test_wherever_blocks_are_cut_the_careful_reader_would_say_the_same(
    file: Path, text: str, size: int, encoding: str
) -> None:
    file.write_bytes(("a,b\n" + text).encode(encoding))
    with pytest.MonkeyPatch.context() as patch:
        want = carefully(file, patch)
        patch.setattr(blocks, "BYTES_IN_FIRST_BLOCK", size)
        patch.setattr(blocks, "BYTES_IN_BLOCK", size)
        got = read(file)
    if isinstance(want, pl.DataFrame) and isinstance(got, pl.DataFrame):
        assert got.sort("row_number").rows() == want.sort("row_number").rows()
    else:
        assert got == want


def test_a_clean_block_is_taken_apart_at_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "_frame", None)
    file.write_bytes(b"a,b\r\n 1 ,x\r\nNULL,-\r\n2,y")
    assert rows(file) == [("1", "x"), ("2", "y")]


def test_one_broken_row_leaves_its_neighbours_whole(file: Path) -> None:
    file.write_bytes(b"a,b\n" + b"1,2\n" * 5000 + b'"3,4\n' + b"5,6\n" * 5000)
    got = whole(file)
    assert (got.height, got.filter(pl.col(IS_RAGGED))["row_number"].to_list()) == (10_001, [5002])


def test_a_line_without_end_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BYTES_IN_BLOCK", 1000)
    monkeypatch.setattr(blocks, "LONGEST_LINE", 10_000)
    file.write_bytes(b"a,b\n1,2\n" + b"x" * 20_000)
    assert "line without end" in str(refusal(file))
    file.write_bytes(b"a,b\n1,2\n" + b"x" * 5_000)
    assert headings(file) == ("a", "b")
