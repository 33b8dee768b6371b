"""When runs are due: cron as everybody writes it, on the clocks of London, also on the days when they change."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.scheduling.keeper import keep
from pipelines.scheduling.timetable import LONDON, Cron, next_end_by, next_runs, read
from pipelines.settings import Alerts, Appointment, Settings, SettingsError


def times(expression: str, after: datetime) -> Iterator[datetime]:
    cron, moment = Cron(expression), after
    while found := cron.after(moment):
        yield found
        moment = found


def first(expression: str, after: datetime, count: int) -> list[str]:
    """The times on the clocks of London, with their distance from Greenwich."""
    return [f"{time:%a %d %b %H:%M %z}" for time in islice(times(expression, after), count)]


def in_london(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=LONDON)  # type: ignore[misc,arg-type]


def test_a_time_that_the_clocks_skip_comes_once_by_what_they_then_show() -> None:
    got = first("30 1 * * *", in_london(2026, 3, 27, 12), 3)
    assert got == ["Sat 28 Mar 01:30 +0000", "Sun 29 Mar 02:30 +0100", "Mon 30 Mar 01:30 +0100"]


def test_a_time_that_the_clocks_show_twice_comes_once() -> None:
    got = first("30 1 * * *", in_london(2026, 10, 23, 12), 3)
    assert got == ["Sat 24 Oct 01:30 +0100", "Sun 25 Oct 01:30 +0100", "Mon 26 Oct 01:30 +0000"]


def test_what_comes_in_every_hour_goes_on_by_real_time_when_the_clocks_change() -> None:
    autumn = list(islice(times("*/30 * * * *", in_london(2026, 10, 25, 0, 15)), 6))
    spring = list(islice(times("*/30 * * * *", in_london(2026, 3, 29, 0, 15)), 6))
    for got in (autumn, spring):
        steps = {(later.astimezone(UTC) - time.astimezone(UTC)) for time, later in pairwise(got)}
        assert steps == {timedelta(minutes=30)}


@pytest.mark.parametrize(
    ("weekday", "days"),
    [
        ("1", ["Mon"]),
        ("0", ["Sun"]),
        ("7", ["Sun"]),
        ("1-5", ["Mon", "Tue", "Wed", "Thu", "Fri"]),
        ("5-7", ["Fri", "Sat", "Sun"]),
        ("sat-mon", ["Sat", "Sun", "Mon"]),
        ("mon,thu", ["Mon", "Thu"]),
        ("*/3", ["Sun", "Wed", "Sat"]),
    ],
)
def test_days_of_the_week_are_counted_from_sunday_as_in_every_crontab(weekday: str, days: list[str]) -> None:
    week = times(f"0 6 * * {weekday}", in_london(2026, 11, 1, 12))
    got = {f"{time:%a}" for time in islice(week, 7 * 2) if time < in_london(2026, 11, 16)}
    assert got == set(days)


def test_of_day_of_month_and_day_of_week_either_is_enough() -> None:
    got = first("0 6 13 * 5", in_london(2026, 10, 1), 6)
    assert [day[:10] for day in got[:3]] == ["Fri 02 Oct", "Fri 09 Oct", "Tue 13 Oct"]


@pytest.mark.parametrize(
    "expression",
    ["", "* * * *", "61 * * * *", "0 0 30 2 *", "0 6 * * 9", "0 6 * * mon/0", "0 6 * * noday", "a b c d e"],
)
def test_what_is_no_cron_expression_is_refused_by_name_with_an_example(expression: str) -> None:
    settings = Settings(schedule=(Appointment(name="night", cron=expression),))
    with pytest.raises(SettingsError, match=r"of night is none: .*for example '15 5"):
        read(settings)


def test_two_entries_of_one_name_are_refused() -> None:
    twice = (Appointment(name="night", cron="0 5 * * *"), Appointment(name="night", cron="0 6 * * *"))
    with pytest.raises(SettingsError, match="Two entries of the schedule are called 'night'"):
        read(Settings(schedule=twice))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))
def test_the_next_time_is_always_later_and_within_a_day_and_an_hour(moment: datetime) -> None:
    now = moment.replace(tzinfo=UTC)
    found = Cron("30 1 * * *").after(now)
    assert found is not None
    assert now < found.astimezone(UTC) <= now + timedelta(hours=25)


def test_next_runs_come_the_earliest_first_and_the_next_should_end_a_while_after() -> None:
    entries = (Appointment(name="late", cron="0 9 * * *"), Appointment(name="early", cron="0 5 * * *"))
    settings, now = Settings(schedule=entries, run_late_after_minutes=60), datetime(2026, 11, 25, tzinfo=UTC)
    assert [entry.name for entry, _ in next_runs(settings, now)] == ["early", "late"]
    assert next_end_by(settings, now) == datetime(2026, 11, 25, 6, tzinfo=UTC)


def test_without_a_schedule_a_run_is_expected_every_day_or_so() -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    assert next_end_by(Settings(run_expected_every_hours=26), now) - now == timedelta(hours=26)


def test_an_address_never_shows_in_words_about_the_settings() -> None:
    assert "secret" not in repr(Settings(alerts=Alerts(to=("mailto://me:secret@mail.example",))))  # type: ignore[arg-type]


def test_a_feed_that_is_none_is_told_before_its_time_comes(tmp_path: Path) -> None:
    entry = Appointment(name="night", cron="15 5 * * *", feeds=("meeting",))
    settings = Settings(data=tmp_path / "data", schedule=(entry,))
    with pytest.raises(SettingsError, match=r"night names the feed 'meeting'; the feeds are .*meetings"):
        keep(settings, print)
    assert not (tmp_path / "data").exists()
