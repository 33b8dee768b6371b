"""Who may read what: deny by default."""

import pytest

from dashboard.access import EVERY_TEAM, ROLES, Refusal, Role, Scope, scope_of_claims, scope_of_role

NOW = 1_000.0
SIGNED_IN = {"is_logged_in": True, "exp": NOW + 60}


@pytest.mark.parametrize(
    ("claims", "want"),
    [
        ({}, Refusal.NOT_SET_UP),
        ({"is_logged_in": False}, Refusal.SIGNED_OUT),
        ({"is_logged_in": "yes", "exp": NOW + 60}, Refusal.SIGNED_OUT),
        ({"is_logged_in": True, "roles": ["admin"]}, Refusal.EXPIRED),
        ({"is_logged_in": True, "roles": ["admin"], "exp": NOW}, Refusal.EXPIRED),
        ({"is_logged_in": True, "roles": ["admin"], "exp": "never"}, Refusal.EXPIRED),
        (SIGNED_IN, Refusal.NO_RIGHT),
        ({**SIGNED_IN, "roles": []}, Refusal.NO_RIGHT),
        ({**SIGNED_IN, "roles": "admin"}, Refusal.NO_RIGHT),
        ({**SIGNED_IN, "roles": ["Admin", "root"]}, Refusal.NO_RIGHT),
        ({**SIGNED_IN, "roles": ["member", "admin"]}, Refusal.NO_RIGHT),
    ],
)
def test_claims_that_do_not_plainly_allow_are_refused(claims: dict[str, object], want: Refusal) -> None:
    assert scope_of_claims(claims, NOW) == want


@pytest.mark.parametrize("role", ROLES)
def test_one_known_role_gives_its_scope(role: Role) -> None:
    got = scope_of_claims({**SIGNED_IN, "roles": [role, "unknown"]}, NOW)
    assert got == scope_of_role(role)


def test_claims_alone_open_no_team_to_a_qi_lead() -> None:
    got = scope_of_claims({**SIGNED_IN, "roles": ["qi_lead"], "team": "T1"}, NOW)
    assert got == Scope("qi_lead", "internal", ())


@pytest.mark.parametrize("role", ["executive", "member"])
def test_the_board_s_readers_read_the_board_edition_and_no_team(role: Role) -> None:
    assert scope_of_role(role, "T1") == Scope(role, "board", ())


@pytest.mark.parametrize("role", ["analyst", "admin"])
def test_analysts_and_admins_see_every_team(role: Role) -> None:
    assert scope_of_role(role) == Scope(role, "internal", EVERY_TEAM)


@pytest.mark.parametrize(
    ("role", "edition", "places"),
    [
        ("executive", "internal", ()),
        ("member", "internal", ("T1",)),
        ("executive", "board", ("T1",)),
        ("qi_lead", "internal", EVERY_TEAM),
        ("analyst", "board", ()),
        ("stranger", "board", ()),
    ],
)
def test_a_scope_beyond_its_role_cannot_be_made(role: Role, edition: str, places: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"may not|no team"):
        Scope(role, edition, places)  # type: ignore[arg-type]
