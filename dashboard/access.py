"""Turns who somebody is into what they may read. Deny by default; the only reader of st.user."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from time import time
from typing import Literal, get_args

import streamlit

Role = Literal["executive", "member", "qi_lead", "analyst", "admin"]
Edition = Literal["internal", "board"]

ROLES: tuple[Role, ...] = get_args(Role)
EDITIONS: dict[Role, Edition] = {
    "executive": "board",
    "member": "board",
    "qi_lead": "internal",
    "analyst": "internal",
    "admin": "internal",
}
EVERY_TEAM = ("*",)
SEES_EVERY_TEAM: frozenset[Role] = frozenset({"analyst", "admin"})


@dataclass(frozen=True)
class Scope:
    """What one reader may read: the edition, and the teams whose own rows they see (`EVERY_TEAM`: all)."""

    role: Role
    edition: Edition
    places: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if EDITIONS.get(self.role) != self.edition:
            raise ValueError(f"A reader of role {self.role!r} may not read the {self.edition!r} edition.")
        if self.edition == "board" and self.places:
            raise ValueError("The board edition holds no team.")
        if "*" in self.places and self.role not in SEES_EVERY_TEAM:
            raise ValueError(f"A reader of role {self.role!r} may not see every team.")


class Refusal(Enum):
    """Why nobody is let in, in words the reader sees."""

    NOT_SET_UP = "Sign-in is not set up on this server, so nothing can be shown."
    SIGNED_OUT = "Please sign in to see these figures."
    EXPIRED = "Your sign-in has run out. Please sign in again."
    NO_RIGHT = "You are signed in, but your account has not been given a right to see these figures."


def scope_of_role(role: Role, team: str | None = None) -> Scope:
    """The scope of a role; a QI lead's own team is `team`, and without one they see no team at all."""
    if role in SEES_EVERY_TEAM:
        return Scope(role, EDITIONS[role], EVERY_TEAM)
    own = (team,) if role == "qi_lead" and team else ()
    return Scope(role, EDITIONS[role], own)


def scope_of_claims(claims: Mapping[str, object], now: float) -> Scope | Refusal:
    """What signed identity claims allow at `now` (seconds since 1970).

    The role is the one entry of the claim `roles` that is known here; none or several mean nothing is shown.
    Which team a QI lead leads never comes from claims, so claims alone open no team.
    """
    if "is_logged_in" not in claims:
        return Refusal.NOT_SET_UP
    if claims["is_logged_in"] is not True:
        return Refusal.SIGNED_OUT
    expires_at = claims.get("exp")
    if not isinstance(expires_at, int | float) or expires_at <= now:
        return Refusal.EXPIRED
    named = claims.get("roles")
    known = [role for role in ROLES if isinstance(named, list) and role in named]
    return scope_of_role(known[0]) if len(known) == 1 else Refusal.NO_RIGHT


def current_user() -> dict[str, object]:
    """The claims of the reader of this session; empty where sign-in is not set up."""
    return dict(streamlit.user.to_dict())


def signed_in_scope() -> Scope | Refusal:
    """What the reader of this session may read."""
    return scope_of_claims(current_user(), time())
