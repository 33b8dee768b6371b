"""XLSX: the first sheet as it stands, for what is not one table."""

from pathlib import Path

from pipelines.reading import workbook
from pipelines.reading.table import Table


def read(path: Path) -> Table:
    """The cells of the first sheet as text, no row of headings taken off. Raises UnreadableFileError, OSError."""
    frame = workbook.first_sheet(path)
    return Table(tuple(frame.columns), iter([frame]))
