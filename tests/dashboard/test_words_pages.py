"""The pages of words: what the numbers mean, whether they can be relied on, and the figures in plain words."""

import re

import pytest

from dashboard.access import SEES_EVERY_TEAM, Role
from dashboard.file_words import RULES
from dashboard.pages.plain_words import MOST_WORDS, as_many_as_fit
from dashboard.wording import sentences
from pipelines.feed import discover
from pipelines.suite import read_suite
from tests.dashboard.conftest import Render, text_of
from tests.dashboard.snapshot import INDICATORS

READERS: list[Role] = ["executive", "member", "qi_lead", "analyst", "admin"]


@pytest.mark.parametrize("role", READERS)
def test_every_number_is_explained_and_its_sql_is_for_those_with_the_right(render: Render, role: Role) -> None:
    got = text_of(render("definitions", role))
    assert all(f"<strong>{indicator[1]}</strong>" in got for indicator in INDICATORS)
    assert "Read beside it</dt><dd>Share of seats" in got
    assert ("secret_presence" in got) == (role in SEES_EVERY_TEAM)


@pytest.mark.parametrize("role", READERS)
def test_file_names_are_for_those_with_the_right(render: Render, role: Role) -> None:
    got = text_of(render("data_quality", role))
    assert "Of 1,010 rows delivered so far, 1,007 are used and 3 are held back" in got
    assert "1 of 2 checks hold" in got
    for secret in ("meetings_october.csv", "No heading row.", "ab" * 32):
        assert (secret in got) == (role in SEES_EVERY_TEAM and secret != "ab" * 32)


def test_a_reason_is_said_in_words_and_a_local_rule_by_its_name(render: Render) -> None:
    got = text_of(render("data_quality", "executive"))
    assert "a date cannot be read" in got
    assert "a local rule" in got
    assert "bad_date" not in got


def test_only_checks_that_found_something_are_listed(render: Render) -> None:
    got = text_of(render("data_quality", "analyst"))
    assert "held_at is a date." in got
    assert "2 of 1,010" in got
    assert "Nothing is in the future." not in got


@pytest.mark.parametrize("role", READERS)
def test_checks_are_told_in_the_words_of_the_register_to_those_alone_who_know_it(render: Render, role: Role) -> None:
    got = text_of(render("data_quality", role))
    assert ("held_at is a date." in got) == (role in SEES_EVERY_TEAM)
    by_feed = re.search(r"Meetings</th><td[^>]*>rows are held back</td><td[^>]*>1</td>", got)
    assert (by_feed is None) == (role in SEES_EVERY_TEAM)


@pytest.mark.parametrize("role", READERS)
def test_rows_of_files_that_were_not_taken_stand_beside_the_others(render: Render, role: Role) -> None:
    app = render("data_quality", role)
    cells = re.search(r"None since Sep\.</th>(.*?)</tr>", text_of(app))
    assert cells is not None
    assert re.findall(r">([\d,]+)<", cells[1]) == ["2", "40", "0", "0", "0", "0", "40"]
    assert ">In refused or repeated files</th>" in text_of(app)


def test_every_rule_a_feed_can_break_has_words() -> None:
    rules = {check.rule for feed in discover() for check in read_suite(feed) if check.holds_rows_back}
    assert rules <= RULES.keys()


def test_plain_words_are_the_stored_sentences_in_their_order(render: Render) -> None:
    got = text_of(render("plain_words", "member"))
    assert "<p>In September a service user was in the room at 93 of 227 meetings, about 4 in 10 (41\u00a0%).</p>" in got
    assert got.index("93 of 227") < got.index("more than before, for 7 months.")


def test_plain_words_tell_a_change_of_the_headline_s_own_number_once(render: Render) -> None:
    told_again = "September is below the usual range."
    assert told_again not in text_of(render("plain_words", "member"))
    assert told_again in text_of(render("overview", "member"))


def test_at_most_so_many_words_are_printed_and_none_twice() -> None:
    told = ["One two three.", "One two three.", "Four five.", "Six."]
    assert as_many_as_fit(told, 5) == ["One two three.", "Four five."]
    assert as_many_as_fit(["word " * (MOST_WORDS + 1)], MOST_WORDS) == []


def test_sentences_are_told_apart_and_figures_stay_whole() -> None:
    got = sentences("It was 4.5 %. That is usual (31 to 51 %): no sign of change. For 24 we do not know.")
    assert got == ["It was 4.5 %.", "That is usual (31 to 51 %): no sign of change.", "For 24 we do not know."]
    assert sentences("  ") == []
