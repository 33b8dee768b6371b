"""One button under every chart and table: the picture as SVG and PNG, the numbers as workbook and CSV.

A page says `components.state_line(...)` first, as every page does, and then, under each chart or table, one line:

    take_away("presence_trust", title, numbers=frame)                                      # a table
    take_away("presence_trust", title, numbers=frame, chart=spec, sentence=sentence)       # a chart and its table
    take_away("strip_T1", title, numbers=frame, chart=svg, legend=[(mark_svg, "present")])  # a drawing of our own

`chart` is the filled Vega-Lite specification, or SVG text, as it is on the screen; files are light in any case.
`numbers` may be a function, when the frame is not there anyhow. Filters in words, days, snapshot and disclosure come
from the state line into every file. Nothing is made before the reader presses.
"""

from collections.abc import Callable, Sequence

import polars
import streamlit

from dashboard import export, filters
from dashboard.charts.sheet import Entries, Spec, png, sheet
from dashboard.components import theme

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HINT = "Each file says what it shows, as at which day, and what is hidden."
Numbers = polars.DataFrame | Callable[[], polars.DataFrame]


def take_away(
    name: str,
    title: str,
    *,
    numbers: Numbers | None = None,
    chart: Spec | str | None = None,
    sentence: str = "",
    legend: Entries = (),
    notes: Sequence[str] = (),
    label: str = "Download",
) -> None:
    """The button, and behind it a choice of files called `name`, which is unique on its page.

    `legend` are the marks of the chart as small SVG texts with their words (chart_panel.entries), `notes` what was
    noted on it, by number.
    """
    with streamlit.popover(label, icon=":material/download:", key=f"inv_take_away_{name}"):
        streamlit.html(f'<p class="inv-quiet">{HINT}</p>')
        if chart is not None:
            _pictures(name, title, chart, sentence, legend, notes)
        if numbers is not None:
            _tables(name, title, numbers)


def _pictures(name: str, title: str, chart: Spec | str, sentence: str, legend: Entries, notes: Sequence[str]) -> None:
    shown, lines = theme(), filters.about().lines()

    def picture() -> str:
        return sheet(chart, shown, title, sentence, legend, lines, notes)

    _button("Picture to print or paste (PNG)", lambda: png(picture(), lines), f"{name}.png", "image/png")
    _button("Picture to enlarge (SVG)", lambda: picture().encode(), f"{name}.svg", "image/svg+xml")


def _tables(name: str, title: str, numbers: Numbers) -> None:
    about = filters.about()

    def rows() -> polars.DataFrame:
        return numbers if isinstance(numbers, polars.DataFrame) else numbers()

    _button("Numbers for Excel (XLSX)", lambda: export.xlsx(rows(), title, about), f"{name}.xlsx", WORKBOOK)
    _button("Numbers as text (CSV)", lambda: export.csv(rows(), title, about), f"{name}.csv", "text/csv")


def _button(label: str, made: Callable[[], bytes], file_name: str, mime: str) -> None:
    streamlit.download_button(
        label, made, file_name=file_name, mime=mime, key=f"take_{file_name}", on_click="ignore", width="stretch"
    )
