"""A number by groups of people: dots with intervals, and too few people as a plain answer."""

from dashboard.filters import EVERYONE
from dashboard.group_panel import HOW_TO_READ, TOO_FEW
from tests.dashboard.conftest import Render, text_of
from tests.dashboard.test_pages import alts, small_percentages

ASKED = {"indicator": "Turned away by us", "category": "By gender"}


def test_groups_are_shown_with_intervals_and_too_few_people_is_an_answer(render: Render) -> None:
    app = render("trends", "executive", **ASKED)
    got = text_of(app)
    assert "Ended for a reason on our side, by gender: Whole trust" in got
    assert '<th scope="row">Women</th><td>30 of 90 (33\u00a0%)</td><td>24 to 44\u00a0%</td>' in got
    assert f'<th scope="row">Another gender</th><td>{TOO_FEW}</td><td>none</td>' in got
    assert HOW_TO_READ in alts(app)[0]


def test_a_group_of_few_has_counts_and_no_percentage(render: Render) -> None:
    got = text_of(render("trends", "executive", **ASKED))
    assert '<th scope="row">Men</th><td>10 of 20</td><td>none</td>' in got
    assert small_percentages(got) == []


def test_everyone_stands_beside_the_groups_as_published(render: Render) -> None:
    assert f'<th scope="row">{EVERYONE}</th><td>{TOO_FEW}</td>' in text_of(render("trends", "executive", **ASKED))


def test_groups_that_are_all_hidden_have_a_table_and_no_chart(render: Render) -> None:
    app = render("trends", "executive", indicator="Turned away by us", category="By route")
    assert alts(app) == []
    assert TOO_FEW in text_of(app)


def test_a_dimension_a_number_is_not_given_by_shows_its_trend(render: Render) -> None:
    for chosen in ({"category": "By gender"}, {"indicator": "Turned away by us", "category": "By shoe size"}):
        assert ", by gender" not in text_of(render("trends", "executive", **chosen))


def test_the_filters_in_words_name_the_groups(render: Render) -> None:
    assert "Turned away by us, Whole trust, by gender" in text_of(render("trends", "executive", **ASKED))
