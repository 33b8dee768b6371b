"""The Overview says what changed and what is not known, and leads from each to what stands behind it."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import filters
from dashboard.access import scope_of_role
from dashboard.filters import Place
from dashboard.store import Store
from dashboard.summary_table import summary_numbers
from tests.dashboard.conftest import Render, text_of
from tests.dashboard.test_pages import SECRET_TEAMS


def test_the_overview_says_what_is_late_hidden_changed_and_unknown(render: Render) -> None:
    got = text_of(render("overview", "executive"))
    for want in (
        "93 of 227 meetings",
        "Late: training",
        "rounded to 5",
        "between 3 and 29 points lower",
        "more than before, for 7 months",
        "24 meetings not recorded · 2 numbers hidden",
    ):
        assert want in got


def test_a_change_carries_the_icon_of_its_own_kind(render: Render) -> None:
    got = text_of(render("overview", "executive"))
    assert re.search(r'alt="Better: higher"><a href="[^"]+">Agenda items by service users, Wards', got)


def test_a_change_leads_to_its_chart_at_the_place_it_is_at(render: Render) -> None:
    got = text_of(render("overview", "executive"))
    address = re.search(r'<a href="([^"]+)">Agenda items by service users, Wards', got)
    assert address
    asked = parse_qs(urlsplit(unescape(address[1])).query)
    assert (asked["indicator"], asked["place"]) == (["Agenda items by service users"], ["Wards"])
    assert "Agenda items raised by service users: Wards" in text_of(
        render("trends", "executive", **{name: values[0] for name, values in asked.items()})
    )


def test_the_overview_leads_on_to_why_and_to_what_the_numbers_mean(render: Render) -> None:
    got = text_of(render("overview", "executive"))
    assert re.search(r'<a href="side_by_side\?[^"]*">Why\?', got)
    assert re.search(r'<a href="definitions\?[^"]*">What these numbers mean</a>', got)


def test_the_overview_s_table_is_a_real_one_with_icons_in_words(render: Render) -> None:
    got = text_of(render("overview", "executive"))
    assert re.search(r'<table class="inv-summary"><caption>[^<]+</caption>', got)
    assert '<th scope="row"><a href="trends?' in got
    for words in ("No sign of change", "Better: higher", "Concern: higher", "Too soon to say", "misses it", "meets it"):
        assert words in got


def test_a_team_s_overview_has_counts_and_no_percentage(render: Render) -> None:
    got = text_of(render("overview", "qi_lead", place="Ash ward"))
    table = got[got.index("inv-summary") :]
    assert "Counts only" in table
    assert not re.search(r"\d\u00a0%</span>", table)


def test_the_target_column_appears_only_with_a_target(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard import summary_table as table

    trust, reader = Place("trust", "trust", "Whole trust", "Whole trust"), scope_of_role("executive")
    rows = store.summary(reader, "trust", "trust").to_dicts()
    assert ">Target<" in table.summary_table(reader, store, trust, rows)
    monkeypatch.setattr("dashboard.wording.target", lambda _: "")
    assert ">Target<" not in table.summary_table(reader, store, trust, rows)


def test_the_overview_says_what_is_being_tried_and_by_whom(render: Render) -> None:
    got = text_of(render("overview", "executive"))
    assert "Buddies come along (Acute wards) · owner: QI office, review 2 Jan 2027" in got
    assert "A secret of Birch ward" not in got
    assert "No change idea is under way here." in text_of(render("overview", "executive", place="Community"))


def test_the_overview_says_how_many_teams_met_long_without_a_service_user_and_not_which(render: Render) -> None:
    got = text_of(render("overview", "analyst"))
    assert "2 teams have met six or more times since a service user was last in the room" in got
    assert not [name for name in SECRET_TEAMS if name in got]


def test_the_overview_says_of_a_number_that_is_not_judged_that_it_is_not(store: Store) -> None:
    reader = scope_of_role("executive")
    summary = [{**row, "chart": ["none", "run", "none"]} for row in store.summary(reader, "trust", "trust").to_dicts()]
    numbers = summary_numbers(filters.TRUST, summary)
    assert set(numbers["change"]) == {"Not judged"}
    assert set(numbers["usual_range"]) == {"not judged"}
