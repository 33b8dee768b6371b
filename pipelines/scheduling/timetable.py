"""When runs are due: cron expressions as the crontabs of this world mean them, on the clocks of London.

APScheduler does the reckoning. Three things it does otherwise are put right here: it counts the days of the week from
Monday, it wants day of month and day of week both where cron wants either, and when the clocks go back it comes twice.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from pipelines.feed import discover
from pipelines.settings import Appointment, Settings, SettingsError

LONDON = ZoneInfo("Europe/London")
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
DAY_OF_WEEK = re.compile(r"(?:\*|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>\d+))?")
SHORTEST_STEP = timedelta(microseconds=1)
EXAMPLE = "for example '15 5 * * *' (a quarter past five every day) or '0 7 * * mon-fri'"


class Cron(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """Five fields: minute, hour, day of month, month, day of week (names, or 0 and 7 for Sunday).

    Clock changes are as in cron: a time that is skipped comes an hour later by the clock, one that is doubled comes
    once; what comes in every hour goes on by real time. Raises ValueError.
    """

    def __init__(self, expression: str) -> None:
        fields = expression.lower().split()
        if len(fields) != 5:
            raise ValueError(f"it has {len(fields)} fields, not 5")
        minute, hour, day, month, weekday = fields
        self._is_hourly = hour.startswith("*")
        weekdays = _weekdays(weekday)
        pairs = [(day, weekdays)] if "*" in (day[0], weekday[0]) else [(day, "*"), ("*", weekdays)]
        self._triggers = [
            CronTrigger(minute=minute, hour=hour, day=day, month=month, day_of_week=weekday, timezone=LONDON)
            for day, weekday in pairs
        ]
        if self.after(datetime.now(UTC)) is None:
            raise ValueError("no such day ever comes")

    def after(self, moment: datetime) -> datetime | None:
        """The first time after `moment`, on the clocks of London."""
        times = [self._after(trigger, moment.astimezone(LONDON)) for trigger in self._triggers]
        # By way of UTC, as a time that the clocks skip is told as what they then show.
        first = min((time.astimezone(UTC) for time in times if time), default=None)
        return first.astimezone(LONDON) if first else None

    def _after(self, trigger: CronTrigger, moment: datetime) -> datetime | None:
        while True:
            later = (moment.astimezone(UTC) + SHORTEST_STEP).astimezone(LONDON)
            found: datetime | None = trigger.get_next_fire_time(None, later)
            if found is None or self._is_hourly or not found.fold:
                return found
            moment = found

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """What APScheduler asks."""
        return self.after(previous_fire_time or now)


def read(settings: Settings) -> dict[str, Cron]:
    """The times of each entry of the schedule, by its name. Raises SettingsError."""
    names = [entry.name for entry in settings.schedule]
    for name in names:
        if names.count(name) > 1:
            raise SettingsError(f"Two entries of the schedule are called '{name}'. Give each a name of its own.")
    return {entry.name: _read(entry.name, entry.cron) for entry in settings.schedule}


def must_know_feeds(settings: Settings) -> None:
    """Raises SettingsError where an entry names a feed that is none, before its time comes."""
    known = [feed.name for feed in discover()]
    for entry in settings.schedule:
        for feed in [feed for feed in entry.feeds if feed not in known]:
            raise SettingsError(f"{entry.name} names the feed '{feed}'; the feeds are {', '.join(known)}.")


def read_digest(settings: Settings) -> Cron:
    """When the digest goes out. Raises SettingsError."""
    return _read("digest", settings.alerts.digest_cron)


def next_runs(settings: Settings, now: datetime) -> list[tuple[Appointment, datetime]]:
    """Each entry of the schedule with its next time, the earliest first. Raises SettingsError."""
    crons = read(settings)
    times = [(entry, crons[entry.name].after(now)) for entry in settings.schedule]
    return sorted(((entry, time) for entry, time in times if time), key=lambda due: due[1])


def next_end_by(settings: Settings, now: datetime) -> datetime:
    """When, at the latest, the run after one that ends `now` should have ended; without a schedule, a day or so on."""
    due = next_runs(settings, now)
    if not due:
        return now + timedelta(hours=settings.run_expected_every_hours)
    return due[0][1].astimezone(UTC) + timedelta(minutes=settings.run_late_after_minutes)


def _read(name: str, expression: str) -> Cron:
    try:
        return Cron(expression)
    except ValueError as error:
        raise SettingsError(f"The cron expression '{expression}' of {name} is none: {error}; {EXAMPLE}.") from error


def _weekdays(text: str) -> str:
    """The days of the week as names, which APScheduler and cron understand alike."""
    if text == "*":
        return text
    days = {day for part in text.split(",") for day in _days(part)}
    return ",".join(name for name in DAYS if name in days)


def _days(part: str) -> Iterable[str]:
    found = DAY_OF_WEEK.fullmatch(part)
    if not found:
        raise ValueError(f"'{part}' is no day of the week")
    first = _day(found["first"] or "0")
    last = _day(found["last"] or "") if found["last"] else first if found["first"] else 6
    if last < first:
        last += 7  # 5-7 and sat-mon go over the end of the week
    step = int(found["step"] or 1)
    if step < 1:
        raise ValueError(f"'{part}' has a step of 0")
    return [DAYS[day % 7] for day in range(first, last + 1, step)]


def _day(text: str) -> int:
    if text in DAYS:
        return DAYS.index(text)
    if text.isdigit() and int(text) <= 7:
        return int(text) % 7
    raise ValueError(f"'{text}' is no day of the week")
