"""The export of what is held back, and the whole round: export, correct, deliver, resolve."""

import csv
import io
from pathlib import Path

import pytest

from pipelines.feed import Feed, discover
from pipelines.quarantine import (
    CORRECT,
    FINDING,
    WAIT,
    NothingToExportError,
    UnknownFeedError,
    as_csv,
    export,
    held_back,
    write_csv,
)
from pipelines.reading.headings import match, read_column_map
from pipelines.warehouse import Warehouse
from tests.pipelines.bench import TEAMS, Bench, Row, attended, meeting
from tests.pipelines.kept import opened, settings

FEEDS = {feed.name: feed for feed in discover()}


def exported(bench: Bench, feed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(FEEDS[feed], held_back(bench.warehouse, FEEDS[feed])))))


def test_a_row_is_found_by_file_and_row_and_told_why_in_words(bench: Bench) -> None:
    good = [meeting(f"X{place}") for place in range(9)]
    bench.deliver("meetings", good[0], meeting("M2", team_id="T9", duration_minutes=601), *good[1:], name="may.csv")
    bench.run()
    row = exported(bench, "meetings")[0]
    assert [row[name] for name in ("file_name", "row_number", "meeting_id")] == ["may.csv", "3", "M2"]
    assert row["reasons"] == (
        "Not true of this row: The team is in the team list. The meeting lasted between 1 and 600 minutes."
    )


def test_what_may_resolve_itself_is_told_apart_from_what_must_be_corrected(bench: Bench) -> None:
    rows = [meeting("M1", team_id="T9"), meeting("M2", held_at="1999-01-01 10:00", team_id="T9")]
    bench.deliver("meetings", *rows, *(meeting(f"X{place}") for place in range(9)))
    bench.run()
    assert [row["what_to_do"] for row in exported(bench, "meetings")] == [WAIT, CORRECT]


def test_rules_over_several_rows_are_told_in_words_too(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1"), meeting("M1", mode="online"))
    bench.run()
    got = [row["reasons"] for row in exported(bench, "meetings")]
    assert got == ["Not true of this row: Rows of one key in one file say the same."] * 2


def test_nobody_stands_in_it_and_their_columns_wait_to_be_filled_in(bench: Bench) -> None:
    bench.deliver("attendance", attended("M9", "jane.doe@nhs.example"))
    bench.run()
    rows = exported(bench, "attendance")
    assert [(row["meeting_id"], row["person"], row["attendance"]) for row in rows] == [("M9", "", "attended")]


def test_a_cell_that_could_not_be_read_is_empty(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1", held_at="Jane Doe"), *(meeting(f"X{place}") for place in range(9)))
    bench.run()
    assert exported(bench, "meetings")[0]["held_at"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_text_is_a_formula_and_numbers_stay_numbers(bench: Bench, start: str) -> None:
    bench.deliver("meetings", meeting(f"{start}cmd()", duration_minutes=-3), *(meeting(f"X{n}") for n in range(9)))
    bench.run()
    row = exported(bench, "meetings")[0]
    assert (row["meeting_id"], row["duration_minutes"]) == (f"'{start}cmd()", "-3")


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_the_columns_that_find_a_row_are_no_columns_of_a_feed(feed: Feed) -> None:
    headings = next(csv.reader(io.StringIO(as_csv(feed, []))))
    matched = match(feed, tuple(headings), read_column_map(feed))
    assert (set(matched.places), set(matched.ignored)) == ({column.name for column in feed.columns}, set(FINDING))


@pytest.mark.parametrize("held_at", ["2026-07-01 09:30", "2026-10-25T01:30:00+00:00", "2026-10-25T01:30:00+01:00"])
def test_a_moment_comes_back_as_it_went_out(bench: Bench, held_at: str) -> None:
    bench.deliver("meetings", meeting("M1", held_at=held_at, status="cancelled", team_id="T9"))
    bench.run()
    row = exported(bench, "meetings")[0]
    bench.deliver("meetings", meeting("M2", held_at=row["held_at"], status="cancelled"), name="again.csv")
    bench.run()
    assert bench.warehouse.value("select count(distinct held_at) from raw.meetings") == 1


def test_the_whole_round_resolves_what_was_held_back(bench: Bench) -> None:
    """The owner finds the row, fills in who and what was wrong, and delivers the very table that was exported."""
    bench.deliver("meetings", meeting("M1"))
    rows = [attended("M1", f"P{place}") for place in range(5)]
    bench.deliver("attendance", *rows, {"meeting_id": "M1", "person": "P9", "attendance": "was there"}, name="one.csv")
    bench.run()
    before = bench.fates("attendance")
    corrected: Row = {**exported(bench, "attendance")[0], "person": "P9", "attendance": "attended"}
    bench.deliver("attendance", corrected, name="corrected.csv")
    entries = bench.run()
    assert (before[-1], entries[0].outcome) == ("quarantined: not_in_list", "loaded")
    assert bench.fates("attendance") == ["loaded"] * 5 + ["superseded", "loaded"]
    assert exported(bench, "attendance") == []


def test_what_waits_for_a_reference_leaves_the_export_by_itself(bench: Bench) -> None:
    bench.deliver("attendance", attended("M9", "P1"))
    bench.run()
    assert len(exported(bench, "attendance")) == 1
    bench.deliver("meetings", meeting("M9"))
    bench.run()
    assert exported(bench, "attendance") == []


def test_the_command_reads_the_data_folder_and_writes_for_a_spreadsheet(tmp_path: Path) -> None:
    with opened(tmp_path) as bench:
        bench.deliver("teams", *TEAMS)
        bench.deliver("meetings", meeting("M1", team_id="Tämm"))
        bench.run()
    text, count = export(settings(tmp_path), "meetings")
    write_csv(text, tmp_path / "out.csv")
    assert (count, (tmp_path / "out.csv").read_bytes()[:3], "Tämm" in text) == (1, b"\xef\xbb\xbf", True)


def test_a_feed_that_is_none_and_a_folder_without_rows_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownFeedError, match="There is no feed 'weather'"):
        export(settings(tmp_path), "weather")
    with pytest.raises(NothingToExportError, match="Nothing was loaded"):
        export(settings(tmp_path), "meetings")
    assert list(tmp_path.iterdir()) == []


def test_a_warehouse_that_is_not_judged_yet_is_told(tmp_path: Path) -> None:
    with (
        Warehouse(tmp_path / "w.duckdb", memory_limit="1GB", threads=1) as warehouse,
        pytest.raises(NothingToExportError, match="not judged yet"),
    ):
        held_back(warehouse, FEEDS["meetings"])
