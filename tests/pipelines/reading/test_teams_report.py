"""Teams reports, told apart by their shape: what is taken of them, what is not, and what is refused."""

import contextlib
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading import UnreadableFileError
from pipelines.reading.table import IS_RAGGED, ROW_NUMBER
from pipelines.reading.teams_report import COLUMNS, COUNTS_DIFFER, read
from tests.pipelines import reports
from tests.pipelines.reports import ANN, BOB, event_log, joins, participants

UTF16 = "utf-16"
Cells = dict[str, str | None]


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports") / "report.csv"


def rows(file: Path, text: str, encoding: str = UTF16) -> list[Cells]:
    file.write_bytes(text.encode(encoding))
    (chunk,) = read(file).chunks
    return [dict(zip(COLUMNS, row, strict=True)) for row in chunk.drop(ROW_NUMBER, IS_RAGGED).rows()]


def people(file: Path, text: str, encoding: str = UTF16) -> list[str | None]:
    return [row["person"] for row in rows(file, text, encoding)]


def refusal(file: Path, content: bytes) -> str:
    file.write_bytes(content)
    with pytest.raises(UnreadableFileError) as caught:
        read(file)
    return str(caught.value)


# --- three generations, in any language


@pytest.mark.parametrize("language", reports.PARTICIPANTS_IN)
def test_participants_are_read_whatever_the_language(file: Path, language: str) -> None:
    got = rows(file, participants(ANN, BOB, language=language))
    assert [row["person"] for row in got] == ["ANN@NHS.EXAMPLE", "BOB@MAIL.EXAMPLE"]
    assert {(row["generation"], row["online_title"]) for row in got} == {("3", "Ward one improvement")}
    assert got[0]["started_at"] == "2026-04-05T09:00:30Z"
    assert got[0]["otherwise_started_at"] == "2026-05-04T09:00:30Z"


@pytest.mark.parametrize("language", reports.JOINS_IN)
def test_joins_are_read_whatever_the_language(file: Path, language: str) -> None:
    got = rows(file, joins(ANN, ANN, BOB, language=language, start="14/05/2026, 10:00:30"))
    assert [row["person"] for row in got] == ["ann@nhs.example", "ann@nhs.example", "bob@mail.example"]
    assert {(row["generation"], row["online_title"]) for row in got} == {("2", "Ward one improvement")}
    assert {(row["started_at"], row["otherwise_started_at"]) for row in got} == {("2026-05-14T09:00:30Z", None)}


@pytest.mark.parametrize("headings", [("Full Name", "User Action", "Timestamp"), reports.WELSH])
def test_an_event_log_has_a_row_for_each_join_and_names_alone(file: Path, headings: tuple[str, ...]) -> None:
    got = rows(file, event_log("Roe, Ann", "Bob Doe (Guest)", "Roe, Ann", headings=headings))
    assert [row["person"] for row in got] == ["name:Roe, Ann", "name:Bob Doe", "name:Roe, Ann"]
    assert {tuple(row.values())[1:] for row in got} == {("1", None, None, None)}


def test_somebody_who_was_there_before_the_log_began_joined_too(file: Path) -> None:
    log = event_log("Ann Roe") + "Bob Doe\tJoined before\t04/05/2026, 10:00:30\r\n"
    assert people(file, log) == ["name:Ann Roe", "name:Bob Doe"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", ["\t", ",", ";"])
def test_encodings_and_separators_are_detected(file: Path, encoding: str, separator: str) -> None:
    text = joins(ANN, BOB, separator=separator, title="Plans, hopes; and the rest")
    assert people(file, text, encoding) == ["ann@nhs.example", "bob@mail.example"]
    assert rows(file, text, encoding)[0]["online_title"] == "Plans, hopes; and the rest"


def test_a_spreadsheet_fills_short_lines_with_commas(file: Path) -> None:
    text = "".join(
        line + "," * 6 + "\r\n" for line in participants(ANN).replace(", ", " ").replace("\t", ",").split("\r\n")
    )
    assert people(file, text, "utf-8-sig") == ["ANN@NHS.EXAMPLE"]


def test_a_workbook_made_of_a_report_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(participants(ANN, BOB).splitlines()):
            sheet.write_row(number, 0, [cell.strip('"') for cell in line.split("\t")])
    (chunk,) = read(path).chunks
    assert chunk["c0"].to_list() == ["ANN@NHS.EXAMPLE", "BOB@MAIL.EXAMPLE"]


# --- who somebody is


def test_without_an_address_the_account_stands_for_a_person(file: Path) -> None:
    text = joins(ANN).replace("\tann@nhs.example\tPresenter", "\t\tPresenter")
    assert people(file, text) == ["ann@nhs.example"]


def test_a_second_device_that_gives_the_account_alone_is_the_same_person(file: Path) -> None:
    first = "Ann\t04/05/2026, 10:00\t04/05/2026, 10:30\t30m\tann.roe@nhs.example\tPresenter\taroe@tenant.example\r\n"
    second = "Ann\t04/05/2026, 10:00\t04/05/2026, 10:30\t30m\t\tPresenter\tAROE@tenant.example\r\n"
    assert people(file, joins() + first + second) == ["ann.roe@nhs.example"] * 2


def test_with_neither_the_name_stands_marked_as_a_name(file: Path) -> None:
    assert people(file, joins(("Ann Roe (External) [EXT]", ""), ("+44 7700 900123", ""))) == [
        "name:Ann Roe",
        "name:+44 7700 900123",
    ]


def test_a_name_that_looks_like_an_address_is_a_name(file: Path) -> None:
    assert people(file, joins(("ann@nhs.example", ""))) == ["name:ann@nhs.example"]


def test_a_row_without_anybody_is_kept_to_be_held_back(file: Path) -> None:
    assert people(file, joins(ANN, ("", ""))) == ["ann@nhs.example", None]


def test_more_columns_behind_are_ignored(file: Path) -> None:
    text = (
        participants(ANN)
        .replace("\tRole\r\n", "\tRole\tCamera On\r\n")
        .replace("\tPresenter\r\n", "\tPresenter\t3\r\n")
    )
    assert people(file, text) == ["ANN@NHS.EXAMPLE"]


def test_more_cells_than_headings_and_broken_quotes_are_ragged(file: Path) -> None:
    file.write_bytes((joins(ANN) + "Bob\t1\t2\t3\t4\t5\t6\t7\r\n" + 'Eve "\t"x" y\tz\r\n').encode(UTF16))
    (chunk,) = read(file).chunks
    assert chunk[IS_RAGGED].to_list() == [False, True, True]
    assert chunk[ROW_NUMBER].to_list() == [9, 10, 11]
    assert chunk["c0"].to_list() == ["ann@nhs.example", None, None]


def test_no_other_cell_of_a_report_is_taken(file: Path) -> None:
    taken = {cell for row in rows(file, participants(ANN, BOB)) for cell in row.values()}
    assert not [cell for cell in taken if cell and ("Roe" in cell or "45m" in cell or "Presenter" in cell)]


# --- title, start, count


def test_a_title_of_digits_is_not_the_count(file: Path) -> None:
    assert rows(file, participants(ANN, title="2026"))[0]["online_title"] == "2026"
    swapped = joins(ANN, title="Ward").replace(
        "Total Number of Participants\t1\r\nMeeting Title\tWard", "A\tWard\r\nB\t1"
    )
    assert rows(file, swapped)[0]["online_title"] == "Ward"


def test_a_report_without_a_title_has_none(file: Path) -> None:
    assert rows(file, participants(ANN, title=" "))[0]["online_title"] is None


@pytest.mark.parametrize(("stated", "remarks"), [(2, ()), (3, (COUNTS_DIFFER,))])
def test_a_summary_that_counts_differently_is_a_remark(file: Path, stated: int, remarks: tuple[str, ...]) -> None:
    file.write_bytes(participants(ANN, BOB, stated=stated).encode(UTF16))
    assert read(file).remarks == remarks


def test_joining_twice_is_no_difference(file: Path) -> None:
    file.write_bytes(joins(ANN, ANN, BOB).encode(UTF16))
    assert read(file).remarks == ()


def test_the_end_of_the_meeting_helps_to_decide_the_order(file: Path) -> None:
    got = rows(file, participants(ANN, start="03/04/2026, 23:30:00", end="04/04/2026, 00:30:00"))
    assert {(row["started_at"], row["otherwise_started_at"]) for row in got} == {("2026-04-03T22:30:00Z", None)}


# --- refused


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it is empty"),
        (b"\xff\xfe", "it is empty"),
        (b"\r\n \r\n", "it is empty"),
        ("Zusammenfassung".encode("utf-16-le"), "NUL bytes"),
        (participants(("Zoë", "")).encode("latin-1"), "its encoding cannot be read"),
        (b"\xff\xfe1", "its encoding cannot be read"),
        (b"PAR1" + bytes(20), "NUL bytes"),
        (b"meeting_id,person,attendance\nM1,Jane Doe,attended\n", "shape of a Teams attendance report"),
        (b"Dear Sir,\nthis is a letter.\n", "shape of a Teams attendance report"),
        (b"1. Summary\nMeeting title\tx\n", "shape of a Teams attendance report"),
        (b"1. Summary\nMeeting title\tx\n2. Participants\nName\n", "shape of a Teams attendance report"),
        (b"Meeting Summary\nTitle\tx\nStart\t04/05/2026, 10:00\n", "shape of a Teams attendance report"),
        (b"1. Summary\nStart\t04/05/2026, 10:00\n2. Participants\n", "shape of a Teams attendance report"),
        (b"Jane Doe\tJoined\t04/05/2026, 10:00\n", "no row of headings"),
        (participants(ANN, start="45/05/2026, 10:00").encode(UTF16), "its start is no date and time"),
    ],
)
def test_what_is_no_report_is_refused_and_nobody_is_quoted(file: Path, content: bytes, says: str) -> None:
    got = refusal(file, content)
    assert says in got
    assert "Doe" not in got


def test_a_table_that_lost_its_headings_is_refused(file: Path) -> None:
    lines = joins(ANN, BOB).splitlines(keepends=True)
    assert "no row of headings" in refusal(file, "".join(lines[:7] + lines[8:]).encode(UTF16))


def test_a_report_larger_than_any_meeting_is_refused(file: Path) -> None:
    assert "larger than a report can be" in refusal(file, b"x" * 20_000_001)


def test_an_old_workbook_is_refused(file: Path) -> None:
    assert "old Excel workbook" in refusal(file, b"\xd0\xcf\x11\xe0" + bytes(100))


# --- whatever comes

LINE = st.lists(
    st.sampled_from(["", "1. S", "2. P", "3. A", "Name", "x@y", "4/5/26, 10:00", "7", '"']) | st.text(max_size=5),
    max_size=8,
)


@given(
    st.lists(LINE, max_size=14),
    st.sampled_from(["\t", ",", ";"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_lines_are_read_or_refused(file: Path, lines: list[list[str]], separator: str, encoding: str) -> None:
    text = "\r\n".join(separator.join(line) for line in lines)
    file.write_bytes(text.encode(encoding, "surrogatepass"))
    with contextlib.suppress(UnreadableFileError):
        (chunk,) = read(file).chunks
        assert chunk.filter(~chunk[IS_RAGGED])["c1"].is_in(["1", "2", "3"]).all()


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"PK\x03\x04", b"PAR1"])
)
def test_any_bytes_are_read_or_refused(file: Path, content: bytes, start: bytes) -> None:
    file.write_bytes(start + content)
    with contextlib.suppress(UnreadableFileError):
        assert read(file).headings == COLUMNS


NAMES = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters='"'), min_size=1, max_size=12
)
EVERYBODY = st.lists(
    st.tuples(NAMES, st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.example", fullmatch=True)), min_size=1, max_size=6
)


@given(EVERYBODY, st.booleans())
def test_everybody_who_joined_is_found_whatever_their_name(
    file: Path, everybody: list[tuple[str, str]], is_joins: bool
) -> None:
    text = joins(*everybody) if is_joins else participants(*everybody)
    got = [str(person).lower() for person in people(file, text)]
    assert got == [address for _, address in everybody]
