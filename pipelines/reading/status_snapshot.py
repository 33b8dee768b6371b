"""Snapshots of a volunteer system: every candidate's status on the day that stands in the file's name."""

import re
from datetime import date
from pathlib import Path

from pipelines.reading.file_name import read_with_name
from pipelines.reading.table import Table, UnreadableFileError

NAME = re.compile(r"_(\d{4}-\d{2}-\d{2})\.[a-z]+$", re.IGNORECASE)
LIKE = "volunteers_2026-03-31.csv, the day before the ending,"


def read(path: Path) -> Table:
    """The snapshot at `path` with a column snapshot_on. Raises UnreadableFileError, OSError."""
    found = NAME.search(path.name)
    if found and not _is_day(found[1]):
        raise UnreadableFileError(
            f"there is no day {found[1]}, which its name gives", f"name it like {LIKE} and deliver it again"
        )
    return read_with_name(path, "snapshot_on", NAME, "of which day it is", LIKE)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
