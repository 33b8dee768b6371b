"""Quality improvement training: who enrolled, and who completed within 90 days, later, or not."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.demo.draws import pick
from pipelines.demo.period import DAY, Period

COURSES = {
    "QI-INTRO": "Introduction to quality improvement",
    "COPRO-FOUND": "Co-production foundations",
    "QI-TEAM": "Improvement in your team",
    "MEET-WELL": "Meetings that work for everyone",
}
COURSE_SHARES = {"QI-INTRO": 0.45, "COPRO-FOUND": 0.25, "QI-TEAM": 0.20, "MEET-WELL": 0.10}
ENROLMENTS_A_YEAR = {"service_user": 1.9, "former_service_user": 1.2, "carer": 0.6, "peer_worker": 1.2}
ENROLMENTS_A_YEAR_OTHERS = 0.45
FATES = {"in_time": 0.56, "late": 0.14, "withdrew": 0.10, "did_not_attend": 0.08, "in_progress": 0.12}
IN_TIME_DAYS = (5, 91)
LATE_DAYS = (91, 210)
AS_EMAIL = 0.25
LATE_LOG_DAYS = 44  # the log was last sent so long ago, so that one feed is late


def build_training(period: Period, people: pl.DataFrame) -> pl.DataFrame:
    """One row an enrolment: the columns of the feed, dates as dates, in order of enrolment."""
    random = period.random("training")
    last_day = np.datetime64(period.as_at) - LATE_LOG_DAYS * DAY
    enrolled = _enrolments(random, period, people, last_day)
    rows = enrolled.height
    enrolled_on = enrolled["enrolled_on"].to_numpy()
    code = pick(random, rows, COURSE_SHARES)
    session_on = enrolled_on + random.integers(0, 29, rows) * DAY
    completed_on, outcome = _outcomes(random, enrolled_on, last_day)
    by_email = pl.Series(random.random(rows) < AS_EMAIL) & enrolled["email"].is_not_null()
    training = enrolled.select(
        pl.when(by_email).then("email").otherwise("person").alias("person"),
        pl.Series("course_code", code),
        pl.Series("course_title", code).replace_strict(COURSES),
        pl.Series("session_id", code) + pl.Series("session_on", session_on).dt.strftime("-%y%m"),
        pl.Series("session_on", session_on),
        "enrolled_on",
        pl.Series("completed_on", completed_on),
        pl.Series("outcome", outcome),
        pl.col("person").alias("register_number"),
    )
    one_each = training.unique(["register_number", "course_code", "enrolled_on"], keep="first", maintain_order=True)
    return one_each.drop("register_number").sort("enrolled_on", "person", "course_code")


def _enrolments(
    random: np.random.Generator, period: Period, people: pl.DataFrame, last_day: np.datetime64
) -> pl.DataFrame:
    """A person, as often as they enrolled while they were on the register."""
    start = np.datetime64(period.start)
    from_on = np.maximum(people["joined_on"].to_numpy(), start)
    to_on = np.minimum(people["left_on"].fill_null(last_day).to_numpy(), last_day)
    days = np.maximum((to_on - from_on) / DAY, 0)
    a_year = people["person_role"].replace_strict(ENROLMENTS_A_YEAR, default=ENROLMENTS_A_YEAR_OTHERS).to_numpy()
    times = random.poisson(a_year * days / 365)
    person = np.repeat(np.arange(people.height), times)
    enrolled_on = from_on[person] + (random.random(len(person)) * days[person]).astype(np.int64) * DAY
    return people.select("person", "email")[person].with_columns(pl.Series("enrolled_on", enrolled_on))


def _outcomes(
    random: np.random.Generator, enrolled_on: NDArray[np.datetime64], last_day: np.datetime64
) -> tuple[NDArray[np.datetime64], NDArray[np.str_]]:
    rows = len(enrolled_on)
    fate = pick(random, rows, FATES)
    days = np.where(fate == "in_time", random.integers(*IN_TIME_DAYS, rows), random.integers(*LATE_DAYS, rows))
    completed_on = enrolled_on + days * DAY
    is_completed = np.isin(fate, ["in_time", "late"]) & (completed_on <= last_day)
    is_open = np.isin(fate, ["in_time", "late", "in_progress"]) & ~is_completed
    completed_on[~is_completed] = np.datetime64("NaT")
    return completed_on, np.where(is_completed, "completed", np.where(is_open, "in_progress", fate))
