"""Who was in the room, Our team, Learning: what they say, also where there is little or nothing to say."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pyarrow
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Role, Scope, scope_of_role
from dashboard.charts import strip
from dashboard.charts.sheet import drawn_spec
from dashboard.filters import ABOUT
from dashboard.pages.learning import QUESTION
from dashboard.store import Store
from pipelines.headers import IndicatorHeader
from pipelines.settings import SQL_ROOT
from pipelines.views import read_views
from tests.dashboard.conftest import Render, page, text_of
from tests.dashboard.room import Rows, strip_rows
from tests.dashboard.snapshot import PLACES, build, tables

ROOM, TEAM = "who_was_there", "our_team"
LEVELS_AT = 17  # where the levels stand in a row of published.indicator
DAY = date(2026, 9, 28)


def marks(app: AppTest) -> list[dict[str, object]]:
    """The meetings drawn."""
    [chart] = app.get("vega_lite_chart")
    frame = chart.proto.data.data or chart.proto.datasets[0].data.data
    rows: list[dict[str, object]] = pyarrow.ipc.open_stream(frame).read_all().to_pylist()
    return rows


def opened(folder: Path, name: str, role: Role, instead: dict[str, Rows]) -> AppTest:
    """A page on a snapshot of its own, some of whose tables are other ones."""
    build(folder, instead=instead)
    store = Store(folder / "published", "20261103-061002")
    scope = scope_of_role(role, "T1" if role == "qi_lead" else None)
    return AppTest.from_function(page, kwargs={"name": name, "scope": scope, "store": store}, default_timeout=60).run()


def test_each_team_is_a_row_and_each_meeting_a_mark(render: Render) -> None:
    app = render(ROOM, "analyst")
    [chart] = app.get("vega_lite_chart")
    names = json.loads(chart.proto.spec)["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert [name.replace("\n", " ") for name in names] == ["Ash ward", "Birch ward", "Cedar team", "Dogwood team"]
    assert len(marks(app)) == 15 + 1 + 30
    assert "2 teams have met six or more times" in chart.proto.alt


def test_a_qi_lead_sees_the_meetings_of_their_own_team_alone(render: Render) -> None:
    assert {row["name"] for row in marks(render(ROOM, "qi_lead"))} == {"Ash ward"}


@pytest.mark.parametrize("place", ["Whole trust", "Wards", "Ash ward"])
def test_a_picture_of_one_team_of_a_place_bears_its_name_and_not_the_place_s(render: Render, place: str) -> None:
    app = render(ROOM, "qi_lead", place=place)
    [chart] = app.get("vega_lite_chart")
    axis = json.loads(chart.proto.spec)["layer"][0]["encoding"]["y"]
    assert (axis["scale"]["domain"], bool(axis["axis"])) == (["Ash\nward"], True)
    assert chart.proto.alt.startswith("Who was in the room: Ash ward, ")
    assert "the last was 24 August 2026, 5 meetings ago" in chart.proto.alt
    assert "2 teams have met" not in chart.proto.alt
    assert app.session_state[ABOUT].filters == "Ash ward"
    told = text_of(app)
    assert '<h1 class="inv-title">Who was in the room: Ash ward</h1>' in told
    assert ("2 teams have met six or more times" in told) == (place != "Ash ward")


def test_a_picture_of_several_of_a_place_s_teams_bears_their_names(store: Store) -> None:
    scope = Scope("qi_lead", "internal", ("T1", "T4"))
    app = AppTest.from_function(page, kwargs={"name": ROOM, "scope": scope, "store": store}, default_timeout=60).run()
    assert {row["name"] for row in marks(app)} == {"Ash ward", "Dogwood team"}
    [chart] = app.get("vega_lite_chart")
    assert chart.proto.alt.startswith("Who was in the room: Ash ward and Dogwood team, ")
    assert "six or more times" not in chart.proto.alt


def test_a_place_without_a_team_of_the_reader_says_so(render: Render) -> None:
    assert "None of the teams that are open to you belongs here" in text_of(render(ROOM, "qi_lead", place="Community"))


@pytest.mark.parametrize("role", ["executive", "member"])
def test_the_board_edition_explains_why_there_is_no_team_and_what_to_read_instead(render: Render, role: Role) -> None:
    app = render(ROOM, role)
    told = text_of(app)
    assert "is the diary of those who come" in told
    assert "2 teams have met six or more times" in told
    assert "Brain injury" in told
    assert "Where meetings were held" in told


def test_the_legend_names_only_what_occurs(tmp_path: Path) -> None:
    one: Rows = [("team", "T1", "M1", DAY, "ring", False, True, False)]
    told = text_of(opened(tmp_path, ROOM, "analyst", {"meeting_strip": one}))
    legend = told[told.index("inv-legend") :].split("</ul>")[0]
    words = re.sub(r"<[^>]*>", "|", legend).split("|")
    assert [word for word in words[1:] if word] == ["none, no invitation recorded", "peer worker there"]


def test_every_meeting_stands_in_words_in_the_table(render: Render) -> None:
    told = text_of(render(ROOM, "qi_lead"))
    assert "Sep 2026: 28 service user present; carer there; peer worker there; at a place service users chose" in told
    assert re.search(r"Ash ward</th><td>24 Aug 2026</td><td>4, and 1 not recorded</td>", told)


def test_a_place_of_service_users_is_never_called_a_home(render: Render) -> None:
    for name in (ROOM, TEAM):
        assert not re.search(r"\bhome\b", text_of(render(name, "analyst")), re.IGNORECASE)


def test_the_team_s_page_says_its_state_its_ideas_and_its_counts(render: Render) -> None:
    told = text_of(render(TEAM, "qi_lead"))
    for want in (
        "the last was 24 August 2026, 5 meetings ago",
        "Ask on the ward for agenda items (owner: Ward manager; by 1 Dec 2026)",
        "Send the idea, its owner (a role) and a day to look again to the involvement office; it stands here",
        '<th scope="row">Agenda items by service users</th><td>7 of 60</td>',
        "Acute wards, Jul–Sep 2026",
        '<th scope="row">T1-13</th><td>29 Jun 2026</td>',
    ):
        assert want in told
    assert "An idea whose day has passed" not in told
    assert "An idea of Birch ward" not in told


@pytest.mark.parametrize(
    ("people", "status", "want"),
    [(6, "shown", ": 6."), (None, "hidden", ": a few or none."), (None, "no_activity", ": nobody.")],
)
def test_how_many_asked_us_to_come_back_is_told_where_it_is_published(
    tmp_path: Path, people: int | None, status: str, want: str
) -> None:
    year = (date(2025, 10, 1), date(2026, 9, 30))
    cell = ("turned_away", "four_quarters", "team", "T1", *year, "reason", "not_now")
    rows: Rows = [(*cell, None if people is None else 0, people, None, None, None, status)]
    told = text_of(opened(tmp_path, TEAM, "qi_lead", {"indicator_breakdown": rows}))
    assert f"asked us to come back, Oct 2025 to Sep 2026{want}" in told


def test_a_quarter_that_has_not_ended_says_so(tmp_path: Path) -> None:
    held: Rows = [
        ("trust", "trust", date(2026, 7, 1), date(2026, 9, 30), "ward", 40),
        ("trust", "trust", date(2026, 10, 1), date(2026, 12, 31), "ward", 3),
    ]
    told = text_of(opened(tmp_path, ROOM, "executive", {"meeting_place": held}))
    assert '<th scope="row">Oct–Dec 2026, not ended yet</th>' in told
    assert '<th scope="row">Jul–Sep 2026</th>' in told


def test_the_team_s_page_prints_no_percentage(render: Render) -> None:
    assert "%" not in text_of(render(TEAM, "qi_lead"))


def test_people_waiting_are_told_by_step_and_a_few_are_not_counted(render: Render) -> None:
    told = text_of(render(TEAM, "qi_lead"))
    assert re.search(r"After saying they were interested</th><td[^>]*>6</td><td[^>]*>up to 12 weeks</td>", told)
    assert re.search(r"After the checks</th><td[^>]*>5</td><td[^>]*>over a year</td>", told)
    assert "After being matched" not in told
    assert "At each other step a few people are waiting, or nobody." in told
    assert "No service user of the team is on a course or booked on one." in told


def test_a_team_with_a_few_people_at_every_step_is_told_no_step(render: Render) -> None:
    told = text_of(render(TEAM, "analyst", of_team="Dogwood team"))
    assert "A few people are waiting on the way to a first meeting, at no step enough to be told." in told
    assert "After saying they were interested" not in told


def test_a_reader_of_one_team_is_offered_no_choice_on_its_page(render: Render) -> None:
    app = render(TEAM, "qi_lead")
    assert "of_team" not in [box.key for box in app.selectbox]
    assert "Ash ward" in text_of(app)
    unseen = "".join(element.value for element in app.html if element.value.startswith("<style"))
    assert all(f".st-key-{key} {{display: none}}" in unseen for key in ("place", "reset"))


def test_a_reader_of_every_team_chooses_one_and_the_filter_says_which_is_shown(render: Render) -> None:
    app = render(TEAM, "analyst", place="Cedar team")
    assert (app.selectbox(key="of_team").value, "Our team: Cedar team" in text_of(app)) == ("Cedar team", True)
    assert app.selectbox(key="of_team").options == ["Ash ward", "Birch ward", "Cedar team", "Dogwood team"]
    assert "Our team: Birch ward" in text_of(app.selectbox(key="of_team").select("Birch ward").run())
    assert app.selectbox(key="place").value == "Cedar team"
    assert "Our team: Ash ward" in text_of(app.selectbox(key="place").select("Ash ward").run())


@pytest.mark.parametrize("key", ["of_team", "place"])
@pytest.mark.parametrize("role", ["qi_lead", "analyst"])
def test_a_link_to_a_team_that_is_not_there_says_so_and_shows_one_that_is(render: Render, role: Role, key: str) -> None:
    told = text_of(render(TEAM, role, **{key: "Nowhere ward"}))
    kind = "team" if key == "of_team" else "place"
    assert f"The {kind} in this link is not open to you, or no longer exists: Ash ward is shown." in told
    assert "Our team: Ash ward" in told


@pytest.mark.parametrize("name", [ROOM, TEAM])
def test_a_page_with_no_meeting_at_all_says_so(tmp_path: Path, name: str) -> None:
    of_teams = ("meeting_strip", "meeting_gap", "long_absence", "team_note", "recent_meetings", "waiting_now")
    none: dict[str, Rows] = {table: [] for table in (*of_teams, "annotation", "meeting_place", "chosen_place")}
    app = opened(tmp_path, name, "analyst", none)
    assert not app.exception
    assert "No meeting is on record" in text_of(app)


@pytest.mark.parametrize("name", [ROOM, TEAM])
def test_a_page_with_one_meeting_draws_it(tmp_path: Path, name: str) -> None:
    app = opened(tmp_path, name, "qi_lead", {"meeting_strip": strip_rows("T1", 1)})
    assert len(marks(app)) == 1


def test_forty_teams_over_a_year_are_drawn_in_order(tmp_path: Path) -> None:
    teams = [(f"X{n:02}", "team", "A1", f"Team number {n:02}") for n in range(40)]
    meetings = [row for team in teams for row in strip_rows(str(team[0]), 52)]
    app = opened(tmp_path, ROOM, "analyst", {"place": [*PLACES[:6], *teams], "meeting_strip": meetings})
    drawn = marks(app)
    assert len(drawn) == 40 * 52
    assert list(dict.fromkeys(row["name"] for row in drawn)) == [team[3] for team in teams]


def test_marks_close_in_time_are_moved_apart_and_stay_in_order() -> None:
    week = [strip.moment(DAY + timedelta(days=n)) for n in (0, 0, 1, 30)]
    begin, end = strip.moment(date(2026, 1, 1)), strip.moment(date(2026, 12, 31))
    got = strip.apart(week, begin, end)
    assert got == [week[0], week[0] + strip.APART, week[0] + 2 * strip.APART, week[3]]


def test_marks_at_the_end_are_moved_back_and_not_out_of_the_picture() -> None:
    end = strip.moment(DAY) + strip.EDGE
    got = strip.apart([strip.moment(DAY)] * 3, strip.moment(date(2026, 1, 1)), end)
    assert got == sorted(set(got))
    assert got[-1] < end


@pytest.mark.parametrize(
    ("name", "want"), [("Ash", "Ash"), ("Ash ward", "Ash\nward"), ("A long name of a", "A long\nname of a")]
)
def test_a_name_is_broken_at_the_space_next_to_its_middle(name: str, want: str) -> None:
    assert strip.in_two_lines(name) == want


def test_learning_shows_every_number_of_its_question(render: Render) -> None:
    app = render("learning", "executive")
    told = text_of(app)
    assert '<h2 class="inv-title">Training completed in 90 days: Whole trust</h2>' in told
    assert "Meetings with a service user in the room" not in told
    assert told.count("<h1") == 1


def test_learning_takes_the_whole_trust_where_a_number_is_not_given_for_a_place(tmp_path: Path) -> None:
    rows = [list(row) for row in tables("20261103-061002", "internal", late=True)["indicator"]]
    for row in rows:
        row[LEVELS_AT] = ["trust"]
    build(tmp_path, instead={"indicator": [tuple(row) for row in rows]})
    store, scope = Store(tmp_path / "published", "20261103-061002"), scope_of_role("analyst")
    app = AppTest.from_function(page, kwargs={"name": "learning", "scope": scope, "store": store}, default_timeout=60)
    app.query_params["place"] = "Wards"
    told = text_of(app.run())
    assert "Training completed is not given for Wards, so the whole trust is shown." in told
    assert "Training completed in 90 days: Whole trust" in told


def test_every_question_of_a_page_is_asked_by_an_indicator() -> None:
    headers = [view.header for view in read_views(SQL_ROOT) if isinstance(view.header, IndicatorHeader)]
    assert len([header for header in headers if header.theme == QUESTION]) == 3


def test_the_strip_can_be_drawn_where_there_is_no_window() -> None:
    meeting = {
        "name": "Ash ward",
        "held_on": DAY,
        "mark": "filled",
        "letters": "c",
        "is_chosen_place": True,
        "says": "",
    }
    filled = strip.fill(strip.template("light"), [meeting], teams=["Ash ward"], first_on=date(2026, 6, 1), last_on=DAY)
    drawn = drawn_spec(filled)
    assert re.findall(r"<text[^>]*>(?:<tspan[^>]*>)?(Sep|Ash ward|c)<", drawn) == ["Sep", "Ash ward", "c"]
