"""Notes on charts: what is loaded, what is held back, and what of it may be seen."""

import pytest

from tests.pipelines.bench import Bench, Row

GOOD: Row = {
    "annotation_id": "N1",
    "level": "service_area",
    "place_id": "A1",
    "on_date": "2026-05-04",
    "kind": "change_idea",
    "text": "Evening meetings began",
    "indicator_id": "",
    "owner": "",
    "due_on": "",
    "approved_by": "",
    "reason": "",
}
REBASE = GOOD | {"kind": "rebase", "approved_by": "Improvement board", "reason": "Meetings moved to the evening"}
SAID = GOOD | {"kind": "said", "approved_by": "Involvement office", "text": "We are asked before, not after."}


def fate(bench: Bench, row: Row) -> str:
    """What becomes of a row beside nine good ones."""
    others = [GOOD | {"annotation_id": f"G{place}"} for place in range(9)]
    bench.deliver("annotations", row, *others)
    bench.run()
    got, *rest = bench.fates("annotations")
    assert rest == ["loaded"] * 9
    return got


@pytest.mark.parametrize(
    "row",
    [
        GOOD,
        GOOD | {"level": "trust", "place_id": "trust"},
        GOOD | {"level": "Care_Setting", "place_id": "inpatient"},
        GOOD | {"level": "team", "place_id": "T2", "indicator_id": "meetings_with_service_user"},
        GOOD | {"on_date": "2027-01-01", "due_on": "01/02/2027", "owner": "QI office"},  # planned
        REBASE,
        SAID | {"text": "x" * 240},
    ],
)
def test_a_good_note_is_loaded(bench: Bench, row: Row) -> None:
    assert fate(bench, row) == "loaded"


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"annotation_id": ""}, "missing_key"),
        ({"text": ""}, "missing_value"),
        ({"place_id": ""}, "missing_value"),
        ({"level": "ward"}, "not_in_list"),
        ({"kind": "idea"}, "not_in_list"),
        ({"on_date": "31/06/2026"}, "bad_date"),
        ({"due_on": "soon"}, "bad_date"),
        ({"on_date": "1999-12-31"}, "before_2000"),
        ({"place_id": "A9"}, "unknown_reference"),
        ({"place_id": "T1"}, "unknown_reference"),  # a team, but the level says service area
        ({"level": "trust"}, "unknown_reference"),
        ({"indicator_id": "no_such_indicator"}, "unknown_reference"),
        ({"kind": "said"}, "missing_value"),
        ({"kind": "rebase", "reason": "Evening meetings"}, "missing_value"),
        ({"kind": "rebase", "approved_by": "Improvement board"}, "missing_value"),
        (SAID | {"text": "x" * 241}, "out_of_range"),
        ({"text": "Ask one@trust.example"}, "identifier_in_text"),
        ({"text": "Ring 07700 900123"}, "identifier_in_text"),
        ({"text": "For 943 476 5919"}, "identifier_in_text"),
        (REBASE | {"approved_by": "one@trust.example"}, "identifier_in_text"),
        ({"owner": "07700 900123"}, "identifier_in_text"),
    ],
)
def test_a_note_is_held_back_for_the_rule_it_breaks(bench: Bench, cells: Row, rule: str) -> None:
    assert fate(bench, GOOD | cells) == f"quarantined: {rule}"


def test_words_that_name_somebody_are_not_kept(bench: Bench) -> None:
    fate(bench, GOOD | {"text": "Ring 07700 900123", "owner": "one@trust.example", "reason": "Evenings"})
    [got] = bench.warehouse.rows("select text, owner, reason from raw.annotations where annotation_id = 'N1'")
    assert got == (None, None, "Evenings")


def test_a_note_waits_for_its_place(bench: Bench) -> None:
    bench.deliver("annotations", GOOD | {"level": "team", "place_id": "T9"})
    bench.run()
    assert bench.fates("annotations") == ["quarantined: unknown_reference"]
    bench.deliver("teams", {"team_id": "T9", "team_name": "N", "service_area_id": "A1", "service_area": "Area one",
                            "care_setting": "inpatient"}, name="new.csv")  # fmt: skip
    bench.run()
    assert bench.fates("annotations") == ["loaded"]


# --- what may be seen


def seen(bench: Bench, *notes: Row, service_users: int = 8, edition: str = "internal") -> set[str]:
    """Ids of the notes an edition holds, where so many service users of team T1 were on the register all the time."""
    register: list[Row] = [
        {"person": f"R{n}", "person_role": "service_user", "team_id": "T1", "left_on": ""} for n in range(service_users)
    ]
    left: Row = {"person": "R98", "person_role": "service_user", "team_id": "T1", "left_on": "2025-12-30"}
    joined: Row = {"person": "R99", "person_role": "service_user", "team_id": "T1", "joined_on": "2026-07-09"}
    bench.deliver("people", *register, left, joined)
    bench.deliver("annotations", *notes)
    bench.build()
    rows = bench.warehouse.rows("select annotation_id from published.annotation where edition = ?", [edition])
    return {annotation_id for (annotation_id,) in rows}


def test_ideas_events_and_rebases_are_seen_everywhere(bench: Bench) -> None:
    notes = (GOOD, GOOD | {"annotation_id": "N2", "kind": "event"}, REBASE | {"annotation_id": "N3"})
    assert seen(bench, *notes, service_users=0, edition="board") == {"N1", "N2", "N3"}


def test_notes_on_a_team_stay_inside(bench: Bench) -> None:
    notes = (GOOD, GOOD | {"annotation_id": "N2", "level": "team", "place_id": "T1"})
    assert seen(bench, *notes, edition="board") == {"N1"}


@pytest.mark.parametrize(
    ("edition", "service_users", "want"),
    [("internal", 4, set()), ("internal", 5, {"N1"}), ("board", 7, set()), ("board", 8, {"N1"})],
)
def test_what_was_said_where_few_are_is_not_seen(
    bench: Bench, edition: str, service_users: int, want: set[str]
) -> None:
    assert seen(bench, SAID, service_users=service_users, edition=edition) == want


def test_what_was_said_of_a_place_without_anybody_on_the_register_is_not_seen(bench: Bench) -> None:
    assert seen(bench, SAID | {"place_id": "A2"}) == set()


def test_one_is_seen_an_indicator_and_quarter_the_latest(bench: Bench) -> None:
    one = SAID | {"indicator_id": "share_of_seats"}
    notes = (
        one | {"annotation_id": "N1"},
        one | {"annotation_id": "N2", "on_date": "2026-06-30"},
        one | {"annotation_id": "N3", "on_date": "2026-03-31"},
        one | {"annotation_id": "N4", "indicator_id": "turned_away_by_us"},
        one | {"annotation_id": "N5", "indicator_id": ""},  # of all, beside one of one
        one | {"annotation_id": "N6", "indicator_id": "", "on_date": "2026-01-01"},
        one | {"annotation_id": "N7", "indicator_id": "", "on_date": "2025-12-31"},
    )
    assert seen(bench, *notes) == {"N2", "N3", "N4", "N7"}
