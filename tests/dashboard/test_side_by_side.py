"""Two places beside each other, presence by type of meeting, and the funnel: for whom, and with which words."""

from typing import Any

import pytest

from dashboard.access import SEES_EVERY_TEAM, Role, scope_of_role
from dashboard.charts import funnel, intervals
from dashboard.charts.theme import PALETTES
from dashboard.dots import NOT_COMPARED, differences
from dashboard.rooms import ELSEWHERE, HIDDEN
from dashboard.store import Store
from tests.dashboard.conftest import Render, drawn_rows, text_of

READERS: list[Role] = ["executive", "member", "qi_lead", "analyst", "admin"]


def figures(value: float | None, lower: float | None = None, upper: float | None = None) -> dict[str, Any]:
    """A side of a pair with 41 of 100, or hidden."""
    shown = {"numerator": 41, "denominator": 100, "status": "shown"} if value is not None else {"status": "hidden"}
    return {"numerator": None, "denominator": None, **shown, "value": value, "lower": lower, "upper": upper}


def test_wards_stand_beside_community_with_the_stored_difference(render: Render) -> None:
    got = text_of(render("side_by_side", "executive"))
    assert "Side by side: Wards beside Community" in got
    assert "A service user in the room: Wards were 17 points lower than community teams (between 3 and 29" in got
    assert "<td>2 of 14</td><td>0 of 26</td>" in got


def test_two_service_areas_are_chosen_by_name_in_the_address(render: Render) -> None:
    app = render("side_by_side", "executive", first="Brain injury", second="Acute wards")
    assert "Side by side: Brain injury beside Acute wards" in text_of(app)
    assert app.selectbox(key="second").options == ["Acute wards", "Community mental health"]
    assert ELSEWHERE in text_of(app)
    assert ELSEWHERE not in text_of(render("side_by_side", "executive"))


def test_every_clear_difference_is_told_first_and_what_has_none_by_name() -> None:
    rows: list[dict[str, Any]] = [
        {"short_title": "Invited", "sentence": "No clear difference between A and B", "is_clear": False},
        {"short_title": "In the room", "sentence": "A 30 points lower", "is_clear": True},
        {"short_title": "Came back", "sentence": None, "is_clear": False},
        {"short_title": "Turned away", "sentence": "A 45 points higher", "is_clear": True},
    ]
    want = "In the room: A 30 points lower. Turned away: A 45 points higher. No clear difference: Invited."
    assert differences(rows) == want
    assert differences(rows[2:3]) == NOT_COMPARED


@pytest.mark.parametrize("second", ["Brain injury", "Nowhere", "Wards"])
def test_a_place_is_never_beside_itself_or_one_of_another_level(render: Render, second: str) -> None:
    app = render("side_by_side", "executive", first="Brain injury", second=second)
    assert "Side by side: Brain injury beside Acute wards" in text_of(app)


def test_a_figure_that_is_hidden_says_so_and_is_not_drawn(render: Render) -> None:
    app = render("side_by_side", "executive")
    rows = [row for row in drawn_rows(app, 0) if row["of"] == "Turned away by us"]
    assert [(row["value"], row["words"]) for row in rows] == [(None, "hidden: too few people")] * 2
    assert "No difference can be told." in text_of(app)


def test_presence_by_type_is_told_for_the_trust_where_care_settings_may_not_be(render: Render) -> None:
    board, internal = (render("side_by_side", role) for role in ("executive", "analyst"))
    said = "a service user was in the room at 45 of 88 co-design workshops and 10 of 61 governance meetings."
    assert said in text_of(board)
    assert HIDDEN in text_of(board)
    assert [row["name"] for row in drawn_rows(board, 1)] == ["Whole trust", "Whole trust"]
    assert HIDDEN not in text_of(internal)
    assert {row["name"] for row in drawn_rows(internal, 1)} == {"Wards", "Community"}


@pytest.mark.parametrize("role", READERS)
def test_the_funnel_is_for_those_who_see_every_team(render: Render, store: Store, role: Role) -> None:
    app, is_shown = render("side_by_side", role), role in SEES_EVERY_TEAM
    assert ("Many teams at once" in text_of(app)) == is_shown
    assert ("Dogwood team" in text_of(app)) == is_shown
    assert store.told(scope_of_role(role, "T1"), "funnel_point").is_empty() != is_shown


def test_the_funnel_s_legend_has_only_what_is_on_it_and_its_table_goes_by_name(render: Render) -> None:
    got = text_of(render("side_by_side", "analyst"))
    table = got[got.index("Every team by name") :]
    names = ["Ash ward", "Birch ward", "Cedar team", "Dogwood team"]
    assert sorted(names, key=table.index) == names
    assert "beyond the outer limits, unlikely to be chance" in got
    assert "the same, not widened" in got


def test_a_funnel_without_widened_limits_draws_the_plain_ones_once() -> None:
    row = {"value": 40.0, "upper_998": 90.0, "is_adjusted": False}
    fields = [
        layer["encoding"]["y"]["field"] for layer in funnel.fill(funnel.template("light"), [row], unit="x")["layer"]
    ]
    assert not set(fields) & set(funnel.PLAIN)
    assert {*funnel.INNER, *funnel.OUTER, "centre", "value"} == set(fields)


@pytest.mark.parametrize(("beyond", "want"), [("none", "none"), ("low_95", "inner"), ("high_998", "outer")])
def test_a_place_beyond_a_limit_has_its_own_shape(beyond: str, want: str) -> None:
    assert funnel.kind(beyond) == want
    assert len(set(funnel.SHAPES.values())) == len(funnel.SHAPES)


@pytest.mark.parametrize(
    ("side", "words_at"),
    [
        (figures(41.0, 30.0, 52.0), 1),
        (figures(100.0, 96.0, 100.0), 1),  # constant 100 %
        (figures(50.0, 5.0, 95.0), 1),
        (figures(None), 1),
    ],
)
def test_words_stand_at_one_place_beside_every_dot(side: dict[str, Any], words_at: int) -> None:
    """The filters of the four layers of words, as the chart reads them: exactly one holds."""
    dot = intervals.dot("A service user in the room", "a", "Wards", "Oct 2026", side)
    value, lower, upper = dot["value"], dot["lower"], dot["upper"]
    far, late = intervals.REACHES_FAR, intervals.BEGINS_LATE
    holds = [
        value is not None and upper <= far,
        value is not None and upper > far and lower >= late,
        value is not None and upper > far and lower < late,
        value is None,
    ]
    assert sum(holds) == words_at
    assert len(intervals.WORDS) == len(holds)


def test_the_two_sides_differ_by_shape_and_colour_and_stay_in_the_order_given() -> None:
    assert len(set(intervals.SHAPES.values())) == len(intervals.SIDES)
    assert all(
        len({getattr(palette, colour) for colour in intervals.COLOURS.values()}) == 2 for palette in PALETTES.values()
    )
    dots = [
        intervals.dot(name, side, side, "", figures(None if name == "First" else 41.0, 30.0, 50.0))
        for name in ("First", "Second")
        for side in intervals.SIDES
    ]
    filled = intervals.fill(intervals.template("light"), dots)
    assert all(layer["encoding"]["y"]["scale"]["domain"] == ["First", "Second"] for layer in filled["layer"])
    assert intervals.template("light") is intervals.template("light")
    assert intervals.template("light")["data"] == {"name": "rows"}
