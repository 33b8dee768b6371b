"""The files of the demo: repeatable, in the real formats, with the columns of the contract and no names of persons."""

from datetime import date
from pathlib import Path
from time import process_time

import pytest

from pipelines.demo import Trust, write_trust
from tests.demo.reading import FEEDS, files, headings_of, plain, rows_of
from tests.demo.recount import COLUMNS, REQUIRED, recount

EXTRA = {"people": {"Preferred contact"}, "moodle": {"ID", "Name", "Quiz 1", "Quiz 1 - Completion date"}}
REFUSED = "ward sign-in sheet.csv"


def _bytes(landing: Path) -> dict[str, bytes]:
    return {str(path.relative_to(landing)): path.read_bytes() for path in files(landing)}


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path, landing: Path, trust: Trust) -> None:
    again = write_trust(tmp_path)
    assert _bytes(tmp_path) == _bytes(landing)
    assert again == trust


def test_another_seed_writes_other_bytes(tmp_path: Path, landing: Path, trust: Trust) -> None:
    write_trust(tmp_path, seed=1)
    got, want = _bytes(tmp_path), _bytes(landing)
    assert got["meetings/zz_corrections.csv"] != want["meetings/zz_corrections.csv"]


def test_writing_over_itself_changes_nothing(tmp_path: Path) -> None:
    write_trust(tmp_path)
    before = _bytes(tmp_path)
    write_trust(tmp_path)
    assert _bytes(tmp_path) == before


def test_the_default_size_takes_less_than_two_seconds(tmp_path: Path) -> None:
    began = process_time()
    write_trust(tmp_path)
    assert process_time() - began < 2


def test_only_feeds_are_written(landing: Path, trust: Trust) -> None:
    assert {path.name for path in landing.iterdir()} == set(FEEDS)
    assert {f"{path.parent.name}/{path.name}" for path in files(landing)} == set(trust.expected_outcomes)


def test_files_come_in_the_encodings_trusts_use(landing: Path, trust: Trust) -> None:
    got = {name: content[:3] for name, content in _bytes(landing).items()}
    assert got["people/involvement register.csv"] == b"\xef\xbb\xbf"
    assert got["meetings/meeting_register_from_2024-01.csv"][:2] == b"\xff\xfe"
    assert got["meetings/Meeting register to December 2023.xlsx"][:2] == b"PK"
    assert got["projects/qi_projects.parquet"] == b"PAR"
    assert got["teams/teams.csv"] == b"tea"


def test_headings_are_columns_of_the_contract(landing: Path, trust: Trust) -> None:
    for path in files(landing):
        feed = path.parent.name
        headings = set(headings_of(path)) - EXTRA.get(feed, set())
        named = {plain(heading) for heading in headings}
        assert named <= COLUMNS[feed] | ({"signed_in"} if path.name == REFUSED else set()), path.name
        assert (named >= REQUIRED[feed]) == (path.name != REFUSED), path.name


def test_the_first_register_has_headings_people_type(landing: Path, trust: Trust) -> None:
    got = headings_of(landing / "meetings" / "Meeting register to December 2023.xlsx")
    assert {"Meeting ID", "Held at", "Actions by service-users"} <= set(got)


def test_addresses_are_made_of_the_register_number(landing: Path, trust: Trust) -> None:
    people = rows_of(landing / "people" / "involvement register.csv")
    with_email = [row for row in people if row["email"]]
    assert len(with_email) > 100
    assert {row["email"].split("@")[0].upper() == row["person"] for row in with_email} == {True}
    assert {row["email"].rsplit(".", 1)[1] for row in with_email} == {"example"}


def test_attendance_mixes_numbers_and_addresses(landing: Path, trust: Trust) -> None:
    people = [row["person"] for row in rows_of(landing / "attendance" / "attendance 2026-Q1.csv")]
    share = sum("@" in person for person in people) / len(people)
    assert 0.15 < share < 0.45


@pytest.mark.parametrize(("teams", "service_areas", "years"), [(4, 2, 1), (12, 12, 2), (40, 10, 4)])
def test_other_sizes_work(tmp_path: Path, teams: int, service_areas: int, years: int) -> None:
    trust = write_trust(tmp_path, teams=teams, service_areas=service_areas, years=years)
    got = rows_of(tmp_path / "teams" / "teams.csv")
    assert len({row["team_id"] for row in got}) == len({row["team_name"] for row in got}) == teams
    assert len({row["service_area_id"] for row in got}) == service_areas
    assert {row["care_setting"] for row in got} == {"inpatient", "community"}
    assert trust.meetings > 20 * teams * years


@pytest.mark.parametrize("as_at", [date(2024, 2, 29), date(2026, 1, 1), date(2025, 12, 31)])
def test_other_days_work(tmp_path: Path, as_at: date) -> None:
    trust = write_trust(tmp_path, as_at=as_at)
    assert recount(tmp_path, as_at).broken["meetings"] == trust.expected_faults["meetings"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"teams": 3, "service_areas": 2}, "4 to 99 teams"),
        ({"teams": 4, "service_areas": 5}, "5 to 99 teams"),
        ({"service_areas": 1}, "2 to 12 service areas"),
        ({"years": 0}, "at least one year"),
    ],
)
def test_a_trust_that_cannot_be_built_is_refused(tmp_path: Path, wrong: dict[str, int], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        write_trust(tmp_path, **wrong)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())
