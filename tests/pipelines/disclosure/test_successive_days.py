"""From one day to the next only a new complete period, or a correction, changes what is published of people."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.pipelines.bench import Bench
from tests.pipelines.disclosure.road import Row, Rows, Staged, carry, open_road, random_staging

NEW_YEAR, QUARTER, MONTH = date(2026, 12, 31), date(2026, 9, 30), date(2026, 11, 30)
# The last quarter of which people could be followed for 180, and for 90 days.
WINDOW_OF_180, WINDOW_OF_90 = date(2026, 12, 27), date(2026, 12, 29)
DAYS = (MONTH, QUARTER, NEW_YEAR, WINDOW_OF_180, WINDOW_OF_90)
OF_PEOPLE = "indicator_id in (select indicator_id from published.indicator where counts_people)"
# Every published table about people: what tells its rows apart, and what it says.
TABLES = {
    "indicator_value": (OF_PEOPLE, "status = 'shown'"),
    "indicator_breakdown": (OF_PEOPLE, "status = 'shown'"),
    "waiting_curve": ("true", "true"),
    "who_gets_through": ("true", "true"),
    "step_wait": ("true", "status = 'shown'"),
    "not_now_waiting": ("true", "status = 'shown'"),
    "waiting_now": ("true", "status = 'shown'"),
    "reliance_on_one_person": ("true", "status = 'shown'"),
    "representation": ("true", "true"),
    "annotation": ("kind = 'said'", "true"),
}
KEYS = {
    "indicator_value": "indicator_id, grain, level, place_id, period_start, period_end",
    "indicator_breakdown": "indicator_id, grain, level, place_id, period_start, period_end, dimension, category",
    "waiting_curve": "level, place_id, period_start, period_end, day",
    "who_gets_through": "level, place_id, period_start, period_end, dimension, category",
    "step_wait": "level, place_id, period_start, period_end, step_no",
    "not_now_waiting": "counted_on",
    "waiting_now": "level, place_id, step, counted_on",
    "reliance_on_one_person": "level, place_id, period_start, period_end",
    "representation": "level, place_id, period_start, period_end, dimension, category",
    "annotation": "annotation_id",
}
# This one has no column for the month it stands for.
SOURCES = {
    "waiting_now": """(select waiting_now.*, snapshot.data_to as counted_on
        from published.waiting_now as waiting_now inner join published.snapshot as snapshot using (edition))"""
}
Said = dict[tuple[Any, ...], tuple[Any, ...]]


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with open_road(tmp_path_factory.mktemp("days")) as bench:
        yield bench


def on(road: Bench, staged: Staged, day: date) -> dict[str, Said]:
    """What is published of people on a day, of all that had been delivered by then: what has happened, and no more."""
    road.as_at = day
    carry(road, {name: [row for row in rows if _has_happened(row, day)] for name, rows in staged.items()})
    return {table: said(road, table) for table in TABLES}


def _has_happened(row: Row, day: date) -> bool:
    dates = (row.get(name) for name in ("event_on", "held_on", "enrolled_on", "joined_on", "on_date"))
    return all(not isinstance(value, date) or value <= day for value in dates)


def said(road: Bench, table: str) -> Said:
    keys = ["edition", *KEYS[table].split(", ")]
    about, shown = TABLES[table]
    frame = road.warehouse.frame(f"select * from {SOURCES.get(table, f'published.{table}')} where {about} and {shown}")
    others = [name for name in frame.columns if name not in keys]
    return {row[: len(keys)]: row[len(keys) :] for row in frame.select(*keys, *others).rows()}


def day_by_day(staged: dict[str, Rows], day: date) -> dict[str, Rows]:
    """The same trust with something happening on each of two days: none of it belongs to a period that has ended."""
    told = {"gender": "male", "route": "advert", "ethnic_category": "M", "age_band": "25-34"}
    events = staged["recruitment_event"]
    people = {str(row["candidate_id"]): row for row in events}
    news: Rows = []
    for number, (name, row) in enumerate(people.items()):
        when = day + timedelta(days=number % 2)
        stage = ("interest", "active", "left")[number % 3]
        news.append({"candidate_id": name, "team_id": row["team_id"], "opportunity_id": "P", "stage": stage,
                     "event_on": when} | told)  # fmt: skip
    fresh: Rows = [
        {"candidate_id": f"new {n}", "team_id": events[0]["team_id"], "opportunity_id": "O", "stage": "interest",
         "event_on": day + timedelta(days=n % 2)} | told
        for n in range(20)
    ]  # fmt: skip
    joined: Rows = [
        {"person_id": f"new {n}", "person_role": "service_user", "team_id": events[0]["team_id"],
         "joined_on": day + timedelta(days=n % 2)} | told
        for n in range(9)
    ]  # fmt: skip
    changed: Rows = [
        row | {"left_on": day + timedelta(days=n % 2)} if n % 3 else row for n, row in enumerate(staged["person"])
    ]
    return staged | {"recruitment_event": [*events, *news, *fresh], "person": [*changed, *joined]}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_overnight_no_shown_figure_of_people_changes_and_none_of_a_kept_period_goes_or_comes(
    road: Bench, day: date
) -> None:
    staged = day_by_day(dict(random_staging(5)), day - timedelta(days=1))
    nights = [on(road, staged, day + timedelta(days=n)) for n in (-1, 0, 1)]
    assert all(sum(len(said) for said in night.values()) > 50 for night in nights)
    for before, after in pairwise(nights):
        for table in TABLES:
            assert of_periods_in(before[table], after[table], table) == of_periods_in(
                after[table], before[table], table
            )


def of_periods_in(mine: Said, others: Said, table: str) -> Said:
    """The rows whose period the others have too: a quarter's end cuts four quarters anew."""
    names = KEYS[table].split(", ")
    period = [n for n, name in enumerate(names, 1) if name in ("indicator_id", "grain", "period_start", "counted_on")]
    theirs = {tuple(key[n] for n in period) for key in others}
    return {key: row for key, row in mine.items() if tuple(key[n] for n in period) in theirs}


def test_a_correction_changes_what_is_shown(road: Bench) -> None:
    staged = dict(random_staging(5))
    before = on(road, staged, NEW_YEAR)
    wrong = next(row for row in staged["recruitment_event"] if row["stage"] == "active")
    right = [row for row in staged["recruitment_event"] if row["candidate_id"] != wrong["candidate_id"]]
    after = on(road, staged | {"recruitment_event": right}, NEW_YEAR + timedelta(days=1))
    assert {table for table in TABLES if after[table] != before[table]} >= {"indicator_value", "indicator_breakdown"}
