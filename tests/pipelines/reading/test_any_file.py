"""Whatever is delivered, a reader reads it or refuses it."""

import contextlib
import csv
import io
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from pipelines.reading import UnreadableFileError
from pipelines.reading.table import is_missing
from tests.pipelines.reading.rows import headings, rows, whole

# Any text but control signs: the writer leaves a lone carriage return unquoted, and then it is a line end.
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8)
CELL = TEXT | st.sampled_from(["", "NULL", "n/a", "-", '"', '""', "a,b", "a;b", "a\tb", "\r\n", " x "])


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    return draw(st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=6))


def starts() -> SearchStrategy[bytes]:
    return st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"a,b\n"])


@given(
    table=tables(),
    separator=st.sampled_from([",", ";", "\t"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_csv_writer_writes_reads_back_the_same(
    file: Path, table: list[list[str]], separator: str, quoting: int, line_end: str, encoding: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=quoting, lineterminator=line_end)  # type: ignore[arg-type]
    names = [f"heading {place}" for place in range(len(table[0]) if table else 2)]
    writer.writerows([names, *table])
    file.write_bytes(text.getvalue().encode(encoding))
    want = [tuple(None if is_missing(cell) else cell.strip() for cell in row) for row in table]
    assert headings(file) == tuple(names)
    assert rows(file) == [row for row in want if any(row)]


@given(start=starts(), rest=st.binary(max_size=300))
@example(start=b"", rest=b"")
@example(start=b"PAR1", rest=b"PAR1")
def test_any_bytes_are_read_or_refused(file: Path, start: bytes, rest: bytes) -> None:
    file.write_bytes(start + rest)
    with contextlib.suppress(UnreadableFileError):
        assert whole(file).width > 2
