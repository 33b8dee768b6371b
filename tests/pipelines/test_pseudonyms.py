"""Keys that stand for people."""

import hmac

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.feed import Kind
from pipelines.pseudonyms import KEY_LENGTH, Pseudonyms
from tests.pipelines.bench import SECRET

PSEUDONYMS = Pseudonyms(SECRET)


def key(text: str, kind: Kind = Kind.PERSON) -> str:
    return str(PSEUDONYMS.of(kind, pl.Series([text]))[0])


def test_a_key_is_the_hmac_of_the_kind_and_the_text() -> None:
    want = hmac.new(SECRET, b"person:jane@example.org", "sha256").hexdigest()
    assert key("jane@example.org") == want[:KEY_LENGTH]
    want = hmac.new(SECRET, b"candidate:c1", "sha256").hexdigest()
    assert key("C1", Kind.CANDIDATE) == want[:KEY_LENGTH]


@pytest.mark.parametrize(
    "spelt", ["JANE@example.org", " jane@Example.ORG ", "ｊａｎｅ@example.org", "\u00a0jane@example.org"]
)
def test_width_case_and_outer_spaces_make_no_other_person(spelt: str) -> None:
    assert key(spelt) == key("jane@example.org")


def test_an_accent_is_the_same_written_as_one_sign_or_two() -> None:
    assert key("zo\u00eb") == key("zoe\u0308")
    assert key("zo\u00eb") != key("zoe")


def test_leading_zeros_tell_people_apart() -> None:
    assert key("007") != key("7")


def test_one_text_has_another_key_in_every_kind() -> None:
    kinds = (Kind.PERSON, Kind.CANDIDATE, Kind.SEALED)
    assert len({key("x", kind) for kind in kinds}) == len(kinds)


def test_another_secret_gives_other_keys() -> None:
    other = Pseudonyms(b"another secret for tests, longer")
    assert other.of(Kind.PERSON, pl.Series(["x"]))[0] != key("x")
    assert other.fingerprint() != PSEUDONYMS.fingerprint()


def test_missing_stays_missing_and_rows_keep_their_places() -> None:
    got = PSEUDONYMS.of(Kind.PERSON, pl.Series(["b", None, "a", "B"]))
    assert got.to_list() == [key("b"), None, key("a"), key("b")]


@pytest.mark.parametrize("cells", [[], [None, None]])
def test_a_column_without_anybody_is_no_error(cells: list[None]) -> None:
    got = PSEUDONYMS.of(Kind.PERSON, pl.Series(cells, dtype=pl.String))
    assert got.to_list() == cells


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=9), max_size=9))
def test_no_text_breaks_a_key_or_shows_in_it(texts: list[str]) -> None:
    got = PSEUDONYMS.of(Kind.PERSON, pl.Series(texts, dtype=pl.String)).to_list()
    assert all(len(one) == KEY_LENGTH and set(one) <= set("0123456789abcdef") for one in got)


def test_what_cannot_be_read_is_told_apart_without_a_word_of_it() -> None:
    got = PSEUDONYMS.of_unreadable(pl.Series(["on=Jane", "on=John", "on=Jane", None])).to_list()
    assert got[0] == got[2] != got[1]
    assert got[3] is None
    assert "Jane" not in str(got)


def test_the_secret_is_not_shown_with_the_object() -> None:
    assert SECRET.decode() not in repr(PSEUDONYMS)
