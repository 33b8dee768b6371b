"""Our team: whose menu it is in, and what is told to who has no team."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import EDITIONS, ROLES, Role, scope_of_role
from dashboard.pages import find_pages
from dashboard.store import Store
from tests.dashboard.conftest import Render, page, text_of

TEAM = "our_team"


@pytest.mark.parametrize("role", ROLES)
def test_the_page_is_in_the_menu_of_those_alone_whose_edition_has_teams(role: Role) -> None:
    readers = next(found.readers for found in find_pages() if found.name == TEAM)
    assert (role in readers) == (EDITIONS[role] == "internal")


@pytest.mark.parametrize("role", ["executive", "member"])
def test_a_reader_without_a_team_is_told_what_to_read_instead(render: Render, role: Role) -> None:
    told = text_of(render(TEAM, role))
    assert "Until then Overview and Trends show every service area." in told
    assert "Ash ward" not in told


def test_a_lead_to_whom_no_team_is_open_is_told_whom_to_ask_and_what_will_stand_there(store: Store) -> None:
    lead = {"name": TEAM, "scope": scope_of_role("qi_lead"), "store": store}  # as claims alone make one
    app = AppTest.from_function(page, kwargs=lead, default_timeout=60).run()
    assert not app.exception
    told = text_of(app)
    assert "If you lead a team, ask the involvement office to open it to you, and say which it is." in told
    assert "its last twelve meetings" in told
