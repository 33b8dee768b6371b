"""Tables as the bytes of the files a trust sends."""

import io
from datetime import date, datetime, time

import polars as pl
import xlsxwriter


def csv_bytes(rows: pl.DataFrame, *, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV file with CRLF line ends; `utf-16` is little endian with a byte order mark, as spreadsheets write it."""
    text = rows.write_csv(separator=separator, line_terminator="\r\n")
    return b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)


def xlsx_bytes(rows: pl.DataFrame, *, created_on: date) -> bytes:
    """A workbook with one sheet of typed cells; its properties carry `created_on`, so that the bytes are repeatable."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": datetime.combine(created_on, time())})
        sheet = workbook.add_worksheet("Meetings")
        moment = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, rows.columns)
        # One method a column: to let the library look at each cell for its type costs half as much again.
        for place, column in enumerate(rows.iter_columns()):
            for number, cell in enumerate(column.to_list(), start=1):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, place, cell, moment)
                elif isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write_number(number, place, cell)
    return buffer.getvalue()


def parquet_bytes(rows: pl.DataFrame) -> bytes:
    """A Parquet file."""
    buffer = io.BytesIO()
    rows.write_parquet(buffer)
    return buffer.getvalue()
