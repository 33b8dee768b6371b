"""Which column a heading means, and what is said of headings."""

from pathlib import Path

import pytest

from pipelines.feed import Feed, discover
from pipelines.reading import UnreadableFileError
from pipelines.reading.headings import ColumnMap, ColumnMapError, known_and_others, match, named, read_column_map

TEAMS = next(feed for feed in discover() if feed.name == "teams")
REQUIRED = ("team_id", "team_name", "service_area_id", "service_area", "care_setting")
NO_MAP = ColumnMap({})


def written_map(folder: Path, text: str) -> ColumnMap:
    (folder / "teams.columns.toml").write_text(text, encoding="utf-8")
    return read_column_map(TEAMS, folder)


@pytest.mark.parametrize("heading", ["team_id", "Team ID", "TEAM-ID", " teamId ", "Team\nid", "t e a m i d"])
def test_a_heading_matches_ignoring_case_spaces_hyphens_and_underscores(heading: str) -> None:
    got = match(TEAMS, (heading, *REQUIRED[1:]), NO_MAP)
    assert got.places == dict(zip(REQUIRED, range(5), strict=True))


def test_extra_headings_are_ignored_and_kept_by_name() -> None:
    got = match(TEAMS, ("Phone", *REQUIRED, "", " "), NO_MAP)
    assert got.ignored == ("Phone",)


def test_two_headings_of_one_column_are_refused() -> None:
    with pytest.raises(UnreadableFileError, match="two of its headings mean the column team_id"):
        match(TEAMS, (*REQUIRED, "Team ID"), NO_MAP)


@pytest.mark.parametrize("feed", discover(), ids=lambda feed: feed.name)
def test_each_required_column_that_is_missing_is_named(feed: Feed) -> None:
    required = [column.name for column in feed.columns if column.required]
    for name in required:
        left = tuple(column.name for column in feed.columns if column.name != name)
        with pytest.raises(UnreadableFileError, match=f"required column is missing: {name};"):
            match(feed, left, NO_MAP)


def test_only_known_headings_are_quoted() -> None:
    got = known_and_others(TEAMS, ("Team ID", "Jane Doe", "jane@example.org", ""), NO_MAP)
    assert got == "known headings found: Team ID, and 2 others"
    assert known_and_others(TEAMS, ("Jane Doe",), NO_MAP) == "no known heading found, and 1 other"


def test_ignored_headings_are_named_on_one_line_and_not_without_end() -> None:
    assert named(("Home\nphone", "x" * 100)) == "Home phone, " + "x" * 60 + "…"
    got = named(tuple(f"h{place}" for place in range(10_000)))
    assert got.endswith("h19, 9980 others")


@pytest.mark.parametrize("heading", ["jane.doe@example.org", "NHS 9434765919", "R00412"])
def test_an_ignored_heading_that_may_be_a_person_is_counted_only(heading: str) -> None:
    assert named((heading, "Phone")) == "Phone, 1 other"


def test_a_local_heading_is_mapped_by_a_file(tmp_path: Path) -> None:
    column_map = written_map(tmp_path, '[headings]\n"Ward code" = "team_id"\n')
    assert match(TEAMS, ("WARD-CODE", *REQUIRED[1:]), column_map).places["team_id"] == 0
    assert known_and_others(TEAMS, ("ward code", "x"), column_map) == "known headings found: ward code, and 1 other"


def test_days_come_first_unless_the_map_says_otherwise(tmp_path: Path) -> None:
    assert not read_column_map(TEAMS, tmp_path).month_first
    assert written_map(tmp_path, 'dates = "month_first"').month_first


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[headings", "is no TOML"),
        ('[headings]\nWard = "ward_id"', "maps headings to ward_id"),
        ('dates = "year_first"', "no more"),
        ("month_first = true", "no more"),
    ],
)
def test_a_map_that_cannot_be_used_says_so(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ColumnMapError, match=says):
        written_map(tmp_path, text)
