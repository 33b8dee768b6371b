"""What lies in a landing folder, and what is left there."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from pipelines.landing import Delivery, LandingError, look

FEEDS = ("teams", "people")


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    for feed in FEEDS:
        (tmp_path / "landing" / feed).mkdir(parents=True)
    return tmp_path / "landing"


def names(landing: Path) -> list[str]:
    return [f"{delivery.feed}/{delivery.name}" for delivery in look(landing, FEEDS, FEEDS).deliveries]


def left_out(landing: Path) -> list[str]:
    assert names(landing) == []
    return list(look(landing, FEEDS, FEEDS).left_out)


def test_files_come_feed_by_feed_and_in_the_order_of_their_bytes(landing: Path) -> None:
    for name in ("people/a.csv", "teams/b.csv", "teams/a.csv", "teams/B.csv", "teams/é.csv", "teams/z.csv"):
        (landing / name).touch()
    assert names(landing) == [f"teams/{name}.csv" for name in ("B", "a", "b", "z", "é")] + ["people/a.csv"]


def test_a_digest_is_that_of_the_bytes(landing: Path) -> None:
    (landing / "teams" / "a.csv").write_bytes(b"bytes")
    assert Delivery("teams", landing / "teams" / "a.csv").sha256() == sha256(b"bytes").hexdigest()


def test_hidden_files_and_lock_files_of_a_spreadsheet_are_left_without_a_word(landing: Path) -> None:
    for name in ("teams/.teams.csv", "teams/~$teams.xlsx", ".DS_Store"):
        (landing / name).touch()
    assert left_out(landing) == []


def test_a_folder_of_no_feed_and_a_file_beside_the_folders_are_told(landing: Path) -> None:
    (landing / "moodle").mkdir()
    (landing / "moodle" / "a.csv").touch()
    (landing / "teams.csv").touch()
    assert left_out(landing) == [
        "moodle/: 1 file of a feed that this version does not load",
        "teams.csv: a file beside the feeds' folders belongs to no feed",
    ]


def test_a_feed_that_is_known_but_not_asked_for_is_not_told(landing: Path) -> None:
    got = look(landing, ["teams"], FEEDS)
    assert got.left_out == ()


def test_a_folder_named_like_a_file_is_told(landing: Path) -> None:
    (landing / "teams" / "teams.csv").mkdir()
    assert left_out(landing) == ["teams/teams.csv: a folder inside a feed's folder is not read"]


def test_a_file_where_a_feeds_folder_belongs_is_told(landing: Path) -> None:
    (landing / "teams").rmdir()
    (landing / "teams").touch()
    assert left_out(landing) == ["teams: a file beside the feeds' folders belongs to no feed"]


def test_a_link_inside_the_landing_folder_is_followed(landing: Path) -> None:
    (landing / "people" / "a.csv").touch()
    (landing / "teams" / "a.csv").symlink_to("../people/a.csv")
    assert names(landing) == ["teams/a.csv", "people/a.csv"]


def test_a_link_out_of_the_landing_folder_is_refused(landing: Path) -> None:
    (landing.parent / "secret.csv").touch()
    (landing / "teams" / "a.csv").symlink_to(landing.parent / "secret.csv")
    (landing.parent / "elsewhere").mkdir()
    (landing.parent / "elsewhere" / "b.csv").touch()
    (landing / "people").rmdir()
    (landing / "people").symlink_to(landing.parent / "elsewhere")
    assert [told.split(":")[0] for told in left_out(landing)] == ["teams/a.csv", "people/"]
    assert all("leads out of the landing folder" in told for told in left_out(landing))


def test_links_that_lead_in_a_circle_or_nowhere_are_told(landing: Path) -> None:
    (landing / "teams" / "a.csv").symlink_to("b.csv")
    (landing / "teams" / "b.csv").symlink_to("a.csv")
    (landing / "teams" / "c.csv").symlink_to("gone.csv")
    assert left_out(landing) == [f"teams/{name}.csv: this is not a file" for name in "abc"]


def test_the_landing_folder_may_be_reached_through_a_link(landing: Path) -> None:
    (landing / "teams" / "a.csv").touch()
    (landing.parent / "link").symlink_to(landing)
    assert names(landing.parent / "link") == ["teams/a.csv"]


def test_a_pipe_is_not_waited_for(landing: Path) -> None:
    os.mkfifo(landing / "teams" / "a.csv")
    assert left_out(landing) == ["teams/a.csv: this is not a file"]


@pytest.mark.parametrize(
    "name", ["it's.csv", 'a "b".csv', "a; drop table x.csv", "x" * 246 + ".csv", "10.30\u202fAM.csv"]
)
def test_any_printable_name_is_kept_as_it_is(landing: Path, name: str) -> None:
    (landing / "teams" / name).touch()
    assert names(landing) == [f"teams/{name}"]


def test_a_name_that_would_write_on_the_screen_is_shown_on_one_line(landing: Path) -> None:
    (landing / "teams" / "a\n\x1b[2Jb.csv").touch()
    assert names(landing) == ["teams/a��[2Jb.csv"]


def test_a_name_in_no_encoding_is_shown_and_can_be_read(landing: Path) -> None:
    path = os.fsencode(landing / "teams") + b"/\xff\xe9.csv"
    Path(os.fsdecode(path)).write_bytes(b"x")
    delivery = look(landing, FEEDS, FEEDS).deliveries[0]
    assert delivery.name == "��.csv"
    assert delivery.sha256() == sha256(b"x").hexdigest()


def test_looking_changes_nothing(landing: Path) -> None:
    (landing / "teams" / "a.csv").write_bytes(b"x")
    before = [(path, path.stat().st_mtime_ns) for path in sorted(landing.rglob("*"))]
    look(landing, FEEDS, FEEDS)
    assert [(path, path.stat().st_mtime_ns) for path in sorted(landing.rglob("*"))] == before


def test_a_landing_folder_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LandingError, match="cannot be read: No such file"):
        look(tmp_path / "gone", FEEDS, FEEDS)
