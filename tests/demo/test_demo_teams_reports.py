"""The demo's Teams reports: all three generations, in the encodings and orders of dates that occur."""

from pathlib import Path

from pipelines.demo import Trust
from tests.demo.reading import rows_of
from tests.demo.recount import World


def contents(landing: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((landing / "ms_teams").iterdir())]


def test_all_three_generations_are_there(landing: Path, trust: Trust) -> None:
    texts = [content.decode("utf-16" if content[:1] == b"\xff" else "utf-8-sig") for content in contents(landing)]
    begins = [text.splitlines()[0].replace(",", "\t").split("\t")[0] for text in texts]
    assert begins.count("Full Name") == 1
    assert begins.count("Meeting Summary") == 8
    assert begins.count("1. Summary") > 10
    assert any("\N{NARROW NO-BREAK SPACE}PM" in text for text in texts)


def test_they_come_as_teams_writes_them_and_as_spreadsheets_save_them(landing: Path, trust: Trust) -> None:
    starts = [content[:2] for content in contents(landing)]
    assert starts.count(b"\xff\xfe") > starts.count(b"\xef\xbb") > 3


def test_whoever_they_show_attended_by_the_register_too(landing: Path, trust: Trust, world: World) -> None:
    number = {row["email"]: row["person"] for row in world.good["people"].values()}
    attended = {
        number.get(row["person"], row["person"])
        for row in world.good["attendance"].values()
        if row["attendance"] == "attended"
    }
    shown = {row["person"] for path in (landing / "ms_teams").iterdir() for row in rows_of(path)}
    assert {number[person] for person in shown if "@" in person} <= attended
