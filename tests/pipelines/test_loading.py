"""From delivered files to raw rows: what is entered, what is refused and what is never kept."""

from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from pipelines import ledger, loading
from pipelines.feed import FEEDS_ROOT, Feed, discover
from pipelines.landing import Delivery, look
from pipelines.ledger import Entry
from pipelines.loading import Loader
from pipelines.pseudonyms import Pseudonyms
from pipelines.reading import Table, delimited, read_table
from tests.pipelines.bench import SECRET, TEAMS, Bench, Row, attended, meeting

FEEDS = tuple(feed.name for feed in discover())


def load(bench: Bench, *, share: float = 0.2, maps: Path = FEEDS_ROOT) -> list[Entry]:
    """Loads what is new and judges nothing."""
    pseudonyms = Pseudonyms(SECRET)
    ledger.open_ledger(bench.warehouse, pseudonyms)
    loading.make_raw_tables(bench.warehouse, discover())
    loader = Loader(bench.warehouse, pseudonyms, bench.run_id, lambda feed: share, maps)
    return list(loading.load_all(loader, discover(), look(bench.landing, FEEDS, FEEDS).deliveries))


def entry_of(bench: Bench, name: str, *, share: float = 0.2, maps: Path = FEEDS_ROOT) -> Entry:
    return next(entry for entry in load(bench, share=share, maps=maps) if entry.file_name == name)


def deliver_text(bench: Bench, feed: str, text: str, name: str = "file.csv") -> None:
    path = bench.landing / feed / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def raw(bench: Bench, feed: str, columns: str) -> list[tuple[object, ...]]:
    return bench.warehouse.rows(f"select {columns} from raw.{feed} order by row_id")


def teams(bad: int, good: int) -> list[Row]:
    return [
        TEAMS[0] | {"team_id": f"X{place}", "care_setting": "ward" if place < bad else "inpatient"}
        for place in range(bad + good)
    ]


# --- outcomes


def test_a_good_file_is_loaded_and_counted(bench: Bench) -> None:
    entry = entry_of(bench, "file.csv")
    assert (entry.outcome, entry.message, entry.rows_in) == ("loaded", "", 2)
    assert raw(bench, "teams", "team_id, row_number, file_id") == [("T1", 2, 1), ("T2", 3, 1)]


def test_a_second_run_finds_nothing_new(bench: Bench) -> None:
    load(bench)
    assert load(bench) == []


def test_the_same_bytes_under_another_name_are_loaded_once(bench: Bench) -> None:
    bench.deliver("teams", *TEAMS, name="file (1).csv")
    got = {entry.file_name: (entry.outcome, entry.rows_in) for entry in load(bench)}
    assert got == {"file (1).csv": ("loaded", 2), "file.csv": ("already_loaded", 2)}
    assert len(raw(bench, "teams", "team_id")) == 2


def test_the_same_bytes_in_another_feed_are_another_file(bench: Bench) -> None:
    bench.deliver("people", *TEAMS)
    got = {entry.feed: entry.outcome for entry in load(bench)}
    assert got == {"teams": "loaded", "people": "refused"}


def test_another_file_of_the_same_name_is_loaded_too(bench: Bench) -> None:
    load(bench)
    bench.deliver("teams", TEAMS[0] | {"team_name": "Ward 1"})
    assert entry_of(bench, "file.csv").outcome == "loaded"
    assert len(raw(bench, "teams", "team_id")) == 3


def test_a_refused_file_is_told_once_and_harms_no_other(bench: Bench) -> None:
    deliver_text(bench, "attendance", "", "empty.csv")
    bench.deliver("attendance", attended("M1", "P1"), name="good.csv")
    assert {entry.file_name: entry.outcome for entry in load(bench)}["empty.csv"] == "refused"
    assert len(raw(bench, "attendance", "person")) == 1
    assert load(bench) == []


@pytest.mark.parametrize(
    ("text", "wrong", "found"),
    [
        ("", "it is empty", "no headings could be read"),
        ("meeting id,person,attendance\n", "no rows", "known headings found: meeting id, person, attendance;"),
        ("meeting_id,attendance,who\nM1,attended,x\n", "missing: person", "meeting_id, attendance, and 1 other;"),
        ("M1,Jane Doe,attended\nM2,Jo Roe,attended\n", "missing: meeting_id, person", "no known heading found, and 3"),
    ],
)
def test_a_refusal_says_file_fault_headings_and_what_to_do(bench: Bench, text: str, wrong: str, found: str) -> None:
    deliver_text(bench, "attendance", text, "the list.csv")
    got = entry_of(bench, "the list.csv")
    assert got.outcome == "refused"
    assert got.message.startswith("attendance/the list.csv is refused: ")
    assert got.message.index(wrong) < got.message.index(found) < got.message.rindex("; ")
    assert "Doe" not in got.message


def test_rows_in_of_a_refused_file_is_what_could_be_read(bench: Bench) -> None:
    deliver_text(bench, "attendance", "meeting_id,attendance\nM1,attended\n\nM2,attended\n", "a.csv")
    (bench.landing / "meetings").mkdir()
    (bench.landing / "meetings" / "b.csv").write_bytes(b"meeting_id\nM\xff\n")
    got = {entry.file_name: entry.rows_in for entry in load(bench)}
    assert (got["a.csv"], got["b.csv"]) == (2, 0)


def test_an_extra_column_is_named_and_left(bench: Bench) -> None:
    bench.deliver("teams", TEAMS[0] | {"Ward phone": "020 7946 0000"}, name="extra.csv")
    got = entry_of(bench, "extra.csv")
    assert (got.outcome, got.rows_in) == ("loaded", 1)
    assert got.message == "Columns this feed does not know were ignored and not stored: Ward phone."


def test_a_column_map_of_the_trust_is_followed(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "teams.columns.toml").write_text('dates = "month_first"\n[headings]\n"Ward code" = "team_id"\n')
    deliver_text(
        bench,
        "teams",
        "WARD_CODE,team_name,service_area_id,service_area,care_setting,opened_on\nT9,N,A,Area,INPATIENT,6/30/2025\n",
        "local.csv",
    )
    assert entry_of(bench, "local.csv", maps=tmp_path).outcome == "loaded"
    got = raw(bench, "teams", "team_id, strftime(opened_on, '%d %m'), care_setting")[-1]
    assert got == ("T9", "30 06", "inpatient")


def named_by_its_file(path: Path) -> Table:
    """Teams whose service area stands in the name of the file alone."""
    table = read_table(path)
    area = pl.lit(path.stem).alias(f"c{len(table.headings)}")
    chunks = (chunk.with_columns(area) for chunk in table.chunks)
    return Table((*table.headings, "service_area"), chunks, ("Read by its name.",))


def test_a_feed_may_bring_its_own_reader_and_its_remarks_are_told(bench: Bench) -> None:
    row = {name: cell for name, cell in TEAMS[0].items() if name != "service_area"}
    loader = Loader(bench.warehouse, Pseudonyms(SECRET), "run", lambda feed: 0.2)
    load(bench)
    feed = replace(discover()[0], reader=named_by_its_file)
    bench.deliver("teams", row, name="South.csv")
    got = loader.load(feed, Delivery("teams", bench.landing / "teams" / "South.csv"))
    assert got is not None
    assert (got.outcome, got.message) == ("loaded", "Read by its name.")
    assert raw(bench, "teams", "service_area")[-1] == ("South",)


def test_a_workbook_loads_as_a_csv_would(bench: Bench) -> None:
    (bench.landing / "meetings").mkdir()
    row = meeting("", agenda_items=4) | {"meeting_id": 12345}
    with xlsxwriter.Workbook(bench.landing / "meetings" / "book.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(row))
        sheet.write_row(1, 0, list(row.values()))
    load(bench)
    assert raw(bench, "meetings", "meeting_id, agenda_items") == [("12345", 4)]


# --- too much is bad


@pytest.mark.parametrize(("bad", "outcome"), [(2, "loaded"), (3, "refused")])
def test_a_fifth_of_bad_rows_is_loaded_and_one_more_is_refused(bench: Bench, bad: int, outcome: str) -> None:
    bench.deliver("teams", *teams(bad, 10 - bad), name="share.csv")
    got = entry_of(bench, "share.csv")
    assert (got.outcome, got.rows_in) == (outcome, 10)
    assert len(raw(bench, "teams", "team_id")) == (12 if outcome == "loaded" else 2)


def test_the_share_is_exact_for_any_setting(bench: Bench) -> None:
    bench.deliver("teams", *teams(29, 71), name="share.csv")
    assert entry_of(bench, "share.csv", share=0.29).outcome == "loaded"


def test_ragged_rows_count_as_bad(bench: Bench) -> None:
    deliver_text(bench, "attendance", "meeting_id,person,attendance\nM1,P1,attended\nM1,P2,attended,x\n", "r.csv")
    assert entry_of(bench, "r.csv").outcome == "refused"


def test_contradictions_future_dates_and_unknown_references_do_not_count(bench: Bench) -> None:
    bench.deliver(
        "meetings",
        meeting("M1", agenda_items=1),
        meeting("M1", agenda_items=2),
        meeting("M2", held_at="2099-01-01 10:00"),
        meeting("M3", team_id="no such team"),
        name="doubtful.csv",
    )
    assert entry_of(bench, "doubtful.csv").outcome == "loaded"


# --- all or nothing


def test_a_file_that_breaks_half_way_leaves_no_row(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "ROWS_IN_CHUNK", 500)
    monkeypatch.setattr(loading, "ROWS_IN_GROUP", 500)
    path = bench.landing / "attendance" / "half.csv"
    path.parent.mkdir()
    path.write_bytes(b"meeting_id,person,attendance\n" + b"M1,P1,attended\n" * 2_000 + b"M1,\xff,attended\n")
    got = entry_of(bench, "half.csv")
    assert (got.outcome, got.rows_in) == ("refused", 0)
    assert "known headings found: meeting_id, person, attendance" in got.message
    assert raw(bench, "attendance", "row_id") == []


def doing(when_read: Callable[[Path], int]) -> Callable[..., object]:
    """The real reader, with something happening to the file right after it began to read."""

    def read(path: Path) -> object:
        table = delimited.read(path)
        when_read(path)
        return table

    return read


@pytest.mark.parametrize("text", ["team_id\nT1\n", "team_id,team_name,service_area_id,service_area,care_setting\n"])
def test_a_refused_file_that_grew_meanwhile_is_not_entered(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    load(bench)
    deliver_text(bench, "teams", text, "growing.csv")
    monkeypatch.setattr(loading, "read_table", doing(lambda path: path.write_text(text + "T1,x\n")))
    got = load(bench)
    assert [(entry.outcome, entry.message) for entry in got] == [
        ("unread", "teams/growing.csv could not be read and will be tried again: it changed while it was read.")
    ]
    assert bench.warehouse.rows("select file_name from ledger.file") == [("file.csv",)]


def test_a_good_file_that_changed_meanwhile_is_not_entered_and_is_tried_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = b"T3,Team,A3,Area,community\n"
    with monkeypatch.context() as patch:
        grow = doing(lambda path: path.write_bytes(path.read_bytes() + more))
        patch.setattr(loading, "read_table", grow)
        assert [entry.outcome for entry in load(bench)] == ["unread"]
    assert raw(bench, "teams", "row_id") == []
    assert entry_of(bench, "file.csv").rows_in == 3


def test_a_file_that_is_gone_before_it_is_read_is_told_and_tried_again(bench: Bench) -> None:
    load(bench)
    loader = Loader(bench.warehouse, Pseudonyms(SECRET), "run", lambda feed: 0.2)
    gone = Delivery("teams", bench.landing / "no such folder" / "gone.csv")
    late = Delivery("teams", bench.landing / "teams" / "late.csv")
    bench.deliver("teams", TEAMS[0] | {"team_id": "T9"}, name="late.csv")
    got = list(loading.load_all(loader, discover(), (gone, late)))
    assert [entry.outcome for entry in got] == ["unread", "loaded"]
    assert "teams/gone.csv could not be read" in got[0].message
    assert bench.warehouse.value("select count(*) from ledger.file where file_name = 'gone.csv'") == 0


@pytest.mark.parametrize("feed", [feed for feed in discover() if not feed.reader], ids=lambda feed: feed.name)
def test_every_feed_refuses_a_file_without_a_required_column(bench: Bench, feed: Feed) -> None:
    name, *others = [column.name for column in feed.columns if column.required]
    deliver_text(bench, feed.name, ",".join(others) + "\n" + ",".join("x" for _ in others) + "\n", "short.csv")
    got = entry_of(bench, "short.csv")
    assert got.outcome == "refused"
    assert f"the required column is missing: {name}; known headings found: {', '.join(others)};" in got.message


def test_a_file_of_plain_and_of_quoted_blocks_is_loaded_whole(bench: Bench) -> None:
    path = bench.landing / "attendance" / "mixed.csv"
    path.parent.mkdir()
    plain, quoted = "M1,P1,attended\n" * 1000, 'M1,"P2",attended\n' * 1000
    path.write_text("meeting_id,person,attendance\n" + (plain + quoted) * 300)
    assert entry_of(bench, "mixed.csv").outcome == "loaded"
    assert len(raw(bench, "attendance", "row_id")) == 600_000


@pytest.mark.parametrize("heights", [[], [0], [3], [4], [5, 0, 9], [1] * 9, [12, 1]])
def test_rows_are_put_away_in_whole_groups_in_their_order(monkeypatch: pytest.MonkeyPatch, heights: list[int]) -> None:
    monkeypatch.setattr(loading, "ROWS_IN_GROUP", 4)
    rows = pl.DataFrame({"number": range(sum(heights))}, schema={"number": pl.Int64})
    ends = list(accumulate(heights))
    chunks = [rows[end - height : end] for height, end in zip(heights, ends, strict=True)]
    groups = list(loading.in_row_groups(chunks))
    assert [number for group in groups for number in group["number"]] == list(range(sum(heights)))
    assert all(group.height % 4 == 0 for group in groups[:-1])
    assert all(group.height for group in groups)
