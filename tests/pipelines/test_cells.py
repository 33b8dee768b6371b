"""What the text of a cell becomes, as the warehouse itself reads it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from pipelines.cells import parsed_columns, stored_columns, unreadable_text
from pipelines.feed import Column, Feed, Kind, discover
from pipelines.warehouse import Warehouse

DAY = Column("seen_on", Kind.DATE)
MOMENT = Column("held_at", Kind.TIME)
NUMBER = Column("items", Kind.NUMBER)
COLOUR = Column("colour", Kind.CHOICE, choices=("D01", "big_i"))

GOOD_DAYS = (
    *("2025-06-04", "2025-06-04T10:00", "2025-06-04 10:00:30.25", "2025-06-04T09:00:00Z", "2025-06-03T23:30Z"),
    *("04/06/2025", "4/6/2025", "04/06/2025 10:00", "4/6/2025 9:05:07", "2025-06-04T10:00+0100"),
)
BAD_DAYS = (
    *("31/06/2012", "2025-02-29", "30/02/2025", "2025-13-01", "04/06/25", "10/26/2025", "0000-01-01", "01/01/0000"),
    *("2025-06-04 25:00", "2025-06-04 10:60", "2025-06-04T10:00+99:00", "soon", "45000", "2025", "4 June 2025"),
    *("2025-06-04; drop table x", "-2025-06-04", "12025-06-04", "infinity", "epoch", "today"),
)
BAD_NUMBERS = ("60.5", "1e3", "1,000", "９", "2147483648", "9" * 400, "0x10", "five", "--1")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with Warehouse(tmp_path_factory.mktemp("cells") / "w.duckdb", memory_limit="500MB", threads=1) as warehouse:
        yield warehouse


def read(warehouse: Warehouse, column: Column, cell: str | None, *, month_first: bool = False) -> tuple[Any, ...]:
    parsed = ", ".join(parsed_columns(column, month_first=month_first))
    return warehouse.rows(f'select {parsed} from (select cast(? as varchar) as "{column.name}")', [cell])[0]


@pytest.mark.parametrize("cell", GOOD_DAYS)
def test_a_day_is_read(warehouse: Warehouse, cell: str) -> None:
    assert read(warehouse, DAY, cell) == (date(2025, 6, 4), True)


@pytest.mark.parametrize("cell", BAD_DAYS)
def test_an_impossible_day_is_a_bad_cell(warehouse: Warehouse, cell: str) -> None:
    assert read(warehouse, DAY, cell) == (None, False)
    assert read(warehouse, MOMENT, cell) == (None, None, False)


def test_months_come_first_only_where_the_map_says_so(warehouse: Warehouse) -> None:
    assert read(warehouse, DAY, "6/4/2025", month_first=True) == (date(2025, 6, 4), True)
    assert read(warehouse, DAY, "6/30/2025 10:00", month_first=True) == (date(2025, 6, 30), True)
    assert read(warehouse, DAY, "30/6/2025", month_first=True) == (None, False)
    assert read(warehouse, DAY, "2025-06-04", month_first=True) == (date(2025, 6, 4), True)


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        ("2025-06-04 10:00", 9),
        ("2025-01-04 10:00", 10),
        ("2025-06-04T10:00Z", 10),
        ("2025-06-04T10:00:00.5+02:00", 8),
        ("04/06/2025 10:00", 9),
        ("2025-06-04T10:00-05", 15),
    ],
)
def test_a_moment_without_an_offset_is_london_and_is_kept_in_utc(warehouse: Warehouse, cell: str, hour: int) -> None:
    moment, _, reads = read(warehouse, MOMENT, cell)
    assert (moment.hour, reads) == (hour, True)


def test_the_day_of_a_moment_is_that_of_london(warehouse: Warehouse) -> None:
    want = (datetime(2025, 6, 4, 23, 30), date(2025, 6, 5), True)
    assert read(warehouse, MOMENT, "2025-06-04T23:30Z") == want
    assert read(warehouse, DAY, "2025-06-04T23:30Z") == (date(2025, 6, 5), True)
    assert read(warehouse, MOMENT, "2025-01-04T23:30Z")[1] == date(2025, 1, 4)


def test_a_day_alone_is_its_midnight_in_london(warehouse: Warehouse) -> None:
    assert read(warehouse, MOMENT, "04/06/2025") == (datetime(2025, 6, 3, 23), date(2025, 6, 4), True)


@pytest.mark.parametrize("cell", ["2025-03-30 01:30", "2025-10-26 01:30"])
def test_the_nights_when_clocks_change_keep_their_day(warehouse: Warehouse, cell: str) -> None:
    moment, day, reads = read(warehouse, MOMENT, cell)
    assert (day, reads) == (date.fromisoformat(cell[:10]), True)
    assert moment.date() == day


@pytest.mark.parametrize(
    ("cell", "want"),
    [("60", 60), ("60.0", 60), ("60.", 60), ("007", 7), ("-3", -3), ("+5", 5), ("2147483647", 2**31 - 1)],
)
def test_a_whole_number_is_read(warehouse: Warehouse, cell: str, want: int) -> None:
    assert read(warehouse, NUMBER, cell) == (want, True)


@pytest.mark.parametrize("cell", ["60.5", "1e3", "1,000", "９", "2147483648", "9" * 400, "0x10", "five", "--1"])
def test_what_is_no_whole_number_is_a_bad_cell(warehouse: Warehouse, cell: str) -> None:
    assert read(warehouse, NUMBER, cell) == (None, False)


@pytest.mark.parametrize(("cell", "want"), [("D01", "D01"), ("d01", "D01"), ("BIG_I", "big_i")])
def test_a_value_of_a_list_is_read_in_any_case_and_kept_as_the_list_spells_it(
    warehouse: Warehouse, cell: str, want: str
) -> None:
    assert read(warehouse, COLOUR, cell) == (want, True)


@pytest.mark.parametrize("cell", ["D1", "Jane Doe", "D01 D01", "'", "big i"])
def test_a_value_outside_the_list_is_not_kept(warehouse: Warehouse, cell: str) -> None:
    assert read(warehouse, COLOUR, cell) == (None, False)


@pytest.mark.parametrize("column", [DAY, NUMBER, COLOUR, MOMENT], ids=lambda column: column.name)
def test_an_empty_cell_is_neither_good_nor_bad(warehouse: Warehouse, column: Column) -> None:
    assert set(read(warehouse, column, None)) == {None}


@pytest.mark.parametrize("feed", discover(), ids=lambda feed: feed.name)
def test_what_is_read_is_what_is_stored(warehouse: Warehouse, feed: Feed) -> None:
    text = ", ".join(f"cast(null as varchar) as {column.name}" for column in feed.columns)
    parsed = ", ".join(sql for column in feed.columns for sql in parsed_columns(column, month_first=False))
    described = warehouse.rows(f"describe select {parsed} from (select {text})")
    assert {name: kind.lower() for name, kind, *_ in described} == stored_columns(feed)


def test_the_text_of_unreadable_cells_tells_rows_apart(warehouse: Warehouse) -> None:
    feed = Feed("x", 1, "X", ("seen_on",), (DAY, NUMBER))
    parsed = ", ".join(sql for column in feed.columns for sql in parsed_columns(column, month_first=False))
    cells = "(values ('soon', '1'), ('later', '1'), ('2025-01-01', '1.5'), ('2025-01-01', '2')) as t (seen_on, items)"
    got = warehouse.rows(f"select {unreadable_text(feed)} from (select *, {parsed} from {cells})")
    assert got == [("seen_on=soon",), ("seen_on=later",), ("items=1.5",), (None,)]
