"""One person planted in every feed: after every command, nothing that names them is in anything we write or say."""

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from pipelines.feed import Column, Feed, Kind, discover
from tests.pipelines.bench import TEAMS, Row
from tests.pipelines.kept import standing_in
from tests.pipelines.terminal import KEY, involve

EMAIL, NUMBER, CANDIDATE = "planted.person@nhs.example", "REG0099417", "CAND0099417"
NAME, NHS_NUMBER, PHONE = "Planted Person", "943 476 5919", "07700 900417"
SECRETS = (EMAIL, NUMBER, CANDIDATE, NAME, "Person, Planted", NHS_NUMBER, "9434765919", PHONE)


class Swept(NamedTuple):
    """A trust after every command: its folder and all that was said."""

    folder: Path
    said: dict[str, str]


def cell(feed: Feed, column: Column, place: int) -> str:
    """A good cell of row `place`; a person is the planted one in row 0."""
    if column.kind is Kind.PERSON:
        who = EMAIL if column.name == "email" or (feed.name != "people" and place % 2) else NUMBER
        return who if place < 2 else f"{who}-{place}"
    if column.kind is Kind.CANDIDATE:
        return CANDIDATE
    if column.choices:
        return column.choices[0]
    fixed = {Kind.DATE: "2026-05-04", Kind.TIME: "2026-05-04 10:00", Kind.NUMBER: "1", Kind.SEALED: f"{NAME} review"}
    ours = {"team_id": "T1", "meeting_id": f"M{place}", "service_area_id": "A1"}
    return fixed.get(column.kind) or ours.get(column.name, f"X{place}")


def deliver(landing: Path, feed: Feed, name: str, rows: list[dict[str, str]]) -> None:
    path = landing / feed.name / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        # Columns nobody asked for, as people's own spreadsheets have them.
        writer = csv.DictWriter(file, [*(column.name for column in feed.columns), "Full name", "NHS number", "Phone"])
        writer.writeheader()
        writer.writerows(row | {"Full name": NAME, "NHS number": NHS_NUMBER, "Phone": PHONE} for row in rows)


def deliver_all(landing: Path) -> None:
    """Every feed with good rows, with the planted person in a column where they do not belong, and without headings."""
    for feed in discover():
        good = [{column.name: cell(feed, column, place) for column in feed.columns} for place in range(9)]
        parsed = [column.name for column in feed.columns if column.kind.is_parsed]
        spoilt = good[0] | dict.fromkeys(parsed[:1], NAME)
        deliver(landing, feed, "register.csv", [*good, spoilt])
        deliver(landing, feed, "mostly bad.csv", [good[0] | dict.fromkeys(parsed, f"{NAME} {EMAIL}")] * 3)
        (landing / feed.name / "no headings.csv").write_text(f"{NAME},{EMAIL},{NUMBER}\n{NAME},{NHS_NUMBER},{PHONE}\n")
        (landing / feed.name / "broken.csv").write_text(f'{feed.columns[0].name},x\n"{NAME}" {EMAIL},{NUMBER},,,,\n')
    teams: list[Row] = TEAMS
    deliver(landing, discover()[0], "a.csv", [{name: str(value) for name, value in row.items()} for row in teams])


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Swept:
    folder = tmp_path_factory.mktemp("swept")
    deliver_all(folder / "landing")
    commands: dict[str, tuple[tuple[str, ...], str | None]] = {
        "run": (("run", "--as-at", "2026-07-10"), None),
        "status": (("status", "--json"), None),
        "list": (("quarantine", "list"), None),
        **{f"export {feed.name}": (("quarantine", "export", "--feed", feed.name), None) for feed in discover()},
        "unknown": (("forget",), f"{NAME}\n"),
        "forget": (("forget",), f"{EMAIL}\n"),
        "candidate": (("forget", "--as", "candidate"), f"{CANDIDATE}\n"),
        "rebuild": (("rebuild",), None),
    }
    said = {}
    for name, (arguments, stdin) in commands.items():
        ended = involve(*arguments, folder=folder, stdin=stdin, pseudonym_key=KEY)
        said[name] = f"{ended.stdout}{ended.stderr}(exit {ended.returncode})"
    return Swept(folder, said)


def test_every_command_did_its_work(swept: Swept) -> None:
    assert "Published as" in swept.said["run"]
    assert "Published as" in swept.said["rebuild"]
    assert swept.said["forget"].startswith("Forgotten. Rows removed: ")
    assert swept.said["candidate"].startswith("Forgotten. Rows removed: ")
    assert swept.said["unknown"].endswith("(exit 1)")
    assert "Not true of this row" in swept.said["export attendance"]


def test_nothing_that_was_said_names_anybody(swept: Swept) -> None:
    assert [name for name, text in swept.said.items() if any(word.lower() in text.lower() for word in SECRETS)] == []


def test_nothing_that_was_written_names_anybody(swept: Swept) -> None:
    assert any((swept.folder / "data" / "logs").iterdir())
    assert standing_in(swept.folder / "data", SECRETS) == []


def test_the_sweep_finds_what_is_there(swept: Swept) -> None:
    assert standing_in(swept.folder / "data", ["Street two"])
    assert standing_in(swept.folder / "landing", SECRETS)
