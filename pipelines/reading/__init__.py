"""Reads a delivered file into text: headings, then chunks of rows, whatever the format."""

from pipelines.reading.table import Table, UnreadableFileError, read_table

__all__ = ["Table", "UnreadableFileError", "read_table"]
