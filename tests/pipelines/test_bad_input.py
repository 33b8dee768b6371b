"""Every kind of bad input at the command line: what is said, the exit code, and that nothing else came to harm."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.pipelines import bad_input
from tests.pipelines.bad_input import LONG_NAME, PERSON, Ended, deliver_again, deliver_first
from tests.pipelines.bench import Bench
from tests.pipelines.kept import opened, standing_in
from tests.pipelines.terminal import KEY, involve

NO_RIGHTS = (
    "could not be read and will be tried again: Permission denied; give whoever runs involve the right to read it."
)
# What is said of a file that is refused or cannot be read, and what to do.
SAID = {
    "truncated.xlsx": "is refused: the workbook is broken or is none; no headings could be read; open it in Excel",
    "bomb.xlsx": "is refused: it is larger than a workbook can be here once it is unpacked; no headings could be",
    "latin.csv": "is refused: its encoding cannot be read: it is neither UTF-8 nor UTF-16",
    "no headings.csv": "is refused: the required columns are missing: meeting_id, person, attendance; no known heading",
    "a fifth and one.csv": "is refused: 21 of its 100 rows break a rule, too many to trust the rest; correct it",
    "growing.csv": "could not be read and will be tried again: it changed while it was read.",
    "no rights.csv": NO_RIGHTS,
}
LEFT = {
    "folder.csv": "a folder inside a feed's folder is not read.",
    "link.csv": "a link that leads out of the landing folder is not followed.",
}
# Of each file that is loaded in spite of something: its rows, and what became of those that are not simply loaded.
LOADED = {
    "good.csv": (6, ["quarantined: meeting_cancelled"]),
    "leading zeros.csv": (2, []),
    "nul.csv": (10, [*["duplicate"] * 8, "quarantined: ragged_row"]),
    "megabyte.csv": (10, ["quarantined: not_in_list"]),
    "ragged.csv": (10, ["quarantined: ragged_row"]),
    "unclosed.csv": (10, ["quarantined: ragged_row"]),
    "mixed ends.csv": (3, []),
    "a fifth.csv": (10, ["duplicate", "quarantined: not_in_list"]),
    "formula.csv": (10, ["quarantined: unknown_reference"]),
    "formula.xlsx": (1, []),
    "wide.csv": (1, []),
    'it\'s "quoted".csv': (1, []),
    "a\N{REPLACEMENT CHARACTER}b.csv": (1, []),
    LONG_NAME: (1, []),
}


class Tried(NamedTuple):
    """A trust whose files are bad in every way: its folder, and how a run over each of two deliveries ended."""

    folder: Path
    first: Ended
    second: Ended
    fates: dict[str, tuple[int, list[str]]]
    days: dict[str, str]


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    folder = tmp_path_factory.mktemp("bad")
    deliver_first(folder / "landing")
    first = bad_input.run(folder)
    with opened(folder) as bench:
        fates, days = (
            fates_of(bench),
            dict(bench.warehouse.rows("select meeting_id, strftime(held_on, '%Y-%m-%d') from staging.meeting")),
        )
    deliver_again(folder / "landing")
    yield Tried(folder, first, bad_input.run(folder), fates, days)
    for closed in ("moodle", "attendance/no rights.csv"):
        (folder / "landing" / closed).chmod(0o700)


def fates_of(bench: Bench) -> dict[str, tuple[int, list[str]]]:
    """Of each file of attendance its rows, and what became of those that are not loaded."""
    fates: dict[str, tuple[int, list[str]]] = {}
    for (name, _, _, _), fate in zip(bench.dispositions("attendance"), bench.fates("attendance"), strict=True):
        rows, others = fates.get(name, (0, []))
        fates[name] = (rows + 1, [*others, fate] if fate != "loaded" else others)
    return fates


@pytest.mark.parametrize("name", SAID)
def test_a_file_that_cannot_be_taken_is_told_with_what_to_do(tried: Tried, name: str) -> None:
    assert f"  attendance/{name} {SAID[name]}" in tried.first.said


@pytest.mark.parametrize("name", LEFT)
def test_what_is_no_file_of_the_feed_is_told(tried: Tried, name: str) -> None:
    assert f"Not loaded: attendance/{name}: {LEFT[name]}" in tried.first.said


@pytest.mark.parametrize("name", LOADED)
def test_a_bad_row_spoils_itself_alone(tried: Tried, name: str) -> None:
    rows, others = tried.fates[name]
    assert (rows, sorted(others)) == LOADED[name]


def test_no_other_file_of_attendance_was_taken(tried: Tried) -> None:
    assert tried.fates.keys() == LOADED.keys()


def test_a_folder_that_may_not_be_read_and_a_file_that_vanished_are_told(tried: Tried) -> None:
    assert f"  moodle/ {NO_RIGHTS}" in tried.first.said
    assert "annotations/vanishing.csv could not be read and will be tried again: No such file" in tried.first.said


def test_ten_thousand_columns_are_told_in_a_line(tried: Tried) -> None:
    told = next(line for line in tried.first.said.splitlines() if "attendance/wide.csv" in line)
    assert told.endswith("column 19, 9980 others.")


def test_the_run_went_on_and_ended_with_1(tried: Tried) -> None:
    assert tried.first.exit_code == 1
    assert "New files: 17 loaded, 5 refused, 4 unread." in tried.first.said
    assert "Published as " in tried.first.said
    assert "Traceback" not in tried.first.said


def test_what_was_told_is_no_news_in_the_next_run(tried: Tried) -> None:
    assert (tried.second.exit_code, "New files: 2 loaded." in tried.second.said) == (0, True)
    assert f"Not loaded: attendance/no rights.csv {NO_RIGHTS}" in tried.second.said


def test_dates_far_away_are_held_back(tried: Tried) -> None:
    assert "  meetings       before_2000                       1" in tried.first.said
    assert "  meetings       in_the_future                     1" in tried.first.said


def test_the_nights_of_the_clock_change_fall_on_their_day(tried: Tried) -> None:
    got = {name: tried.days[name] for name in ("SPRING", "AUTUMN", "MIDNIGHT")}
    assert got == {"SPRING": "2026-03-29", "AUTUMN": "2025-10-26", "MIDNIGHT": "2026-04-01"}


def test_identifiers_keep_their_leading_zeros(tried: Tried) -> None:
    assert {"007", "7"} <= tried.days.keys()


def test_another_file_under_a_name_that_was_there_is_loaded_beside_it(tried: Tried) -> None:
    with opened(tried.folder) as bench:
        assert [row for row in bench.dispositions("attendance") if row[0] == "good.csv"] != []
        entered = "select count(*), count(distinct sha256) from ledger.file where file_name = 'good.csv'"
        assert bench.warehouse.rows(entered) == [(2, 2)]


def test_a_cancelled_meeting_that_was_held_counts_and_the_reverse(tried: Tried) -> None:
    with opened(tried.folder) as bench:
        status = "select meeting_id, status from staging.meeting where meeting_id in ('CANCELLED', 'HELD')"
        assert dict(bench.warehouse.rows(status)) == {"CANCELLED": "held", "HELD": "cancelled"}
        attended = "select meeting_id from staging.attendance where meeting_id in ('CANCELLED', 'HELD')"
        assert bench.warehouse.rows(attended) == [("CANCELLED",)]


def test_an_export_holds_no_formula(tried: Tried) -> None:
    said = involve("quarantine", "export", "--feed", "attendance", folder=tried.folder, pseudonym_key=KEY)
    cells = [cell for row in csv.reader(said.stdout.splitlines()) for cell in row]
    assert "'=1+1" in cells
    assert [cell for cell in cells if cell.startswith("=")] == []


def test_nobody_who_stood_in_a_file_without_headings_is_named(tried: Tried) -> None:
    assert PERSON not in tried.first.said
    assert standing_in(tried.folder / "data", [PERSON, "jane.doe@nhs.example"]) == []
