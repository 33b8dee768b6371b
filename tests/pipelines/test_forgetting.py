"""Somebody is forgotten: every row and byte of theirs goes, counts follow, and they do not come back."""

from pathlib import Path

import polars as pl
import pytest

from pipelines.errors import InvolveError
from pipelines.feed import Kind
from pipelines.forgetting import UnknownPersonError, UnusableIdentifierError, forget, role_of, say_forgotten
from pipelines.ledger_copy import LEDGER, read_copy
from pipelines.pseudonyms import Pseudonyms
from pipelines.run import WAREHOUSE
from tests.pipelines.bench import SECRET, TEAMS, Row, attended, event, meeting
from tests.pipelines.kept import opened, settings, standing_in, texts_of

EMAIL, NUMBER, OTHER = "Jane.Doe@nhs.example", "REG-1", "REG-2"
PEOPLE: list[Row] = [
    {"person": NUMBER, "person_role": "service_user", "email": EMAIL},
    {"person": OTHER, "person_role": "carer", "email": "other@nhs.example"},
]


def key(identifier: str, kind: Kind = Kind.PERSON) -> str:
    return str(Pseudonyms(SECRET).of(kind, pl.Series([identifier]))[0])


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    """A trust in which one person is met by register number, by address, in training, and as a candidate's namesake."""
    with opened(tmp_path) as bench:
        bench.deliver("teams", *TEAMS)
        bench.deliver("people", *PEOPLE)
        bench.deliver("meetings", meeting("M1"), meeting("M2"))
        bench.deliver("attendance", attended("M1", NUMBER), attended("M2", EMAIL), attended("M1", OTHER))
        bench.deliver("training", {"person": EMAIL, "course_code": "C1", "enrolled_on": "2026-01-05"})
        bench.deliver("recruitment", event(NUMBER, "interest", "2026-01-05"))
        bench.run()
    return tmp_path


@pytest.mark.parametrize("given", [NUMBER, EMAIL, f"  {EMAIL.upper()}\n"])
def test_number_and_address_of_one_person_are_forgotten_together(trust: Path, given: str) -> None:
    done = forget(settings(trust), given, "person")
    assert done.rows == {"people": 1, "attendance": 2, "training": 1}
    assert done.files == ("people/file.csv", "attendance/file.csv", "training/file.csv")


def test_no_key_is_left_in_any_byte_or_table(trust: Path) -> None:
    keys = [key(NUMBER), key(EMAIL)]
    assert standing_in(trust / "data", keys)
    forget(settings(trust), NUMBER, "person")
    assert standing_in(trust / "data", keys) == []
    assert key(OTHER) in texts_of(trust / "data" / WAREHOUSE)


def test_the_next_run_counts_without_them_and_every_file_balances(trust: Path) -> None:
    forget(settings(trust), NUMBER, "person")
    with opened(trust, run=2) as bench:
        assert bench.build() == []
        counts = bench.warehouse.rows(
            "select feed, rows_in, rows_loaded from published.load_file where edition = 'internal' order by feed"
        )
        assert bench.cells("meetings_with_service_user") == {("trust", "2026-05"): (0, 1)}  # was 2 of 2
    assert counts == [
        ("attendance", 1, 1),
        ("meetings", 2, 2),
        ("people", 1, 1),
        ("recruitment", 1, 1),
        ("teams", 2, 2),
        ("training", 0, 0),
    ]


def test_who_was_forgotten_stays_out_of_later_files(trust: Path) -> None:
    forget(settings(trust), EMAIL)
    with opened(trust, run=2) as bench:
        bench.deliver("attendance", attended("M2", NUMBER), attended("M2", OTHER), name="later.csv")
        bench.deliver("people", PEOPLE[0], name="the person alone.csv")
        entries = bench.run()
        assert [(entry.outcome, entry.rows_in) for entry in entries] == [("loaded", 0), ("loaded", 1)]
    assert standing_in(trust / "data", [key(NUMBER), key(EMAIL)]) == []


def test_the_ledger_keeps_a_mark_and_no_key(trust: Path) -> None:
    forget(settings(trust), NUMBER, "person")
    marks = {tombstone.mark for tombstone in read_copy(trust / "data" / LEDGER).tombstones}
    assert marks == {Pseudonyms(SECRET).mark(key(name)) for name in (NUMBER, EMAIL)}


def test_a_candidate_is_forgotten_alone(trust: Path) -> None:
    assert forget(settings(trust), NUMBER, "candidate").rows == {"recruitment": 1}
    assert key(NUMBER) in texts_of(trust / "data" / WAREHOUSE)


def test_one_text_for_a_person_and_a_candidate_is_asked_about(trust: Path) -> None:
    with pytest.raises(UnusableIdentifierError, match="--as person or --as candidate") as asked:
        forget(settings(trust), NUMBER)
    assert NUMBER not in str(asked.value)


def test_an_address_of_two_people_is_asked_about_and_goes_with_neither(trust: Path) -> None:
    with opened(trust, run=2) as bench:
        bench.deliver("people", {"person": "REG-3", "person_role": "carer", "email": EMAIL}, name="shared.csv")
        bench.run()
    with pytest.raises(UnusableIdentifierError, match="more than one person"):
        forget(settings(trust), EMAIL)
    assert forget(settings(trust), NUMBER, "person").rows == {"people": 1, "attendance": 1}


def test_who_was_forgotten_before_is_told_so(trust: Path) -> None:
    forget(settings(trust), EMAIL)
    again = forget(settings(trust), EMAIL)
    assert (again.rows, say_forgotten(again, trust)) == (
        {},
        "This person was forgotten before; nothing was left to remove.",
    )


@pytest.mark.parametrize(
    ("given", "error", "code"),
    [
        ("", UnusableIdentifierError, 2),
        (" \n\t\n", UnusableIdentifierError, 2),
        ("REG-1\nREG-2\n", UnusableIdentifierError, 2),
        ("x" * 321, UnusableIdentifierError, 2),
        ("REG\x00-1", UnusableIdentifierError, 2),
        ("nobody@nhs.example", UnknownPersonError, 1),
        ("NULL", UnknownPersonError, 1),
    ],
)
def test_what_names_nobody_changes_nothing_and_is_not_repeated(
    trust: Path, given: str, error: type[InvolveError], code: int
) -> None:
    before = texts_of(trust / "data" / WAREHOUSE)
    with pytest.raises(error) as refused:
        forget(settings(trust), given)
    assert (refused.value.exit_code, bool(given.strip()) and given.strip() in str(refused.value)) == (code, False)
    assert texts_of(trust / "data" / WAREHOUSE) == before


def test_an_empty_data_folder_knows_nobody_and_stays_empty(tmp_path: Path) -> None:
    with pytest.raises(UnknownPersonError, match="Nothing was loaded"):
        forget(settings(tmp_path), EMAIL)
    assert list(tmp_path.iterdir()) == []


def test_a_role_that_is_none_is_refused() -> None:
    with pytest.raises(UnusableIdentifierError, match="is no role"):
        role_of("staff")
