"""A data folder with a snapshot of a few tables, and what later runs would make of it: what alerts are tried on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines import history
from pipelines.settings import Alerts, Settings
from pipelines.warehouse import Warehouse
from tests.pipelines.mailbox import Mailbox

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)  # a Monday, an hour after the digest's time
SCHEMA = """
    create table published.snapshot as select date '2026-10-31' as data_to, date '2026-11-30' as as_at;
    create table published.place (level varchar, place_id varchar, name varchar);
    insert into published.place values ('trust', 'trust', 'Whole trust'), ('team', 'T1', 'Birch ward');
    create table published.indicator as select 'shares' as indicator_id, 'Share of seats' as title;
    create table published.signal (indicator_id varchar, level varchar, place_id varchar, variation varchar,
        summary varchar);
    create table published.briefing (level varchar, place_id varchar, position integer, kind varchar,
        sentence varchar, indicator_id varchar, told_of varchar);
    insert into published.briefing
        values ('trust', 'trust', 1, 'headline', 'In October it was 93 of 227.', 'presence', null);
    create table published.feed_freshness (feed varchar, title varchar, is_late boolean, sentence varchar);
    create table published.quarantine_reason as select 3 as rows_count;
    create table published.check_result as select true as success;
    create table published.load_file as select 'loaded' as outcome, 3 as rows_quarantined;
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a snapshot of a few tables."""
    folder = tmp_path / "published/20261130-050000"
    folder.mkdir(parents=True)
    for edition in ("board", "internal"):
        with Warehouse(folder / f"{edition}.duckdb", memory_limit="256MB", threads=1) as snapshot:
            for statement in SCHEMA.strip().split(";\n"):
                snapshot.execute(statement)
    (tmp_path / "published/current").symlink_to(folder.name)
    return tmp_path


def change(data: Path, statement: str, edition: str = "board") -> None:
    """What a later run would publish."""
    path = data / f"published/current/{edition}.duckdb"
    with Warehouse(path, memory_limit="256MB", threads=1) as snapshot:
        snapshot.execute(statement)


def late(data: Path, feed: str, *, is_late: bool) -> None:
    change(data, "delete from published.feed_freshness")
    change(data, f"insert into published.feed_freshness values ('{feed}', 'Meetings', {is_late}, 'Meetings: late.')")


def enter(data: Path, at: datetime = NOW, **facts: object) -> None:
    """A run in the history that ended at `at`."""
    moment = history.moment(at)
    told = {
        "outcome": "published",
        "run_id": f"{at:%Y%m%d-%H%M%S}",
        "next_by": history.moment(at + timedelta(hours=26)),
    }
    history.add(data, history.Record(started_at=moment, ended_at=moment, **(told | facts)))  # type: ignore[arg-type]


def settings(data: Path, box: Mailbox, **lists: object) -> Settings:
    given = {"to": [box.address("it")], "signals_to": [box.address("lead")]} | lists
    return Settings(data=data, alerts=Alerts.model_validate(given))


def subjects(box: Mailbox) -> list[tuple[str, str]]:
    """To whom and about what, emptied by reading."""
    got = [(to.partition("@")[0], subject.partition(": ")[2]) for to, subject, _ in box.taken]
    box.taken.clear()
    return got
