"""The digest: once a week, in each role's own words, and never in the engine's."""

from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.alerts.digest import send_due, write
from pipelines.settings import SettingsError
from tests.pipelines.mailbox import Mailbox, mailbox
from tests.pipelines.terminal import involve
from tests.pipelines.told_trust import NOW, change, data, settings

__all__ = ["data", "mailbox"]  # fixtures

pytestmark = pytest.mark.filterwarnings("ignore:.imghdr. is deprecated")  # a library of Apprise asks for it


def test_the_digest_goes_out_once_a_week_in_five_lines(data: Path, mailbox: Mailbox) -> None:
    ours = settings(data, mailbox, digest_to={"member": [mailbox.address("member")]})
    week = [NOW - timedelta(days=1), NOW, NOW + timedelta(days=1), NOW + timedelta(days=7), NOW + timedelta(days=8)]
    assert [send_due(ours, now)[0] for now in week] == [0, 1, 0, 1, 0]
    lines = mailbox.taken[0][2].strip().split("\n\n")
    assert (len(lines), lines[0], lines[-1]) == (
        5,
        "In October it was 93 of 227.",
        "Complete to 31 October 2026, figures as at 30 November 2026. No feed is late.",
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
        change(
            data,
            "insert into published.briefing values ('team', 'T1', 1, 'change', 'Birch ward', 'shares', 'T1')",
            edition,
        )
    lines = [line for role in ("executive", "qi_lead", "admin") for line in write(data, role)]
    assert "Birch" not in " ".join(lines)


def changed(indicator_id: str, told_of: str, sentence: str) -> str:
    values = f"('trust', 'trust', 2, 'change', '{sentence}', '{indicator_id}', '{told_of}')"
    return f"insert into published.briefing values {values}"


def test_what_the_headline_tells_is_not_told_again_as_a_change(data: Path) -> None:
    assert write(data, "executive")[1] == "No number of the Overview is beyond the usual ups and downs."
    change(data, changed("presence", "trust", "Presence: above the usual range."))
    assert write(data, "executive")[1] == "No other number of the Overview is beyond the usual ups and downs."
    change(data, changed("presence", "inpatient", "Presence, Wards: below."))
    assert write(data, "executive")[1] == "What else changed: Presence, Wards: below."
    change(data, changed("shares", "trust", "Share of seats: higher."))
    assert write(data, "executive")[1].endswith(" And 1 more on the Overview.")


def test_changes_of_places_are_counted_by_what_they_mean_without_noughts(data: Path) -> None:
    change(data, "insert into published.signal values ('shares', 'care_setting', 'W', 'improvement_high', '')")
    assert "1 number is beyond the usual ups and downs: 1 better. Trends" in write(data, "executive")[2]
    change(data, "insert into published.signal values ('shares', 'service_area', 'A', 'neutral_low', '')")
    change(data, "insert into published.signal values ('shares', 'service_area', 'B', 'concern_low', '')")
    want = "3 numbers are beyond the usual ups and downs: 1 better, 1 of concern, 1 neither good nor bad in itself."
    assert want in write(data, "executive")[2]


def test_figures_that_cannot_be_read_are_no_matter_where_no_digest_is_due(data: Path, mailbox: Mailbox) -> None:
    ours = settings(data, mailbox, digest_to={"member": [mailbox.address("member")]})
    assert send_due(ours, NOW) == (1, 0)
    (data / "published/current/board.duckdb").write_bytes(b"no database")
    assert send_due(ours, NOW) == (0, 0)


@pytest.mark.parametrize("how", ["no database", "another table"])
def test_what_the_engine_says_never_reaches_a_reader_of_the_digest(data: Path, how: str) -> None:
    if how == "no database":
        (data / "published/current/board.duckdb").write_bytes(b"no database")
    else:
        change(data, "drop table published.briefing")
    said = involve("digest", "--role", "member", "--data", data)
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == (
        "involve: What is shown cannot be read: a file of it is damaged or missing. Publish anew: involve run\n"
    )


def test_the_digest_waits_for_its_settings_to_be_right(data: Path, mailbox: Mailbox) -> None:
    with pytest.raises(SettingsError, match="of digest is none"):
        send_due(settings(data, mailbox, digest_cron="every monday"), NOW)
