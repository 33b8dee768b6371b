"""What the ledger keeps, and that it keeps one key."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipelines import ledger
from pipelines.ledger import Entry
from pipelines.pseudonyms import Pseudonyms
from pipelines.settings import SettingsError
from pipelines.warehouse import Warehouse, WarehouseError
from tests.pipelines.bench import SECRET

ENTRY = Entry("teams", "a'b.csv", "0" * 64, "loaded", "", 3)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with Warehouse(tmp_path / "w.duckdb", memory_limit="500MB", threads=1) as warehouse:
        ledger.open_ledger(warehouse, Pseudonyms(SECRET))
        yield warehouse


def test_files_are_numbered_in_the_order_they_were_dealt_with(warehouse: Warehouse) -> None:
    assert ledger.next_file_id(warehouse) == 1
    ledger.write(warehouse, 1, "run", ENTRY)
    assert ledger.next_file_id(warehouse) == 2


def test_a_file_is_known_by_feed_name_and_bytes_together(warehouse: Warehouse) -> None:
    ledger.write(warehouse, 1, "run", ENTRY)
    assert ledger.is_known(warehouse, "teams", "a'b.csv", "0" * 64)
    assert not ledger.is_known(warehouse, "people", "a'b.csv", "0" * 64)
    assert not ledger.is_known(warehouse, "teams", "b.csv", "0" * 64)
    assert not ledger.is_known(warehouse, "teams", "a'b.csv", "1" * 64)


def test_the_same_bytes_are_found_in_their_own_feed_and_only_if_loaded(warehouse: Warehouse) -> None:
    ledger.write(warehouse, 1, "run", ENTRY)
    ledger.write(warehouse, 2, "run", Entry("teams", "c.csv", "2" * 64, "refused", "no", 0))
    assert ledger.loaded_under(warehouse, "teams", "0" * 64) == [("a'b.csv", 3)]
    assert ledger.loaded_under(warehouse, "people", "0" * 64) == []
    assert ledger.loaded_under(warehouse, "teams", "2" * 64) == []


def test_a_run_that_ended_says_so(warehouse: Warehouse) -> None:
    ledger.begin_run(warehouse, "run", date(2026, 7, 10))
    unfinished = warehouse.rows("select finished_at, is_published from ledger.run")
    ledger.end_run(warehouse, "run", is_published=False)
    assert unfinished == [(None, None)]
    assert warehouse.rows("select finished_at >= started_at, is_published from ledger.run") == [(True, False)]


def test_opening_the_ledger_again_keeps_it(warehouse: Warehouse) -> None:
    ledger.write(warehouse, 1, "run", ENTRY)
    ledger.open_ledger(warehouse, Pseudonyms(SECRET))
    assert ledger.next_file_id(warehouse) == 2


def test_another_key_is_refused_before_anything_is_written(warehouse: Warehouse) -> None:
    before = warehouse.rows("select * from ledger.pseudonym_key")
    with pytest.raises(SettingsError, match="not the one this data folder was made with"):
        ledger.open_ledger(warehouse, Pseudonyms(b"another secret for tests, longer"))
    assert warehouse.rows("select * from ledger.pseudonym_key") == before


def test_what_is_no_warehouse_is_told_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(b"not a database at all" * 1000)
    with pytest.raises(WarehouseError, match=r"^warehouse.duckdb is damaged[^\n]+involve rebuild$"):
        Warehouse(path, memory_limit="500MB", threads=1)


def unread(name: str) -> Entry:
    return Entry("teams", name, "", "unread", "could not be read", 0)


def told(warehouse: Warehouse, run_id: str, *names: str, taken: tuple[str, ...] = ("teams",)) -> list[str]:
    """The names of unread files a run tells as new; the run comes to its end."""
    ledger.begin_run(warehouse, run_id, date(2026, 7, 10))
    new = ledger.keep_unread(warehouse, run_id, taken, [unread(name) for name in names])
    ledger.end_run(warehouse, run_id, is_published=True)
    return [entry.file_name for entry in new]


def test_a_file_that_cannot_be_read_is_new_once(warehouse: Warehouse) -> None:
    assert told(warehouse, "1", "a.csv") == ["a.csv"]
    assert told(warehouse, "2", "a.csv", "b.csv") == ["b.csv"]
    assert told(warehouse, "3", "a.csv", "b.csv") == []


def test_a_file_that_was_read_in_between_is_new_when_it_fails_again(warehouse: Warehouse) -> None:
    assert [told(warehouse, "1", "a.csv"), told(warehouse, "2"), told(warehouse, "3", "a.csv")] == [
        ["a.csv"],
        [],
        ["a.csv"],
    ]


def test_a_run_of_another_feed_forgets_no_unread_file(warehouse: Warehouse) -> None:
    told(warehouse, "1", "a.csv")
    told(warehouse, "2", taken=("people",))
    assert told(warehouse, "3", "a.csv") == []


def test_an_unread_file_of_a_run_that_was_cut_off_is_still_new(warehouse: Warehouse) -> None:
    ledger.begin_run(warehouse, "1", date(2026, 7, 10))
    ledger.keep_unread(warehouse, "1", ("teams",), [unread("a.csv")])
    assert told(warehouse, "2", "a.csv") == ["a.csv"]
