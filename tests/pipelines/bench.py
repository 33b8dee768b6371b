"""A landing folder and a warehouse for tests: deliver files, derive, build, look."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipelines import ledger
from pipelines.building import Run
from pipelines.feed import discover
from pipelines.landing import look
from pipelines.pseudonyms import Pseudonyms
from pipelines.road import Road, build, judge, load, prepare
from pipelines.settings import SQL_ROOT, Settings
from pipelines.views import View, read_views
from pipelines.warehouse import Warehouse

Row = dict[str, str | int]
AS_AT = date(2026, 7, 10)
SECRET = b"a secret for tests, long enough!"
TEAMS: list[Row] = [
    {
        "team_id": "T1",
        "team_name": "Ward one",
        "service_area_id": "A1",
        "service_area": "Area one",
        "care_setting": "inpatient",
    },
    {
        "team_id": "T2",
        "team_name": "Street two",
        "service_area_id": "A2",
        "service_area": "Area two",
        "care_setting": "community",
    },
]


@dataclass
class Bench:
    """One data folder over several runs."""

    landing: Path
    warehouse: Warehouse
    as_at: date = AS_AT
    runs: int = 0
    views: tuple[View, ...] = field(default_factory=lambda: read_views(SQL_ROOT))
    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    def deliver(self, feed: str, *rows: Row, name: str = "file.csv") -> None:
        """Writes rows as a CSV file into the feed's folder."""
        write_csv(self.landing / feed / name, rows)

    def run(self) -> list[ledger.Entry]:
        """Loads what is new and disposes of every row; gives what became of the new files."""
        self.runs += 1
        road = self.road
        prepare(self.warehouse, road.feeds, road.pseudonyms)
        names = [feed.name for feed in road.feeds]
        entries = list(load(self.warehouse, road, look(self.landing, names, names).deliveries))
        self.counts = judge(self.warehouse, road)
        return entries

    def build(self) -> list[str]:
        """Runs and builds every layer; gives the critical checks of figures that failed."""
        self.run()
        return build(self.warehouse, self.road, [])

    @property
    def road(self) -> Road:
        """What every step needs."""
        return Road(Run(self.run_id, self.as_at), Settings(), Pseudonyms(SECRET), discover(), self.views)

    @property
    def run_id(self) -> str:
        """An id like those of real runs."""
        return f"20260710-0000{self.runs:02}"

    def dispositions(self, feed: str) -> list[tuple[str, int, str, list[str] | None]]:
        """File name, row number, disposition and rules of every row, in order."""
        return self.warehouse.rows(
            f"""select file.file_name, row.row_id % 4294967296, row.disposition, row.rules
            from dispositions.{feed} as row inner join ledger.file as file using (file_id) order by row.row_id"""
        )

    def fates(self, feed: str) -> list[str]:
        """The disposition of every row, with the rules it breaks where it is held back."""
        return [
            f"{fate}: {', '.join(rules)}" if fate == "quarantined" and rules else fate
            for _, _, fate, rules in self.dispositions(feed)
        ]

    def cells(self, indicator: str, level: str = "trust") -> dict[tuple[str, str], tuple[int, int]]:
        """Numerator and denominator of every complete month by place and month."""
        rows = self.warehouse.rows(
            """select place_id, strftime(period_start, '%Y-%m'), numerator, denominator
            from marts.indicator_cell where indicator_id = ? and level = ?""",
            [indicator, level],
        )
        return {(place, month): (numerator, denominator) for place, month, numerator, denominator in rows}


def write_csv(path: Path, rows: Sequence[Row]) -> None:
    """Writes rows, which need not all have the same cells, with their headings."""
    path.parent.mkdir(parents=True, exist_ok=True)
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(rows)


def meeting(meeting_id: str, **more: str | int) -> Row:
    """A good meeting of team T1 in May 2026."""
    row: Row = {
        "meeting_id": meeting_id,
        "team_id": "T1",
        "held_at": "2026-05-04 10:00",
        "status": "held",
        "meeting_type": "microsystem",
    }
    return row | more


def attended(meeting_id: str, person: str, **more: str | int) -> Row:
    """Somebody who attended."""
    row: Row = {"meeting_id": meeting_id, "person": person, "attendance": "attended"}
    return row | more


def event(candidate: str, stage: str, event_on: str, **more: str | int) -> Row:
    """One event of a candidate for opportunity O1 of team T1."""
    row: Row = {
        "candidate": candidate,
        "team_id": "T1",
        "opportunity_id": "O1",
        "stage": stage,
        "event_on": event_on,
    }
    return row | more
