"""Meetings: what kind, where, at what hour, and whether a service user will be in the room."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.demo.diary import draw_diary
from pipelines.demo.draws import codes, pick
from pipelines.demo.period import Days, Period
from pipelines.demo.places import area_values, team_values

CANCELLED = 0.06
IN_THE_EVENING = 0.85
EVENING_HOUR = 18.0
HYBRID = 0.10
DURATIONS = {"60": 0.55, "90": 0.25, "45": 0.12, "120": 0.08}
VENUES = {
    "inpatient": {"ward": 0.62, "office": 0.18, "online": 0.12, "community": 0.04, "service_user_chosen": 0.04},
    "community": {"community": 0.42, "office": 0.26, "online": 0.18, "service_user_chosen": 0.14},
}
HOME_VENUES = {"service_user_chosen": 0.55, "home": 0.45}

# How much likelier a service user comes than to an ordinary meeting of the area.
KIND_LIFT = {
    "microsystem": 0.95,
    "home_microsystem": 1.6,
    "qi_project": 0.95,
    "co_design_workshop": 1.5,
    "governance": 0.5,
}
CHOSEN_VENUE_LIFT = 1.35
# In the community, people who were met where they chose come to the other meetings too.
GOES_OUT_LIFT = 1.25
NEARLY_ALWAYS = 0.95

# What stands of a meeting nobody can call 'present' or 'absent': no list at all, a list without a tick, or a
# stranger whose role nobody knows.
NOT_RECORDED = {"no_list": 0.5, "blank_list": 0.3, "stranger": 0.2}


def build_meetings(period: Period, teams: pl.DataFrame, projects: pl.DataFrame) -> pl.DataFrame:
    """One row a meeting in order of time: the columns of the feed (typed), and team_no, held_on, room.

    `room` is what the attendance must show: present, absent, no_list, blank_list, stranger or cancelled.
    """
    random = period.random("meetings")
    diary = draw_diary(period, teams, projects)
    rows, team_no, held_on = diary.height, diary["team_no"].to_numpy(), diary["held_on"].to_numpy()
    is_evening = _is_evening(period, teams, team_no, held_on)
    placed = diary.with_columns(*_places(random, teams, diary))
    chance = _chance_of_presence(teams, placed, is_evening)
    return placed.with_columns(
        pl.Series("meeting_id", codes("M{:05d}", np.arange(rows) + 1)),
        pl.Series("team_id", team_values(teams, team_no, "team_id")),
        pl.Series("held_at", held_on.astype("datetime64[ms]") + _time_of_day(random, teams, team_no, is_evening)),
        pl.Series("duration_minutes", pick(random, rows, DURATIONS).astype(np.int64)),
        pl.Series("room", _rooms(period.random("presence"), chance, area_values(teams, team_no, "not_recorded"))),
    ).with_columns(
        pl.when(pl.col("room") == "cancelled").then(pl.lit("cancelled")).otherwise(pl.lit("held")).alias("status")
    )


def _places(random: np.random.Generator, teams: pl.DataFrame, diary: pl.DataFrame) -> list[pl.Series]:
    rows, team_no = diary.height, diary["team_no"].to_numpy()
    ordinary = np.where(
        team_values(teams, team_no, "care_setting") == "inpatient",
        pick(random, rows, VENUES["inpatient"]),
        pick(random, rows, VENUES["community"]),
    )
    is_home = (diary["meeting_type"] == "home_microsystem").to_numpy()
    stays_in = diary["held_on"].to_numpy() < team_values(teams, team_no, "goes_out_from")
    ordinary = np.where(stays_in & (ordinary == "service_user_chosen"), "office", ordinary)
    venue = np.where(is_home, pick(random, rows, HOME_VENUES), ordinary)
    is_hybrid = (random.random(rows) < HYBRID) & ~is_home
    mode = np.where(venue == "online", "online", np.where(is_hybrid, "hybrid", "in_person"))
    names = team_values(teams, team_no, "team_name")
    titles = [None if how == "in_person" else f"{name} improvement" for name, how in zip(names, mode, strict=True)]
    return [pl.Series("venue_type", venue), pl.Series("mode", mode), pl.Series("online_title", titles, dtype=pl.String)]


def _is_evening(period: Period, teams: pl.DataFrame, team_no: NDArray[np.int64], held_on: Days) -> NDArray[np.bool_]:
    """Whether the meeting falls in the time its area meets in the evening."""
    moved: NDArray[np.bool_] = ~np.isnan(area_values(teams, team_no, "presence_in_evenings"))
    return moved & (held_on >= np.datetime64(period.evenings_from))


def _time_of_day(
    random: np.random.Generator, teams: pl.DataFrame, team_no: NDArray[np.int64], is_evening: NDArray[np.bool_]
) -> NDArray[np.timedelta64]:
    is_late = is_evening & (random.random(len(team_no)) < IN_THE_EVENING)
    hour = np.where(is_late, EVENING_HOUR, team_values(teams, team_no, "hour"))
    return (hour * 3_600_000).astype("timedelta64[ms]")


def _chance_of_presence(
    teams: pl.DataFrame, meetings: pl.DataFrame, is_evening: NDArray[np.bool_]
) -> NDArray[np.float64]:
    team_no = meetings["team_no"].to_numpy()
    ordinary = np.where(
        is_evening, area_values(teams, team_no, "presence_in_evenings"), area_values(teams, team_no, "presence")
    )
    kind = meetings["meeting_type"].replace_strict(KIND_LIFT, return_dtype=pl.Float64).to_numpy()
    venue = np.where((meetings["venue_type"] == "service_user_chosen").to_numpy(), CHOSEN_VENUE_LIFT, 1.0)
    has_gone_out = meetings["held_on"].to_numpy() >= team_values(teams, team_no, "goes_out_from")
    is_community = team_values(teams, team_no, "care_setting") == "community"
    # Divided, so that presence in all is about what it would be without it.
    lift = np.where(is_community, np.where(has_gone_out, GOES_OUT_LIFT, 1.0) / GOES_OUT_LIFT**0.75, 1.0)
    chance: NDArray[np.float64] = ordinary * team_values(teams, team_no, "keenness") * kind * venue * lift
    return chance.clip(max=NEARLY_ALWAYS)


def _rooms(
    random: np.random.Generator, chance: NDArray[np.float64], not_recorded: NDArray[np.float64]
) -> NDArray[np.str_]:
    rows = len(chance)
    known = np.where(random.random(rows) < chance, "present", "absent")
    recorded = np.where(random.random(rows) < not_recorded, pick(random, rows, NOT_RECORDED), known)
    return np.where(random.random(rows) < CANCELLED, "cancelled", recorded)
