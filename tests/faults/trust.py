"""A small trust whose deliveries can be counted by hand, runs over it as processes, and what is shown after each."""

import json
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from dashboard.access import Scope, scope_of_role
from dashboard.store import Store, current
from pipelines.publish import EDITIONS, sha256
from pipelines.run import WAREHOUSE
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from tests.pipelines.bench import TEAMS, Row, attended, meeting, write_csv
from tests.pipelines.terminal import KEY, command

AS_AT = "2026-07-10"
DAY = date.fromisoformat(AS_AT)
# Rows read, loaded, held back, duplicate and superseded of what `deliver` puts into the landing folder each time.
IN_EACH_DELIVERY = (10, 7, 1, 1, 1)
PRESENCE = "meetings_with_service_user"
PATIENCE_SECONDS = 1800  # a machine may be busy with something else; a run that hangs is found all the same
Balance = tuple[int, int, int, int, int]


@dataclass
class Trust:
    """A landing folder and a data folder under `folder`; `deliveries` is how many deliveries lie there."""

    folder: Path
    deliveries: int = 0

    @property
    def landing(self) -> Path:
        return self.folder / "landing"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def published(self) -> Path:
        return self.data / "published"

    def deliver(self) -> None:
        """One more delivery: two good meetings and who came, a correction of one of them, and one row of each fate."""
        self.deliveries += 1
        name, file = f"{self.deliveries:04}", f"{self.deliveries:04}.csv"
        if self.deliveries == 1:
            write_csv(self.landing / "teams" / "teams.csv", TEAMS)
        write_csv(self.landing / "meetings" / file, [meeting(f"M{name}"), meeting(f"N{name}", status="cancelled")])
        write_csv(self.landing / "meetings" / f"{name}_corrected.csv", [meeting(f"N{name}")])
        write_csv(self.landing / "attendance" / file, _came(name))

    def start(self, *before: str, **settings: str) -> "subprocess.Popen[str]":
        """A run that has just been started, by the program `before` where one is named."""
        given = self.command("run", "--as-at", AS_AT, **settings)
        given["args"] = [*before, *given["args"]]
        return subprocess.Popen(**given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *before: str, **settings: str) -> tuple[int, str]:
        """A whole run: its exit code and all it said."""
        process = self.start(*before, **settings)
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
        return process.returncode, out + err

    def command(self, *arguments: str, **settings: str) -> dict[str, Any]:
        """How subprocess starts `involve` in the trust's folder."""
        return command(*arguments, folder=self.folder, **({"pseudonym_key": KEY, "threads": "1"} | settings))

    def complete(self) -> None:
        """Runs: it comes to its end, shows the truth, and leaves no trace of earlier ones that did not."""
        code, said = self.run()
        assert (code, "Traceback" in said) == (0, False), said
        self.must_show_the_truth()
        assert not list(self.published.glob(".*"))

    def settings(self, key: str = KEY) -> Settings:
        """What the trust has set, for what is not started as a process."""
        return Settings(data=self.data, landing=self.landing, pseudonym_key=SecretStr(key))

    def shown(self) -> str | None:
        """The run whose snapshot is shown."""
        return current(self.published)

    def truth(self, deliveries: int | None = None) -> Balance:
        """What must have become of the rows of so many deliveries, counted without the program."""
        count = self.deliveries if deliveries is None else deliveries
        rows = tuple(count * each for each in IN_EACH_DELIVERY)
        teams = len(TEAMS) * bool(count)
        return (rows[0] + teams, rows[1] + teams, rows[2], rows[3], rows[4])

    def must_show_the_truth(self, *counts: int) -> int:
        """Holds what is shown to be whole and right, for one of so many deliveries; gives for how many."""
        run_id = self.shown()
        assert run_id is not None, "nothing is shown"
        manifest = json.loads((self.published / run_id / "manifest.json").read_text(encoding="utf-8"))
        for name, digest in manifest["sha256"].items():
            assert sha256(self.published / run_id / name) == digest, f"{name} of {run_id} is not as it was written"
        balance, present = read(Store(self.published, run_id))
        found = [count for count in counts or (self.deliveries,) if balance == self.truth(count)]
        assert found, f"{run_id} shows {balance}, which is the truth for none of {counts or self.deliveries} deliveries"
        assert present == (found[0], 2 * found[0]), f"{run_id} shows {present} of its meetings"
        return found[0]

    def kept(self) -> dict[str, list[tuple[object, ...]]]:
        """What must be equal however often a run was disturbed: every cell, row's fate and file, in order."""
        with Warehouse(self.data / WAREHOUSE, memory_limit="1GB", threads=1, is_read_only=True) as warehouse:
            return {
                query: warehouse.rows(query)
                for query in (
                    "select * from marts.indicator_cell order by all",
                    "select feed, file_name, sha256, outcome, rows_in from ledger.file order by all",
                    "select meeting_id, person, attendance, count(*) from raw.attendance group by all order by all",
                    "select meeting_id, status, count(*) from raw.meetings group by all order by all",
                    *(
                        f"select * exclude (edition) from published.load_file where edition = '{edition}' order by all"
                        for edition in EDITIONS
                    ),
                )
            }


def read(store: Store) -> tuple[Balance, tuple[int, int]]:
    """As the dashboard reads it: the balance of rows, and meetings with a service user of those known."""
    analyst, executive = scope_of_role("admin"), scope_of_role("executive")
    present = _presence(store, analyst)
    assert present == _presence(store, executive), f"the two editions of {store.run_id} differ"
    files = store.files(analyst)
    columns = ("rows_in", "rows_loaded", "rows_quarantined", "rows_duplicate", "rows_superseded")
    a, b, c, d, e = (int(files[column].sum()) for column in columns)
    return (a, b, c, d, e), present


def _presence(store: Store, scope: Scope) -> tuple[int, int]:
    series = store.series(scope, "trust", indicator_id=PRESENCE, place_id="trust")
    return int(series["numerator"].sum()), int(series["denominator"].sum())


def _came(name: str) -> list[Row]:
    """Service users at the one meeting, staff at both, one row twice, and one for a meeting nobody knows.

    Three service users: where fewer came, presence is hidden from the board.
    """
    staff = attended(f"N{name}", f"P{name}", person_role="staff")
    return [
        *(attended(f"M{name}", person, person_role="service_user") for person in ("S1", "S2", "S3")),
        attended(f"M{name}", f"P{name}", person_role="staff"),
        staff,
        staff,
        attended(f"X{name}", "S1"),
    ]
