"""One number over time: one place large, or every service area on one scale."""

import polars

from dashboard import components, filters, wording
from dashboard.access import Scope
from dashboard.gap_panel import meetings_since
from dashboard.group_panel import by_group
from dashboard.multiples import service_areas
from dashboard.store import Store
from dashboard.trend import one_place

TITLE = "Trends"
ORDER = 2
ICON = ":material/show_chart:"
FILTERS = (filters.INDICATOR, filters.VIEW, filters.PLACE, filters.CATEGORY, filters.PERIOD)


def render(scope: Scope, store: Store) -> None:
    """The chosen number for the chosen place, by groups of people where asked, or its small multiples."""
    chosen = filters.chosen()
    if chosen.indicator_id is None:
        components.message("There is no number to show", "The published snapshot defines none.")
        return
    is_chosen = polars.col("indicator_id") == chosen.indicator_id
    indicator = store.indicators(scope).row(by_predicate=is_chosen, named=True)
    shown = chosen.place.label if chosen.view == "One place" else "service areas"
    groups = [f"by {wording.DIMENSIONS[chosen.dimension]}"] if chosen.dimension else []
    components.state_line(scope, store, chosen.words(indicator["short_title"], shown, *groups))
    if chosen.dimension:
        by_group(scope, store, indicator, chosen.place, chosen.dimension)
    elif chosen.view == "One place":
        one_place(scope, store, indicator, chosen.place)
        if chosen.place.level == "team" and indicator["diary"]:
            meetings_since(scope, store, chosen.place)
    else:
        service_areas(scope, store, indicator)
