"""Course-completion exports of the learning platform: one course a file, no day of enrolment."""

import numpy as np
import polars as pl

from pipelines.demo.deliveries import Delivery
from pipelines.demo.faults import Fault, with_faults
from pipelines.demo.files import csv_bytes
from pipelines.demo.period import DAY, Days, Period

COURSES = ("COPRO-ONLINE", "CHAIRING")
LEARNERS = 36
COMPLETED = 0.7
QUIZ = "Quiz 1"
NOBODY = Fault("missing_key", 0.5, {"Email address": None})


def deliver_moodle(period: Period, people: pl.DataFrame) -> list[Delivery]:
    """A file a course, in UTF-8 with a byte order mark; the first holds the faults."""
    return [_deliver(period, people, code, [NOBODY] if code == COURSES[0] else []) for code in COURSES]


def _deliver(period: Period, people: pl.DataFrame, code: str, faults: list[Fault]) -> Delivery:
    random = period.random(f"moodle {code}")
    learners = people.filter(pl.col("email").is_not_null() & pl.col("left_on").is_null())
    learners = learners[np.sort(random.choice(learners.height, min(LEARNERS, learners.height), replace=False))]
    rows = learners.height
    completed_on = np.datetime64(period.as_at) - random.integers(20, 300, rows) * DAY
    is_completed = pl.Series(random.random(rows) < COMPLETED)
    export = pl.DataFrame(
        {
            "ID": [str(number) for number in range(1, rows + 1)],
            "Name": [f"Learner {number}" for number in range(1, rows + 1)],
            "Email address": learners["email"],
            QUIZ: ["Completed"] * rows,
            f"{QUIZ} - Completion date": _moments(completed_on - 2 * DAY),
            "Course complete": _moments(completed_on),
        }
    ).with_columns(pl.when(is_completed).then("Course complete"))
    spoilt = with_faults(export, faults)
    content = csv_bytes(spoilt.drop("fault"), encoding="utf-8-sig")
    return Delivery("moodle", f"completion-{code}.csv", content, spoilt["fault"].to_list(), period.as_at)


def _moments(days: Days) -> list[str]:
    return [f"{day.day}/{day:%m/%y}, 10:15" for day in days.astype("datetime64[D]").astype(object)]
