"""Numbers to take away, as CSV and as a workbook, with what they are of inside the file."""

import io
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars
import xlsxwriter

from dashboard import wording

FORMULA_STARTS = r"^[=+\-@\t\r]"
INNER_FORMULA_STARTS = r"([,;\t]\s*)(?=[=+\-@])"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # without it a spreadsheet reads the dashes of "Jul–Sep" as another encoding
USE = "For improving involvement. Not for judging a team, a member of staff or a service user."
PLAIN_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
WIDEST_COLUMN = 60


@dataclass(frozen=True)
class About:
    """What a page shows, so that a file taken from it says the same: filters in words, days, snapshot, disclosure."""

    trust: str
    filters: str
    data_to: date
    as_at: date
    run_id: str
    disclosure: str
    late: str

    def lines(self) -> list[tuple[str, str]]:
        """Name and text of everything a file says of itself."""
        return [
            ("Trust", self.trust),
            ("Filters", self.filters),
            ("Complete to", wording.day(self.data_to)),
            ("Figures as at", wording.day(self.as_at)),
            ("Snapshot", self.run_id),
            ("Disclosure control", self.disclosure),
            ("Feeds", self.late),
            ("Use", USE),
        ]


def csv(rows: polars.DataFrame, title: str, about: About) -> bytes:
    """`rows` as CSV, UTF-8, under lines that begin with # and say what they are of.

    Text a spreadsheet would take for a formula begins with an apostrophe. Readers of CSV take the # as the sign of a
    comment (DuckDB by itself, Polars with comment_prefix, pandas with comment).
    """
    texts = polars.selectors.string()
    guarded = rows.with_columns(
        polars.when(texts.str.contains(FORMULA_STARTS)).then("'" + texts).otherwise(texts).name.keep()
    )
    head = "".join(f"{_comment(name, text)}\n" for name, text in [("Table", title), *about.lines()])
    return BYTE_ORDER_MARK + head.encode() + guarded.write_csv().encode()


def _comment(name: str, text: str) -> str:
    # To a spreadsheet a comma begins a cell even here, and what stands after it could be a formula.
    on_one_line = " ".join(f"{name}: {text}".split()).replace('"', "'")
    return "# " + re.sub(INNER_FORMULA_STARTS, r"\1'", on_one_line)


def xlsx(rows: polars.DataFrame, title: str, about: About) -> bytes:
    """`rows` as a workbook: first a sheet that says what they are of, then the numbers; no text becomes a formula."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, PLAIN_TEXT) as book:
        book.set_properties({"title": title, "comments": "\n".join(f"{n}: {text}" for n, text in about.lines())})
        _write_about(book, title, about)
        _write_numbers(book, rows)
    return held.getvalue()


def _write_about(book: Any, title: str, about: About) -> None:
    sheet = book.add_worksheet("About these numbers")
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, title, bold)
    for n, (name, text) in enumerate(about.lines(), start=2):
        sheet.write_string(n, 0, name, bold)
        sheet.write_string(n, 1, text, wrapped)


def _write_numbers(book: Any, rows: polars.DataFrame) -> None:
    sheet = book.add_worksheet("Numbers")
    bold = book.add_format({"bold": True, "bottom": 1})
    dated = book.add_format({"num_format": "d mmm yyyy", "align": "left"})
    for at, column in enumerate(rows.iter_columns()):
        cells = column.to_list()
        widest = max((len(str(cell)) for cell in (column.name, *cells) if cell is not None), default=0)
        sheet.set_column(at, at, min(widest + 2, WIDEST_COLUMN))
        sheet.write_string(0, at, column.name, bold)
        for n, cell in enumerate(cells, start=1):
            _write_cell(sheet, n, at, cell, dated)
    sheet.freeze_panes(1, 1)
    if rows.width:
        sheet.autofilter(0, 0, rows.height, rows.width - 1)


def _write_cell(sheet: Any, row: int, column: int, cell: object, dated: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, dated)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, str(cell))
