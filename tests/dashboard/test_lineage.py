"""The way from file to figure, as a list that reads from left to right."""

import re

from dashboard.access import scope_of_role
from dashboard.lineage import behind, picture
from dashboard.store import Store
from tests.dashboard.conftest import Render, text_of


def table(layer: str, name: str, *reads: str, description: str = "") -> dict[str, object]:
    """A row of Store.tables."""
    full = f"{layer}.{name}"
    return {"table_name": full, "layer": layer, "reads": list(reads), "description": description}


TABLES = [
    table("raw", "meetings", description="Meetings: every row ever read."),
    table("raw", "people", description="People: every row ever read."),
    table("validated", "meetings", "raw.meetings", description="Meetings: rows in use."),
    table("staging", "meeting", "validated.meetings"),
    table("marts", "team_meeting", "staging.meeting"),
    table("indicators", "presence", "marts.team_meeting", "marts.run"),
]


def test_all_that_a_table_is_made_of_is_behind_it_once_also_in_a_diamond() -> None:
    reads = {"d": ["b", "c"], "b": ["a"], "c": ["a"], "x": ["a"]}
    assert behind("d", reads) == {"a", "b", "c", "d"}


def test_the_steps_run_from_the_files_to_what_is_published_and_name_no_other_table() -> None:
    drawn = picture("indicators.presence", {str(row["table_name"]): row for row in TABLES})
    steps = re.findall(r"<li><strong>(.*?)</strong> <span>(.*?)</span></li>", drawn)
    assert steps[0] == ("Files people send", "Meetings")
    assert ("Joined and judged", "team meeting") in steps
    assert steps[-1][0].endswith("published")
    assert "People" not in drawn


def test_the_page_draws_the_way_of_every_number(render: Render, store: Store) -> None:
    drawn = text_of(render("definitions", "executive"))
    assert drawn.count('<ol class="inv-lineage">') == store.indicators(scope_of_role("executive")).height
