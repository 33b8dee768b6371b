"""The way of a number from the files people send to the figure, as a list that reads from left to right."""

from collections.abc import Iterable, Mapping
from html import escape

from dashboard.components import Row

STEPS = {  # the layers a step is made of, in words
    "Files people send": ("raw",),
    "Each row checked": ("validated",),
    "Put into one form": ("staging",),
    "Joined and judged": ("marts",),
    "Counted": ("indicators",),
}
LAST = "Hidden where few, then published"


def behind(name: str, reads: Mapping[str, Iterable[str]]) -> set[str]:
    """A table and every table it is made of; `reads` are the tables each one reads."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        table = waiting.pop()
        if table not in found:
            found.add(table)
            waiting += reads.get(table, ())
    return found


def picture(name: str, tables: Mapping[str, Row]) -> str:
    """The steps of the table `name` as an ordered list drawn as boxes; `tables` are Store.tables by table_name."""
    made_of = behind(name, {table: row["reads"] for table, row in tables.items()})
    steps = [
        (
            words,
            sorted(_short(tables[table]) for table in made_of if table in tables and tables[table]["layer"] in layers),
        )
        for words, layers in STEPS.items()
    ]
    drawn = "".join(
        f"<li><strong>{escape(words)}</strong> <span>{escape(', '.join(names))}</span></li>"
        for words, names in [*steps, (LAST, ["figures, limits and sentences"])]
        if names
    )
    return f'<ol class="inv-lineage">{drawn}</ol>'


def _short(table: Row) -> str:
    """A feed by its title, another table by its name."""
    if table["layer"] in ("raw", "validated"):
        return str(table["description"]).partition(":")[0]
    return str(table["table_name"]).partition(".")[2].replace("_", " ")
