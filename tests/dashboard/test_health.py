"""Whether the server is well: /health for machines, the page of runs for those who look after it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from urllib.request import urlopen

import pytest

from dashboard.access import Role, scope_of_role
from dashboard.pages import find_pages
from dashboard.run_history import FILE, runs
from dashboard.server.health import state
from dashboard.store import Store
from pipelines.settings import Settings
from tests.dashboard.conftest import RUN_ID, Render, text_of
from tests.dashboard.test_serve import Server, server

__all__ = ["server"]  # a fixture
NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
RUN = {
    "outcome": "published",
    "started_at": "2026-11-03T06:10:02Z",
    "ended_at": "2026-11-03T06:12:02Z",
    "next_by": "2026-11-04T07:45:00Z",
    "run_id": RUN_ID,
    "new_files": 3,
    "refused": [["meetings", "0123456789ab"]],
    "gates": [],
    "error": "",
}


def enter(data: Path, **facts: object) -> None:
    with (data / FILE).open("a", encoding="utf-8") as file:
        file.write(json.dumps(RUN | facts) + "\n")


@pytest.fixture
def own(data: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own, with a snapshot and one run in its history."""
    copytree(data / "published", tmp_path / "published", symlinks=True)
    enter(tmp_path)
    return tmp_path


def status(data: Path, now: datetime = NOW) -> object:
    return state(Settings(data=data), now)["status"]


def test_it_is_ready_until_the_next_run_should_have_ended_and_stale_from_then_on(own: Path) -> None:
    assert status(own) == "ready"
    assert status(own, datetime(2026, 11, 4, 7, 46, tzinfo=UTC)) == "stale"


def test_runs_that_publish_nothing_do_not_make_it_fresh(own: Path) -> None:
    enter(own, outcome="failed", ended_at="2026-11-04T06:12:02Z", next_by="2026-11-05T07:45:00Z")
    found = state(Settings(data=own), datetime(2026, 11, 4, 8, tzinfo=UTC))
    assert (found["status"], found["newest_run"]) == (
        "stale",
        {"outcome": "failed", "ended_at": "2026-11-04T06:12:02Z"},
    )


def test_it_is_not_ready_without_a_snapshot_or_with_one_that_is_damaged(own: Path, tmp_path: Path) -> None:
    assert status(tmp_path / "elsewhere") == "not_ready"
    (own / "published" / RUN_ID / "internal.duckdb").write_bytes(b"no database")
    assert status(own) == "not_ready"


def test_a_history_that_cannot_be_read_vouches_for_nothing(own: Path) -> None:
    (own / FILE).write_text('{"outcome": "publi', encoding="utf-8")
    assert status(own) == "stale"


def test_damaged_bytes_in_the_history_do_not_take_it_down(own: Path) -> None:
    with (own / FILE).open("ab") as file:
        file.write(b'\xff\xfe\n{"outcome": "published", "next_by": null}\n')
    assert status(own) == "ready"


def test_the_server_answers_with_no_secret_and_no_name(server: tuple[Server, str]) -> None:
    with urlopen(f"{server[1]}/health") as answer:
        found = json.loads(answer.read())
        assert (answer.status, answer.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert found.keys() == {"status", "snapshot", "newest_run", "next_run_by"}
    assert (found["status"], found["snapshot"]) == ("stale", RUN_ID)


def test_an_admin_reads_what_became_of_the_runs(render: Render, data: Path) -> None:
    (data / FILE).unlink(missing_ok=True)
    enter(data)
    enter(data, outcome="held_back", gates=["meetings:rows_did_not_vanish"])
    try:
        said = text_of(render("runs", "admin"))
    finally:
        (data / FILE).unlink()
    assert "The newest run began on 3 Nov 2026 at 06:10: not published, as a check did not hold." in said
    assert "meetings:rows_did_not_vanish" in said
    assert "0123456789ab" not in said


@pytest.mark.parametrize("role", ["executive", "member", "qi_lead", "analyst"])
def test_nobody_else_is_shown_the_page_or_given_a_run(own: Path, role: Role) -> None:
    assert runs(scope_of_role(role), own / "published") == []
    assert runs(scope_of_role("admin"), own / "published") == [RUN]
    assert role not in next(page.readers for page in find_pages() if page.name == "runs")


def test_the_page_says_so_to_whoever_gets_there_all_the_same(render: Render, store: Store) -> None:
    assert "those who look after the dashboard" in text_of(render("runs", "executive"))
