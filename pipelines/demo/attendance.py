"""Who was invited to or present at each meeting, so that the room is what the meeting says it was."""

import numpy as np
import polars as pl

from pipelines.demo.draws import codes
from pipelines.demo.period import Period

ATTENDS = {"carer": 0.22, "peer_worker": 0.34, "staff": 0.42, "qi_coach": 0.30, "other": 0.12}
SENDS_APOLOGIES = 0.12
INVITED_BUT_AWAY = 0.10
SECOND_SERVICE_USER = 0.42
THIRD_SERVICE_USER = 0.16
USUAL = 0.35  # the lower, the more often the same people come
USUAL_STAFF = 4
ALWAYS_THERE = 2  # staff, so that a meeting that was held had people in it
GUESTS = 0.05
CANCELLED_WITH_APOLOGIES = 0.04
AS_EMAIL = 0.3

PERSON_COLUMNS = ("person", "email", "person_role", "place_in_role", "joined_on", "left_on")
SERVICE_USERS = ("service_user", "former_service_user")


def build_attendance(period: Period, meetings: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """One row a person and meeting: the columns of the feed, and held_on, in order of the meetings."""
    random = period.random("attendance")
    invited = _draw_answers(random, _pair(random, meetings, people))
    role_stands_in_register = pl.lit(None, dtype=pl.String).alias("person_role")
    known = invited.select("meeting_id", "held_on", "attendance", _as_written(random, invited), role_stands_in_register)
    guests = _visitors(random, meetings)
    return (
        pl.concat([known, guests])
        .sort("meeting_id", "person")
        .select("meeting_id", "person", "attendance", "person_role", "held_on")
    )


def _pair(random: np.random.Generator, meetings: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Every meeting with everyone on the team's list that day; in every role, `turn` 1 is the first to come."""
    pairs = (
        meetings.filter(pl.col("room") != "no_list")
        .select("meeting_id", "team_no", "held_on", "room")
        .join(people.select("team_no", *PERSON_COLUMNS), on="team_no", maintain_order="left_right")
        .filter((pl.col("joined_on") <= pl.col("held_on")) & (pl.col("left_on") > pl.col("held_on")).fill_null(True))
    )
    is_service_user = pl.col("person_role").is_in(SERVICE_USERS)
    is_usual = ((pl.col("person_role") == "service_user") & (pl.col("place_in_role") == 0)) | (
        (pl.col("person_role") == "staff") & (pl.col("place_in_role") < USUAL_STAFF)
    )
    return pairs.with_columns(
        is_service_user.alias("is_service_user"),
        pl.when(is_service_user).then(pl.lit("service_user")).otherwise("person_role").alias("side"),
        pl.Series("luck", random.random(pairs.height)) * pl.when(is_usual).then(USUAL).otherwise(1.0),
    ).with_columns(pl.col("luck").rank("ordinal").over("meeting_id", "side").alias("turn"))


def _draw_answers(random: np.random.Generator, pairs: pl.DataFrame) -> pl.DataFrame:
    """`pairs` with `attendance`; people who were not invited are left out."""
    chance = pl.Series(random.random(pairs.height))
    excuse = pl.Series(random.random(pairs.height))
    room, turn = pl.col("room"), pl.col("turn")
    service_user_comes = (room == "present") & (
        (turn == 1) | ((turn == 2) & (chance < SECOND_SERVICE_USER)) | ((turn == 3) & (chance < THIRD_SERVICE_USER))
    )
    other_comes = (chance < pl.col("person_role").replace_strict(ATTENDS, default=0.0)) | (
        (pl.col("person_role") == "staff") & (turn <= ALWAYS_THERE)
    )
    comes = pl.when("is_service_user").then(service_user_comes).otherwise(other_comes)
    excused = (
        pl.when(excuse < SENDS_APOLOGIES)
        .then(pl.lit("apologies"))
        .when(excuse < SENDS_APOLOGIES + INVITED_BUT_AWAY)
        .then(pl.lit("did_not_attend"))
    )
    blank = pl.when(comes | (excuse < INVITED_BUT_AWAY)).then(pl.lit("not_recorded"))
    cancelled = pl.when(excuse < CANCELLED_WITH_APOLOGIES).then(pl.lit("apologies"))
    answer = (
        pl.when(room == "cancelled")
        .then(cancelled)
        .when(room == "blank_list")
        .then(blank)
        .otherwise(pl.when(comes).then(pl.lit("attended")).otherwise(excused))
    )
    return pairs.with_columns(answer.alias("attendance")).filter(pl.col("attendance").is_not_null())


def _as_written(random: np.random.Generator, invited: pl.DataFrame) -> pl.Expr:
    """The register number, or the e-mail address where the writer had it at hand."""
    by_email = pl.Series(random.random(invited.height) < AS_EMAIL)
    return pl.when(by_email & pl.col("email").is_not_null()).then("email").otherwise("person").alias("person")


def _visitors(random: np.random.Generator, meetings: pl.DataFrame) -> pl.DataFrame:
    """People not on the register: guests whose role was written down, strangers without one."""
    is_guest = meetings["room"].is_in(["present", "absent"]) & pl.Series(random.random(meetings.height) < GUESTS)
    visited = meetings.filter(is_guest | (meetings["room"] == "stranger"))
    return visited.select(
        "meeting_id",
        "held_on",
        pl.lit("attended").alias("attendance"),
        pl.Series("person", codes("VISITOR-{:04d}", np.arange(visited.height) + 1), dtype=pl.String),
        pl.when(pl.col("room") != "stranger").then(pl.lit("other")).alias("person_role"),
    )
