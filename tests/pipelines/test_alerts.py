"""Alerts: each event once, by real mail and a real webhook, and nothing in them that could be somebody."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines import history
from pipelines.alerts.digest import send_due, write
from pipelines.alerts.events import standing
from pipelines.alerts.telling import TOLD, tell, try_out
from pipelines.settings import Alerts, Settings, SettingsError
from pipelines.warehouse import Warehouse
from tests.pipelines.mailbox import Mailbox, Webhook, mailbox, webhook
from tests.pipelines.terminal import involve

__all__ = ["mailbox", "webhook"]  # fixtures

pytestmark = pytest.mark.filterwarnings("ignore:.imghdr. is deprecated")  # a library of Apprise asks for it
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)  # a Monday, an hour after the digest's time
SCHEMA = """
    create table published.snapshot as select date '2026-10-31' as data_to;
    create table published.place (level varchar, place_id varchar, name varchar);
    insert into published.place values ('trust', 'trust', 'Whole trust'), ('team', 'T1', 'Birch ward');
    create table published.indicator as select 'shares' as indicator_id, 'Share of seats' as title;
    create table published.signal (indicator_id varchar, level varchar, place_id varchar, variation varchar,
        summary varchar);
    create table published.briefing (level varchar, place_id varchar, position integer, kind varchar,
        sentence varchar);
    insert into published.briefing values ('trust', 'trust', 1, 'headline', 'In October it was 93 of 227.');
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


def test_a_late_feed_is_told_once_until_it_recovers(data: Path, mailbox: Mailbox) -> None:
    ours = settings(data, mailbox)
    told = []
    for is_late in (True, True, False, True):
        late(data, "meetings", is_late=is_late)
        tell(ours, NOW)
        told.append(subjects(mailbox))
    assert told == [[("it", "a feed is late")], [], [], [("it", "a feed is late")]]


def test_a_run_that_fails_every_night_is_one_event_until_one_succeeds(data: Path, mailbox: Mailbox) -> None:
    ours, told = settings(data, mailbox), []
    for night, outcome in enumerate(["failed", "failed", "published", "failed"]):
        enter(data, NOW + timedelta(days=night), outcome=outcome, error="WarehouseError")
        tell(ours, NOW + timedelta(days=night))
        told.append(subjects(mailbox))
    assert told == [[("it", "a run failed")], [], [], [("it", "a run failed")]]


def test_a_run_that_has_not_come_is_told_as_late(data: Path, mailbox: Mailbox) -> None:
    enter(data)
    ours = settings(data, mailbox)
    assert tell(ours, NOW + timedelta(hours=25)) == (0, 0)
    assert tell(ours, NOW + timedelta(hours=27)) == (1, 0)
    assert tell(ours, NOW + timedelta(hours=28)) == (0, 0)
    assert subjects(mailbox) == [("it", "a run is late")]


def test_a_refused_file_is_told_by_feed_and_digest_once(data: Path, mailbox: Mailbox) -> None:
    enter(data, refused=(("meetings", "0123456789ab"),))
    ours = settings(data, mailbox)
    tell(ours, NOW)
    enter(data, NOW + timedelta(days=1))
    tell(ours, NOW + timedelta(days=1))
    [(_, subject, text)] = mailbox.taken
    assert subject == "Involvement dashboard: a file was refused"
    assert text.startswith("A file of meetings was refused on 30 November 2026 at 09:00 (its digest begins with 0123")


def test_a_gate_that_stopped_publishing_is_told_by_name(data: Path, mailbox: Mailbox) -> None:
    enter(data, outcome="held_back", gates=("meetings:rows_did_not_vanish",))
    tell(settings(data, mailbox), NOW)
    [(_, subject, text)] = mailbox.taken
    assert subject == "Involvement dashboard: figures were not published"
    assert "meetings:rows_did_not_vanish" in text


def test_a_new_special_cause_goes_to_those_who_asked_for_changes_and_to_nobody_else(
    data: Path, mailbox: Mailbox
) -> None:
    ours = settings(data, mailbox)
    signal = "insert into published.signal values ('shares', 'trust', 'trust', '{}', 'October is above.')"
    told = []
    for variation in ("common_cause", "improvement_high", "improvement_high", "concern_low"):
        change(data, "delete from published.signal")
        change(data, signal.format(variation))
        tell(ours, NOW)
        told.append(subjects(mailbox))
    once = [("lead", "a change beyond the usual ups and downs")]
    assert told == [[], once, [], once]


def test_several_events_of_a_kind_found_together_share_a_message(data: Path, mailbox: Mailbox) -> None:
    enter(data, refused=(("meetings", "aa"), ("people", "bb")))
    tell(settings(data, mailbox), NOW)
    [(_, _, text)] = mailbox.taken
    assert [feed in text for feed in ("meetings", "people")] == [True, True]


def test_what_cannot_be_delivered_is_logged_and_tried_again_at_the_next_time(data: Path, mailbox: Mailbox) -> None:
    late(data, "meetings", is_late=True)
    both = settings(data, mailbox, to=[mailbox.address("it"), mailbox.address("second")])
    mailbox.refuses = True
    assert tell(both, NOW) == (0, 2)
    mailbox.refuses = False
    assert tell(both, NOW) == (2, 0)
    assert tell(both, NOW) == (0, 0)
    log = "".join(path.read_text() for path in (data / "logs").iterdir())
    assert [json.loads(line)["event"] for line in log.splitlines()] == ["alert_not_delivered"] * 2 + ["alert_sent"] * 2
    assert "trust.example" not in log + (data / TOLD).read_text()


def test_figures_that_cannot_be_read_are_told_and_keep_nothing_else_from_being_told(
    data: Path, mailbox: Mailbox
) -> None:
    enter(data, outcome="failed", error="WarehouseError")
    (data / "published/current/board.duckdb").write_bytes(b"no database")
    tell(settings(data, mailbox), NOW)
    assert subjects(mailbox) == [("it", "a run failed"), ("it", "figures cannot be read")]


def test_whoever_sets_alerts_up_late_hears_of_the_last_run_alone(data: Path) -> None:
    for number in range(3):
        enter(data, NOW + timedelta(days=number), refused=(("meetings", str(number)),))
    now = NOW + timedelta(days=2)
    assert [event.key for event in standing(data, now, is_first=True)] == ["file_refused:meetings:2"]
    assert len(standing(data, now, is_first=False)) == 3


def test_a_password_shows_neither_in_an_error_nor_in_a_log(data: Path) -> None:
    said = involve("alerts", "--data", data, alerts__to='["mailto://me:hunter2@"]')
    assert (said.returncode, "address 1 of alerts.to cannot be used" in said.stderr) == (2, True)
    assert "hunter2" not in said.stderr + said.stdout


def test_every_address_can_be_tried(data: Path, mailbox: Mailbox) -> None:
    ours = settings(data, mailbox, digest_to={"member": [mailbox.address("member")]})
    assert [taken for _, taken in try_out(ours)] == [True, True, True]
    mailbox.refuses = True
    assert [where for where, taken in try_out(ours) if not taken][-1] == "alerts.digest_to.member, number 1"


def test_the_digest_goes_out_once_a_week_in_five_lines(data: Path, mailbox: Mailbox) -> None:
    ours = settings(data, mailbox, digest_to={"member": [mailbox.address("member")]})
    week = [NOW - timedelta(days=1), NOW, NOW + timedelta(days=1), NOW + timedelta(days=7), NOW + timedelta(days=8)]
    assert [send_due(ours, now)[0] for now in week] == [0, 1, 0, 1, 0]
    lines = mailbox.taken[0][2].strip().split("\n\n")
    assert (len(lines), lines[0], lines[-1]) == (
        5,
        "In October it was 93 of 227.",
        "Data to 31 October 2026. No feed is late.",
    )


@pytest.mark.parametrize(
    ("role", "says"), [("executive", "the board's"), ("member", "the board's"), ("qi_lead", "ours")]
)
def test_each_role_gets_the_words_of_its_own_edition(data: Path, role: str, says: str) -> None:
    change(data, "update published.briefing set sentence = 'the board''s'")
    change(data, "update published.briefing set sentence = 'ours'", "internal")
    assert write(data, role)[0] == says  # type: ignore[arg-type]


def test_no_team_enters_a_digest_or_an_alert_even_from_our_own_edition(data: Path) -> None:
    for edition in ("board", "internal"):
        change(data, "insert into published.briefing values ('team', 'T1', 1, 'change', 'Birch ward')", edition)
    lines = [line for role in ("executive", "qi_lead", "admin") for line in write(data, role)]
    assert "Birch" not in " ".join(lines)


def test_the_digest_waits_for_its_settings_to_be_right(data: Path, mailbox: Mailbox) -> None:
    with pytest.raises(SettingsError, match="of digest is none"):
        send_due(settings(data, mailbox, digest_cron="every monday"), NOW)


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_a_teams_workflow_is_posted_a_card_of_plain_text(data: Path, mailbox: Mailbox, webhook: str) -> None:
    enter(data, refused=(("meetings", "0123456789ab"),))
    assert tell(settings(data, mailbox, to=[webhook]), NOW) == (1, 0)
    [card] = Webhook.taken
    assert "A file of meetings was refused" in card
    # Only the card's own schema is named: nothing is fetched from anywhere when somebody reads it.
    assert set(re.findall(r"https?://[^\"]*", card)) == {"http://adaptivecards.io/schemas/adaptive-card.json"}
