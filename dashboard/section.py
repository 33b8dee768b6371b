"""A part of a page: heading, sentence, a chart with its legend, the table behind it, and all of it to take away."""

from collections.abc import Sequence
from html import escape

import streamlit

from dashboard import chart_panel, wording
from dashboard.charts.sheet import Entries, Spec
from dashboard.listing import Numbers, in_its_place
from dashboard.take_away import take_away


def show(
    name: str,
    title: str,
    sentence: str,
    numbers: Numbers,
    *,
    chart: Spec | None = None,
    marks: Entries = (),
    notes: Sequence[str] = (),
    is_folded: bool = False,
) -> None:
    """The section `name`, unique on its page. `marks` are small SVG texts and their words; `notes` stand below.

    A long table is folded away until it is asked for.
    """
    sentence = wording.kept_together(sentence)  # the chart is named by the very sentence that stands above it
    streamlit.html(head(title, sentence))
    if chart is not None:
        with streamlit.container(key=f"inv_chart_{name}"):
            chart_panel.draw(dict(chart), alt=f"{title}. {sentence}", key=f"chart_{name}")
        streamlit.html(chart_panel.legend(marks))
    below = "".join(f'<p class="inv-quiet">{escape(wording.kept_together(note))}</p>' for note in notes)
    with streamlit.expander("The numbers behind this chart") if is_folded else streamlit.container():
        streamlit.html(in_its_place(numbers) + below)
    take_away(name, title, numbers=numbers.exact, chart=chart, sentence=sentence, legend=marks)


def head(title: str, sentence: str) -> str:
    """Heading and sentence."""
    told = f'<p class="inv-tells">{escape(sentence)}</p>' if sentence else ""
    return f'<h2 class="inv-part">{escape(title)}</h2>{told}'


def nothing(title: str, why: str) -> None:
    """A section that has nothing to show, and why."""
    streamlit.html(f'<h2 class="inv-part">{escape(title)}</h2><p class="inv-quiet">{escape(why)}</p>')
