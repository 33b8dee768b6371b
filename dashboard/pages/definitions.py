"""What every number counts, what to take care of, what to read beside it, and where it comes from."""

from dataclasses import dataclass
from html import escape
from itertools import groupby

import polars
import streamlit

from dashboard import components, lineage, notes, wording
from dashboard.access import Scope
from dashboard.components import Row
from dashboard.store import Store
from dashboard.take_away import take_away

TITLE = "What the numbers mean"
ORDER = 9
ICON = ":material/menu_book:"
FILTERS = ()


def render(scope: Scope, store: Store) -> None:
    """Every number of the snapshot, by the question it answers."""
    indicators = components.as_rows(store.indicators(scope))
    components.state_line(scope, store, "every number")
    known = Known(
        titles={row["indicator_id"]: row["short_title"] for row in indicators},
        tables={row["table_name"]: row for row in store.tables(scope).iter_rows(named=True)},
        said=notes.said_anywhere(scope, store),
    )
    themes = list(dict.fromkeys(row["theme"] for row in indicators))
    ordered = sorted(indicators, key=lambda row: themes.index(row["theme"]))
    sections = "".join(
        section(theme, list(members), known) for theme, members in groupby(ordered, key=lambda row: row["theme"])
    )
    streamlit.html(f'<h1 class="inv-title">{TITLE}</h1>{sections}')
    take_away("what_the_numbers_mean", TITLE, numbers=lambda: as_table(ordered))


@dataclass(frozen=True)
class Known:
    """What stands beside every definition: titles by indicator, tables by name, what service users said."""

    titles: dict[str, str]
    tables: dict[str, Row]
    said: list[Row]


def section(theme: str, members: list[Row], known: Known) -> str:
    """A question and the numbers that answer it."""
    body = "".join(entry(row, known) for row in members)
    return f'<section class="inv-theme-section"><h2 class="inv-small">{escape(theme)}</h2>{body}</section>'


def entry(indicator: Row, known: Known) -> str:
    """One number: its title and definition at once, the rest when it is opened."""
    name = indicator["indicator_id"]
    beside = [known.titles[other] for other in indicator["beside"] if other in known.titles]
    more = [("It answers", indicator["question"]), ("Read beside it", "; ".join(beside))]
    told = notes.said([row for row in known.said if row["indicator_id"] in (None, name)], heading="h3")
    way = lineage.picture(f"indicators.{name}", known.tables)
    sql = f"<h3>Its SQL</h3><pre><code>{escape(indicator['sql'])}</code></pre>" if indicator["sql"] else ""
    return (
        f'<details class="inv-definition"><summary><strong>{escape(indicator["title"])}</strong> '
        f"<span>{escape(indicator['definition'])}</span></summary>"
        f"{components.meaning(indicator, more)}{told}<h3>From file to figure</h3>{way}{sql}</details>"
    )


def as_table(indicators: list[Row]) -> polars.DataFrame:
    """The definitions to take away."""
    kept = ("theme", "title", "definition", "caution", "source", "owner", "reviewed_on")
    rows = [{name: row[name] for name in kept} | {"target": wording.target(row) or None} for row in indicators]
    return polars.DataFrame(rows, infer_schema_length=None)
