"""How far we rely on one person: stored sentences and shares, where so many came that nobody is picked out."""

import polars

from dashboard import components, section, wording
from dashboard.access import Scope
from dashboard.components import Row
from dashboard.filters import Place
from dashboard.listing import Numbers
from dashboard.store import Store

TITLE = "How far we rely on one person"
TOO_FEW = "too few people to say"
COLUMNS = ("period_start", "period_end", "share", "status")


def show(scope: Scope, store: Store, place: Place) -> None:
    """The latest four quarters in a sentence, all blocks in a table; nothing for a place it is not told of."""
    told = store.of_place(scope, "reliance_on_one_person", place.level, place.place_id)
    rows = components.as_rows(told.sort("period_start", descending=True))
    if rows:
        section.show("reliance", f"{TITLE}: {place.label}", rows[0]["sentence"], numbers(rows))


def numbers(rows: list[Row]) -> Numbers:
    """One line for each four quarters, the latest first."""
    shown = [
        [
            wording.period("four_quarters", row["period_start"], row["period_end"]),
            TOO_FEW if row["share"] is None else f"about {wording.percent(row['share'])}",
        ]
        for row in rows
    ]
    exact = polars.DataFrame(rows, infer_schema_length=None).select(COLUMNS)
    headings = ["Four quarters", "Share of attendances by the one who came most"]
    return Numbers("Service users' attendances, to the nearest 5 %", headings, shown, exact)
