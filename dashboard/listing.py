"""A table as it stands on a page, and its files."""

from dataclasses import dataclass

import polars
import streamlit

from dashboard import components
from dashboard.components import scrolled, table
from dashboard.take_away import take_away

FEW_COLUMNS = 3  # more are stacked on a narrow screen


@dataclass(frozen=True)
class Numbers:
    """A table as it is shown: each row of texts begins with what it is about; `exact`, for files, has numbers."""

    caption: str
    headings: list[str]
    rows: list[list[str]]
    exact: polars.DataFrame


def as_shown(caption: str, headings: list[str], rows: list[list[str]]) -> Numbers:
    """A table whose files hold what it shows: whole numbers as numbers, the rest as text."""
    columns = {heading: [row[n] for row in rows] for n, heading in enumerate(headings)}
    exact = {
        heading: [int(text.replace(",", "")) for text in texts] if components.are_numbers(texts) else texts
        for heading, texts in columns.items()
    }
    return Numbers(caption, headings, rows, polars.DataFrame(exact))


def list_numbers(name: str, numbers: Numbers, *, css: str = "", label: str = "Download") -> None:
    """A table alone, and its files, called `name`."""
    streamlit.html(in_its_place(numbers, css))
    take_away(name, numbers.caption, numbers=numbers.exact, label=label)


def in_its_place(numbers: Numbers, css: str = "", name: str = "") -> str:
    """The table in a part of the page that scrolls by itself, or on a narrow screen is stacked.

    `name` is what that part is called, the caption unless given; it is unique on its page.
    """
    kind = "inv-block inv-stack" if len(numbers.headings) > FEW_COLUMNS else "inv-block"
    return scrolled(table(numbers.caption, numbers.headings, numbers.rows), name or numbers.caption, css or kind)
