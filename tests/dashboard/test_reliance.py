"""How far we rely on one person, as it is stored."""

import pytest

from dashboard.access import Role
from tests.dashboard.conftest import Render, text_of
from tests.dashboard.room import ONE_PERSON


@pytest.mark.parametrize("role", ["executive", "qi_lead", "analyst"])
def test_how_far_we_rely_on_one_person_is_told_as_it_is_stored(render: Render, role: Role) -> None:
    got = text_of(render("who_was_there", role))
    assert ONE_PERSON.replace(" %", "\u00a0%") in got
    assert '<th scope="row">Oct 2025 to Sep 2026</th><td>about 20\u00a0%</td>' in got
    assert "<td>too few people to say</td>" in got
    assert "rely on one person" not in text_of(render("who_was_there", role, place="Wards"))
