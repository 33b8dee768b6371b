"""The entry: who is let in, which snapshot is read, and what is said when there is none."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import pages, server, wording
from dashboard.new_figures import LONGEST_RUN
from tests.dashboard.conftest import RUN_ID, text_of
from tests.dashboard.edition import AS_AT
from tests.dashboard.snapshot import build, point_to

NEWER = "20261104-061002"
SCRIPT = str(Path(server.__file__).with_name("script.py"))


def opened(**address: str) -> AppTest:
    """The dashboard as a reader opens it."""
    app = AppTest.from_file(SCRIPT, default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()


def test_without_sign_in_set_up_nothing_but_that_is_shown(settings: pytest.MonkeyPatch) -> None:
    app = opened()
    assert "Sign-in is not set up" in text_of(app)
    assert "meetings" not in text_of(app)
    assert not app.selectbox


@pytest.mark.parametrize(
    ("user", "want"),
    [
        ({"is_logged_in": False}, "Please sign in"),
        ({"is_logged_in": True, "exp": 1}, "has run out"),
        ({"is_logged_in": True, "exp": 4e9, "email": "someone@example.org"}, "has not been given a right"),
    ],
)
def test_nobody_is_let_in_who_is_not_plainly_allowed(
    settings: pytest.MonkeyPatch, user: dict[str, str | bool | None], want: str
) -> None:
    app = AppTest.from_file(SCRIPT, default_timeout=60)
    app.user = user
    got = text_of(app.run())
    assert want in got
    assert "meetings" not in got


def test_someone_with_a_role_is_let_in_without_a_switch(settings: pytest.MonkeyPatch) -> None:
    app = AppTest.from_file(SCRIPT, default_timeout=60)
    app.user = {"is_logged_in": True, "exp": 4e9, "roles": ["member"]}
    app.run()
    assert "Overview: Whole trust" in text_of(app)
    assert [box.key for box in app.selectbox] == ["indicator", "view", "place", "category", "period", "first", "second"]


def test_the_demonstration_has_a_visible_switch_between_readers(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("INVOLVE_ACCESS", "demo")
    app = opened()
    assert "Demonstration" in text_of(app)
    assert app.selectbox(key="reader").options == ["Executive", "QI lead", "Member", "Analyst", "Admin"]
    app.selectbox(key="reader").select("QI lead").run()
    assert app.selectbox(key="team").options == ["Ash ward", "Birch ward", "Cedar team", "Dogwood team"]
    assert "Ash ward" in app.selectbox(key="place").options
    assert "Birch ward" not in app.selectbox(key="place").options


def test_a_place_the_next_reader_may_not_see_is_let_go(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("INVOLVE_ACCESS", "demo")
    app = opened(reader="QI lead", place="Ash ward")
    assert "Overview: Ash ward" in text_of(app)
    app.selectbox(key="reader").select("Executive").run()
    assert "Overview: Whole trust" in text_of(app)


def test_before_the_first_run_the_page_says_what_to_do(settings: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings.setenv("INVOLVE_ACCESS", "demo")
    settings.setenv("INVOLVE_DATA", str(tmp_path))
    app = opened()
    assert not app.exception
    assert "There are no figures yet" in text_of(app)
    assert "involve run" in text_of(app)
    build(tmp_path)
    app.run()
    assert "Overview: Whole trust" in text_of(app)


def test_while_a_run_makes_newer_figures_the_page_says_so_and_that_what_it_shows_stands(
    settings: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.setenv("INVOLVE_ACCESS", "demo")
    settings.setenv("INVOLVE_DATA", str(tmp_path))
    build(tmp_path)
    building = tmp_path / "published" / f".building-{NEWER}"
    app = opened()
    assert "are being made" not in text_of(app)
    building.mkdir()
    told = text_of(app.run())
    assert f"Newer figures are being made. Those you see, as at {wording.day(AS_AT)}, stand until then" in told
    assert "Overview: Whole trust" in told
    building.rmdir()
    assert "are being made" not in text_of(app.run())
    building.mkdir()
    build(tmp_path, NEWER)
    told = text_of(app.run())
    assert ("New figures are ready" in told, "are being made" in told) == (True, False)


def test_what_a_killed_run_left_is_not_told_for_ever(settings: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings.setenv("INVOLVE_ACCESS", "demo")
    settings.setenv("INVOLVE_DATA", str(tmp_path))
    build(tmp_path)
    left = tmp_path / "published" / f".building-{NEWER}"
    left.mkdir()
    (left / "board.duckdb").touch()
    long_ago = (datetime.now() - LONGEST_RUN - timedelta(minutes=1)).timestamp()
    os.utime(left, (long_ago, long_ago))
    assert "Newer figures are being made" in text_of(opened())  # a file in it was written just now
    os.utime(left / "board.duckdb", (long_ago, long_ago))
    assert "are being made" not in text_of(opened())


def test_before_any_snapshot_a_run_at_work_is_told_instead_of_what_to_do(
    settings: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.setenv("INVOLVE_ACCESS", "demo")
    settings.setenv("INVOLVE_DATA", str(tmp_path))
    (tmp_path / "published" / f".building-{RUN_ID}").mkdir(parents=True)
    app = opened()
    assert not app.exception
    assert "The first figures are being made" in text_of(app)
    assert "involve run" not in text_of(app)
    build(tmp_path)
    app.run()
    assert "Overview: Whole trust" in text_of(app)


def test_a_pinned_snapshot_that_is_not_there_is_named(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("INVOLVE_ACCESS", "demo")
    settings.setenv("INVOLVE_SNAPSHOT", "20200101-000000")
    assert "No snapshot 20200101-000000" in text_of(opened())


def test_an_open_page_offers_new_figures_and_changes_nothing_unasked(
    settings: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.setenv("INVOLVE_ACCESS", "demo")
    settings.setenv("INVOLVE_DATA", str(tmp_path))
    build(tmp_path, RUN_ID)
    app = opened()
    assert "New figures are ready" not in text_of(app)
    build(tmp_path, NEWER)
    app.run()
    assert "New figures are ready" in text_of(app)
    assert f"Snapshot {RUN_ID}" in text_of(app)
    app.button(key="show_new_figures").click().run()
    assert f"Snapshot {NEWER}" in text_of(app)


def test_a_pinned_snapshot_stays_whatever_the_pointer_says(settings: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings.setenv("INVOLVE_ACCESS", "demo")
    settings.setenv("INVOLVE_DATA", str(tmp_path))
    settings.setenv("INVOLVE_SNAPSHOT", RUN_ID)
    build(tmp_path, RUN_ID)
    build(tmp_path, NEWER)
    got = text_of(opened())
    assert f"Snapshot {RUN_ID}" in got
    assert "New figures are ready" not in got
    point_to(tmp_path, RUN_ID)


@pytest.mark.parametrize("edition", ["board", "internal"])
def test_a_damaged_snapshot_gives_a_plain_page(
    settings: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture, edition: str
) -> None:
    settings.setenv("INVOLVE_ACCESS", "demo")
    settings.setenv("INVOLVE_DATA", str(tmp_path))
    (build(tmp_path) / f"{edition}.duckdb").write_bytes(b"garbage" * 999)
    app = opened(reader="Executive")
    assert not app.exception
    assert "These figures cannot be read" in text_of(app)
    assert f"snapshot {RUN_ID}" in text_of(app)
    assert "involve run" in text_of(app)
    assert f"The file {edition}.duckdb of snapshot {RUN_ID}" in caplog.text


@pytest.mark.parametrize("lost", ["drop table published.briefing", "alter table published.indicator drop column title"])
def test_a_snapshot_of_an_older_version_is_told_as_that(
    settings: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture, lost: str
) -> None:
    settings.setenv("INVOLVE_ACCESS", "demo")
    settings.setenv("INVOLVE_DATA", str(tmp_path))
    with duckdb.connect(str(build(tmp_path) / "board.duckdb")) as connection:
        connection.execute(lost)
    app = opened(reader="Executive")
    assert not app.exception
    assert "made by another version" in text_of(app)
    assert "No figure is lost" in text_of(app)
    assert "involve run" in text_of(app)
    assert "Open this page again tomorrow" in text_of(app)
    assert caplog.records
    (tmp_path / "published" / f".building-{NEWER}").mkdir()
    assert "New figures are being made now" in text_of(app.run())


def test_an_incomplete_page_dropped_beside_a_running_server_is_named(
    settings: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.setenv("INVOLVE_ACCESS", "demo")
    (tmp_path / "half_a_page.py").write_text("TITLE = 'Half'\n", encoding="utf-8")
    settings.setattr(pages, "__path__", [*pages.__path__, str(tmp_path)])
    app = opened()
    assert not app.exception
    assert "dashboard/pages/half_a_page.py lacks ORDER, ICON, FILTERS, render" in text_of(app)
