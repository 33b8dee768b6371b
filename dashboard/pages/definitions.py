"""What every number counts, what to take care of, what to read beside it, and where it comes from."""

from html import escape
from itertools import groupby

import streamlit

from dashboard import components
from dashboard.access import Scope
from dashboard.components import Row
from dashboard.store import Store

TITLE = "What the numbers mean"
ORDER = 9
ICON = ":material/menu_book:"
FILTERS = ()


def render(scope: Scope, store: Store) -> None:
    """Every number of the snapshot, by the question it answers."""
    indicators = components.as_rows(store.indicators(scope))
    components.state_line(scope, store, "every number")
    titles = {row["indicator_id"]: row["short_title"] for row in indicators}
    themes = list(dict.fromkeys(row["theme"] for row in indicators))
    ordered = sorted(indicators, key=lambda row: themes.index(row["theme"]))
    sections = "".join(
        section(theme, list(members), titles) for theme, members in groupby(ordered, key=lambda row: row["theme"])
    )
    streamlit.html(f'<h1 class="inv-title">{TITLE}</h1>{sections}')


def section(theme: str, members: list[Row], titles: dict[str, str]) -> str:
    """A question and the numbers that answer it."""
    body = "".join(entry(row, titles) for row in members)
    return f'<section class="inv-theme-section"><h2 class="inv-small">{escape(theme)}</h2>{body}</section>'


def entry(indicator: Row, titles: dict[str, str]) -> str:
    """One number: its title and definition at once, the rest when it is opened."""
    beside = [titles[name] for name in indicator["beside"] if name in titles]
    more = [("It answers", indicator["question"]), ("Read beside it", "; ".join(beside))]
    sql = f"<h3>Its SQL</h3><pre><code>{escape(indicator['sql'])}</code></pre>" if indicator["sql"] else ""
    return (
        f'<details class="inv-definition"><summary><strong>{escape(indicator["title"])}</strong> '
        f"<span>{escape(indicator['definition'])}</span></summary>"
        f"{components.meaning(indicator, more)}{sql}</details>"
    )
