"""Delimited text by the block: most blocks hold nothing that needs a careful reader, and are taken apart at once."""

import codecs
from collections.abc import Iterator
from typing import IO

import polars as pl

from pipelines.reading.table import IS_RAGGED, ROW_NUMBER, UnreadableFileError, tidy

BYTES_IN_BLOCK = 2**23
# Few, so that a refusal can say which headings stand above what cannot be read.
BYTES_IN_FIRST_BLOCK = 2**12
LONGEST_LINE = 2**26
# What trimming would take away, but for the separator itself.
BLANKS = " \t\v\f\x1c\x1d\x1e\x1f"


def text_blocks(file: IO[bytes]) -> Iterator[str]:
    """The file's text in pieces of whole lines; UTF-16 where it says so, else UTF-8.

    Raises UnicodeDecodeError, UnreadableFileError.
    """
    data = file.read(BYTES_IN_FIRST_BLOCK)
    is_utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    decoder = codecs.getincrementaldecoder("utf-16" if is_utf_16 else "utf-8-sig")()
    begun: list[str] = []
    while data:
        if sum(map(len, begun)) > LONGEST_LINE:
            raise UnreadableFileError("it holds a line without end", "export it again as 'CSV UTF-8'")
        text = decoder.decode(data)
        # A carriage return at the very end may be half of a line end.
        end = (text.rfind("\n") if "\n" in text else text.rfind("\r", 0, -1)) + 1
        if end:
            yield "".join([*begun, text[:end]])
            begun = []
        begun.append(text[end:])
        data = file.read(BYTES_IN_BLOCK)
    last = "".join(begun) + decoder.decode(b"", final=True)
    if last:
        yield last


def read_clean(block: str, separator: str, width: int, first_row: int) -> pl.DataFrame | None:
    """The block as a chunk, where each of its lines is one record of `width` cells; None where that is not certain."""
    if '"' in block or "\0" in block or block.count("\r") != block.count("\r\n"):
        return None
    # Slow to import, with NumPy behind it, and not needed where no file is read.
    import pyarrow as pa
    import pyarrow.csv

    names = [f"c{place}" for place in range(width)]
    data = block.encode()
    try:
        cells = pa.csv.read_csv(
            pa.BufferReader(data),
            read_options=pa.csv.ReadOptions(column_names=names, use_threads=False, block_size=len(data) + 1),
            parse_options=pa.csv.ParseOptions(delimiter=separator, quote_char=False, ignore_empty_lines=False),
            convert_options=pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
    except pa.ArrowInvalid:
        return None
    rows = pl.int_range(first_row, first_row + cells.num_rows, dtype=pl.Int64)
    frame = pl.DataFrame(cells).with_columns(rows.alias(ROW_NUMBER), pl.lit(value=False).alias(IS_RAGGED))
    return tidy(frame, is_trimmed=block.isascii() and not any(sign in block for sign in BLANKS if sign != separator))
