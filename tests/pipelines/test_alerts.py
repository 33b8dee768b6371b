"""Alerts: each event once, by real mail and a real webhook, and nothing in them that could be somebody."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import socket

import pytest
from pydantic import SecretStr

from pipelines import history
from pipelines.alerts.events import standing
from pipelines.alerts.telling import TOLD, tell, try_out
from pipelines.lock import locked
from pipelines.run_lines import what_ended
from pipelines.settings import Alerts, Settings
from tests.pipelines.mailbox import Mailbox, Webhook, mailbox, webhook
from tests.pipelines.terminal import involve
from tests.pipelines.told_trust import NOW, change, data, enter, late, settings, subjects

__all__ = ["data", "mailbox", "webhook"]  # fixtures

LOCKED = """
import sys, time; from pathlib import Path; from pipelines.lock import locked
with locked(Path(sys.argv[1])): print("held", flush=True); time.sleep(60)
"""
# Every kind of error that a run's own modules know, but wrong use: that is refused before there is a run.
ERRORS = """
import pipelines.run; from pipelines.errors import InvolveError, WrongUseError
def kinds(of): return {of}.union(*map(kinds, of.__subclasses__()))
print(*(kind.__name__ for kind in kinds(InvolveError) - kinds(WrongUseError) - {InvolveError}))
"""
pytestmark = pytest.mark.filterwarnings("ignore:.imghdr. is deprecated")  # a library of Apprise asks for it


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


def test_the_first_look_counts_what_was_long_so_as_told_also_at_the_second(data: Path, mailbox: Mailbox) -> None:
    for number in range(3):
        enter(data, NOW + timedelta(days=number), refused=(("meetings", str(number)),))
    change(data, "insert into published.signal values ('shares', 'trust', 'trust', 'concern_low', 'Below.')")
    ours, now = settings(data, mailbox), NOW + timedelta(days=2)
    assert [tell(ours, now), tell(ours, now)] == [(1, 0), (0, 0)]
    assert subjects(mailbox) == [("it", "a file was refused")]


def test_the_first_figures_of_a_new_installation_are_no_changes_and_the_next_are(data: Path, mailbox: Mailbox) -> None:
    ours, told = settings(data, mailbox), []
    (data / "published/current").rename(data / "published/later")
    tell(ours, NOW)
    (data / "published/later").rename(data / "published/current")
    for variation in ("concern_low", "improvement_high"):
        change(data, "delete from published.signal")
        change(data, f"insert into published.signal values ('shares', 'trust', 'trust', '{variation}', 'So.')")
        tell(ours, NOW)
        told.append(subjects(mailbox))
    assert told == [[], [("lead", "a change beyond the usual ups and downs")]]


def test_figures_that_cannot_be_read_for_a_while_make_nothing_new_again(data: Path, mailbox: Mailbox) -> None:
    ours, board = settings(data, mailbox), data / "published/current/board.duckdb"
    tell(ours, NOW)
    change(data, "insert into published.signal values ('shares', 'trust', 'trust', 'concern_low', 'Below.')")
    late(data, "meetings", is_late=True)
    whole = board.read_bytes()
    for content in (whole, b"no database", whole):
        board.write_bytes(content)
        tell(ours, NOW)
    assert [subject for _, subject in subjects(mailbox)] == [
        "a feed is late",
        "a change beyond the usual ups and downs",
        "figures cannot be read",
    ]


def test_another_kind_of_error_is_another_event(data: Path, mailbox: Mailbox) -> None:
    ours = settings(data, mailbox)
    for night, error in enumerate(["WarehouseError", "WarehouseError", "ended_by_signal_9"]):
        enter(data, NOW + timedelta(days=night), outcome="failed", error=error)
        tell(ours, NOW + timedelta(days=night))
    texts = [text.split("\n")[0] for _, _, text in mailbox.taken]
    assert [text.partition(". ")[0] for text in texts] == [
        "The run that began on 30 November 2026 at 09:00 failed: the warehouse cannot be used",
        "The run that began on 2 December 2026 at 09:00 failed: it was killed, by signal 9",
    ]


def test_a_run_that_was_killed_is_told_before_the_next_comes(data: Path, mailbox: Mailbox) -> None:
    ours, now = settings(data, mailbox), datetime.now(UTC)
    tell(ours, now)
    with subprocess.Popen([sys.executable, "-c", LOCKED, data], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        tell(ours, now)
        process.kill()
    for _ in range(2):
        tell(ours, now)
    with locked(data) as left:
        assert left is not None
        history.enter_cut_off(data, left.since)
    [(_, subject, text)] = mailbox.taken
    assert subject == "Involvement dashboard: a run failed"
    assert re.match(r"The run that began on .* failed: it was killed, or the machine went down\.", text)
    assert [record.outcome for record in history.read(data)] == ["failed"]


def test_what_a_wrong_address_never_took_goes_to_the_one_in_its_place(data: Path, mailbox: Mailbox) -> None:
    late(data, "meetings", is_late=True)
    it, nobody, other = mailbox.address("it"), "json://127.0.0.1:9/", mailbox.address("other")
    for to in ([it, nobody], [it, other], [it, other]):
        tell(Settings(data=data, alerts=Alerts(to=tuple(map(SecretStr, to)))), NOW)
    assert sorted(subjects(mailbox)) == [("it", "a feed is late"), ("other", "a feed is late")]


def test_every_error_that_can_end_a_run_has_words() -> None:
    kinds = subprocess.run([sys.executable, "-c", ERRORS], capture_output=True, text=True, check=True).stdout.split()
    assert "StorageError" in kinds
    assert {kind for kind in kinds if "nobody foresaw" in what_ended(kind)} == set()
    assert what_ended("ZeroDivisionError") == "an error nobody foresaw, ZeroDivisionError"


def test_when_a_late_run_should_have_ended_is_told_in_good_english(data: Path) -> None:
    enter(data)
    [event] = standing(data, NOW + timedelta(days=2))
    assert event.sentence.startswith(
        "The last run ended on 30 November 2026 at 09:00; the next should have ended by 1 December 2026 at 11:00, and"
    )


def test_people_are_told_though_nothing_can_be_written_and_the_command_says_so(data: Path, mailbox: Mailbox) -> None:
    late(data, "meetings", is_late=True)
    # Folders where files should be written: no write succeeds, whoever runs this.
    for name in ("alerts.new", "logs"):
        (data / name).mkdir()
    (data / f"logs/{datetime.now(UTC):%Y-%m}.jsonl").mkdir()
    said = involve("alerts", "--data", data, alerts__to=f'["{mailbox.address("it")}"]')
    assert (said.returncode, "Traceback" in said.stderr) == (1, False)
    assert re.search(r"alerts\.json cannot be written: .* will be told again", said.stderr)
    assert subjects(mailbox) == [("it", "a feed is late")]


def test_mail_that_fails_ends_the_command_with_1_and_the_log_names_the_fault(data: Path) -> None:
    late(data, "meetings", is_late=True)
    with socket() as free:  # where nobody listens once it is closed
        free.bind(("127.0.0.1", 0))
        nobody = f"mailto://127.0.0.1:{free.getsockname()[1]}?from=dashboard@trust.example&to=it@trust.example"
    said = involve("alerts", "--data", data, alerts__to=f'["{nobody}"]')
    assert (said.returncode, "0 messages sent, 1 could not be delivered" in said.stdout) == (1, True)
    [line] = [line for path in (data / "logs").iterdir() for line in path.read_text().splitlines()]
    assert (json.loads(line)["event"], json.loads(line)["fault"]) == ("alert_not_delivered", "no_connection")


def test_a_password_shows_neither_in_an_error_nor_in_a_log(data: Path) -> None:
    said = involve("alerts", "--data", data, alerts__to='["mailto://me:hunter2@"]')
    assert (said.returncode, "address 1 of alerts.to cannot be used" in said.stderr) == (2, True)
    assert "hunter2" not in said.stderr + said.stdout


def test_every_address_can_be_tried(data: Path, mailbox: Mailbox) -> None:
    ours = settings(data, mailbox, digest_to={"member": [mailbox.address("member")]})
    assert [fault for _, fault in try_out(ours)] == ["", "", ""]
    mailbox.refuses = True
    assert try_out(ours)[-1] == ("alerts.digest_to.member, number 1", "refused_by_the_server")


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_a_teams_workflow_is_posted_a_card_of_plain_text(data: Path, mailbox: Mailbox, webhook: str) -> None:
    enter(data, refused=(("meetings", "0123456789ab"),))
    assert tell(settings(data, mailbox, to=[webhook]), NOW) == (1, 0)
    [card] = Webhook.taken
    assert "A file of meetings was refused" in card
    # Only the card's own schema is named: nothing is fetched from anywhere when somebody reads it.
    assert set(re.findall(r"https?://[^\"]*", card)) == {"http://adaptivecards.io/schemas/adaptive-card.json"}
