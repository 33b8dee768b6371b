"""Notes stand on the charts they belong to, with owner and reason, and name no team but a reader's own."""

from dashboard import notes
from dashboard.access import Role, scope_of_role
from dashboard.charts.points import begun
from dashboard.components import Row
from dashboard.filters import Place
from dashboard.store import Store
from tests.dashboard.conftest import Render, text_of

TRUST = Place("trust", "trust", "Whole trust", "Whole trust")
WARDS = Place("care_setting", "inpatient", "Wards", "Wards")
ACUTE = Place("service_area", "A1", "Acute wards", "Acute wards")


def texts(store: Store, place: Place, indicator_id: str, role: Role = "analyst") -> list[str]:
    """What is noted on a chart."""
    return [note["text"] for note in notes.noted(scope_of_role(role), store, place, indicator_id)]


def marked(store: Store, place: Place, indicator_id: str) -> list[Row]:
    """The notes on a chart with their numbers."""
    scope = scope_of_role("analyst")
    series = store.series(scope, place.level, indicator_id=indicator_id, place_id=place.place_id)
    return notes.on_the_chart(notes.noted(scope, store, place, indicator_id), begun(series.to_dicts()))


def test_a_chart_has_the_notes_of_its_place_and_of_those_it_is_part_of(store: Store) -> None:
    assert "Buddies come along" in texts(store, ACUTE, "presence")
    assert "The register moved" in texts(store, ACUTE, "presence")
    assert "Buddies come along" not in texts(store, TRUST, "presence")


def test_a_note_of_one_number_stands_on_no_other(store: Store) -> None:
    assert "Agendas go out early" in texts(store, WARDS, "agenda")
    assert "Agendas go out early" not in texts(store, WARDS, "presence")


def test_a_decision_to_begin_limits_anew_holds_for_its_own_place(store: Store) -> None:
    assert "Limits begin anew" in texts(store, TRUST, "presence")
    assert "Limits begin anew" not in texts(store, WARDS, "presence")


def test_notes_are_numbered_in_time_and_share_a_mark_in_one_period(store: Store) -> None:
    found = marked(store, TRUST, "presence")
    assert [(note["number"], note["tick"], note["kind"]) for note in found] == [
        (1, "Jan 25", "rebase"),
        (2, "Jan 25", "event"),
    ]
    assert notes.numbers_by_tick(found) == {"Jan 25": "1–2"}
    assert notes.texts_by_tick(found) == {"Jan 25": "Limits begin anew; The register moved"}


def test_the_notes_of_a_picture_to_take_away_are_told_by_number(store: Store) -> None:
    first, second = notes.lines(marked(store, TRUST, "presence"))
    assert first.startswith("1. ")
    assert "Limits begin anew (Whole trust). Reason: Another register" in first
    assert first.endswith("limits begin anew; approved by: Director of nursing")
    assert second.startswith("2. ")
    assert "The register moved" in second


def table_of(told: list[Row]) -> str:
    """The table of notes as text."""
    listed = notes.listed(told)
    assert listed
    return str(listed.rows)


def test_a_step_change_is_listed_with_its_reason_and_who_approved_it(store: Store) -> None:
    listed = table_of(marked(store, TRUST, "presence"))
    assert "Reason: Another register" in listed
    assert "limits begin anew; approved by: Director of nursing" in listed


def test_a_change_idea_is_listed_with_its_owner_and_day_of_review(store: Store) -> None:
    listed = table_of(marked(store, ACUTE, "presence"))
    assert "Buddies come along (Acute wards). To be reviewed 2 Jan 2027" in listed
    assert "change idea; owner: QI office" in listed


def test_a_change_idea_without_an_owner_says_so(store: Store) -> None:
    assert "change idea; owner: not named" in table_of(marked(store, WARDS, "agenda"))


def test_no_note_means_no_list(store: Store) -> None:
    assert notes.listed([]) is None


def test_what_service_users_said_is_quoted_under_their_number(render: Render) -> None:
    shown = text_of(render("trends", "member"))
    assert "<blockquote>It helps &lt;when&gt; we hear back.<footer>Whole trust, 1 Jul 2026" in shown
    assert notes.NOBODY_ASKED not in shown


def test_a_number_nobody_was_asked_about_says_so(render: Render) -> None:
    assert notes.NOBODY_ASKED in text_of(render("trends", "member", indicator="Share of seats"))


def test_what_is_being_done_leaves_out_what_is_over_and_every_team_but_one_s_own(store: Store) -> None:
    for role in ("analyst", "executive", "qi_lead"):
        done = notes.being_done(scope_of_role(role, "T1" if role == "qi_lead" else None), store, TRUST)
        assert [(note["text"], note["where"]) for note in done] == [("Buddies come along", "Acute wards")]


def test_a_team_s_own_idea_is_shown_to_those_who_may_see_the_team(store: Store) -> None:
    team = Place("team", "T2", "Birch ward", "Birch ward")
    own = [note["text"] for note in notes.being_done(scope_of_role("qi_lead", "T2"), store, team)]
    others = [note["text"] for note in notes.being_done(scope_of_role("qi_lead", "T1"), store, team)]
    assert "A secret of Birch ward" in own
    assert "A secret of Birch ward" not in others
