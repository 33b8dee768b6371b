"""Course-completion exports of Moodle: the course stands in the file's name, years have two digits."""

import re
from dataclasses import replace
from pathlib import Path

import polars as pl

from pipelines.reading.file_name import read_with_name
from pipelines.reading.table import IS_RAGGED, ROW_NUMBER, Table

NAME = re.compile(r"completion-(.+)\.[a-z]+$", re.IGNORECASE)
LIKE = "completion-<course short name>.csv"
# 3/02/25, 10:15
SHORT_DATE = r"^(\d{1,2}/\d{1,2}/)(\d\d)(?:,? +(\d{1,2}:\d{2}))?$"
FOUR_DIGITS = r"^(\d{1,2}/\d{1,2}/\d{4}), +(\d{1,2}:\d{2})$"


def read(path: Path) -> Table:
    """The export at `path` with a column course_code. Raises UnreadableFileError, OSError."""
    table = read_with_name(path, "course_code", NAME, "which course it is of", LIKE)
    return replace(table, chunks=map(_with_whole_years, table.chunks))


def _with_whole_years(chunk: pl.DataFrame) -> pl.DataFrame:
    cells = pl.all().exclude(ROW_NUMBER, IS_RAGGED, "c0")
    whole = cells.str.replace(SHORT_DATE, "${1}20${2} ${3}").str.replace(FOUR_DIGITS, "$1 $2").str.strip_chars_end()
    return chunk.with_columns(whole)
