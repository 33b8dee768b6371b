"""What headers say of keys is true of the rows, and a run whose keys do not hold publishes nothing."""

from dataclasses import replace

import pytest

from pipelines.headers import Header
from pipelines.keys import SENTENCE, broken_keys
from pipelines.views import LAYERS, View
from tests.pipelines.bench import Bench, Row, attended, event, meeting


def deliver(bench: Bench) -> None:
    """A meeting in each of two months, a moodle course without a day of enrolment, one candidate."""
    bench.deliver("people", {"person": "R1", "person_role": "service_user", "team_id": "T1"})
    bench.deliver("meetings", meeting("M1"), meeting("M2", held_at="2026-04-07 10:00"))
    bench.deliver("attendance", attended("M1", "R1"), attended("M2", "R1"), attended("M2", "R2"))
    bench.deliver("recruitment", event("C1", "interest", "2025-12-01"), event("C1", "active", "2026-05-30"))
    course: Row = {"ID": "1", "Name": "x", "Email address": "one@trust.example", "Course complete": "3/02/26, 10:15"}
    bench.deliver("moodle", course, name="completion-qi.csv")


def declaring(bench: Bench, name: str, **header: object) -> View:
    """The view `name`, with another header in the bench's views."""
    was = next(view for view in bench.views if view.full_name == name)
    assert isinstance(was.header, Header)
    now = replace(was, header=was.header.model_copy(update=header))
    bench.views = tuple(now if view is was else view for view in bench.views)
    return now


def test_every_key_holds_in_every_layer(bench: Bench) -> None:
    deliver(bench)
    assert bench.build() == []
    assert list(broken_keys(bench.warehouse, bench.views, LAYERS, is_read_through=True)) == []
    said = "select success, sentence from marts.verdict where check_name = 'keys_tell_rows_apart'"
    assert bench.warehouse.rows(said) == [(True, SENTENCE)]


@pytest.mark.parametrize(
    ("name", "key", "said"),
    [
        (
            "marts.visit",
            ("person_id",),
            "sql/marts/visit.sql: the key (person_id) does not tell the rows of marts.visit",
        ),
        ("published.place", ("level",), "sql/published/place.sql: the key (edition, level) does not tell the rows"),
    ],
)
def test_a_key_that_stands_in_several_rows_is_a_gate(bench: Bench, name: str, key: tuple[str, ...], said: str) -> None:
    deliver(bench)
    declaring(bench, name, key=key)
    (gate,) = bench.build()
    assert gate.startswith(f"figures: {said}")
    assert gate.endswith("(figures:keys_tell_rows_apart)")


def test_a_key_that_lacks_a_part_is_a_gate_unless_its_header_allows_it(bench: Bench) -> None:
    deliver(bench)
    declaring(bench, "marts.enrolment", key_may_lack=())
    (gate,) = bench.build()
    assert "the key (source, person_id, course_code, enrolled_on)" in gate
    assert "1 of its values stand in several rows or lack a part" in gate
