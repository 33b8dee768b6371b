"""Quality improvement projects: two a team and year, some declared to have service users as full members."""

import numpy as np
import polars as pl

from pipelines.demo.draws import codes, pick
from pipelines.demo.period import DAY, Period
from pipelines.demo.places import team_values

A_YEAR = 2
RUNS_DAYS = (150, 420)
DECLARED = {
    "inpatient": {"big_i": 0.34, "little_i": 0.36, "none": 0.18, "not_stated": 0.12},
    "community": {"big_i": 0.46, "little_i": 0.32, "none": 0.10, "not_stated": 0.12},
}
TOPICS = (
    "Shorter waits for a first appointment",
    "A calmer start to the day",
    "Care plans people wrote themselves",
    "Fewer missed appointments",
    "Leaving hospital well prepared",
    "Clearer letters",
    "Family and carers heard early",
    "Safer medicines at home",
    "Physical health checks that happen",
    "A better welcome",
)


def build_projects(period: Period, teams: pl.DataFrame) -> pl.DataFrame:
    """One row a project: the columns of the feed (opened_on, closed_on as dates), and team_no."""
    random = period.random("projects")
    team_no = np.repeat(teams["team_no"].to_numpy(), A_YEAR * period.years)
    rows = len(team_no)
    start, as_at = np.datetime64(period.start), np.datetime64(period.as_at)
    opened_on = start + random.integers(-120, int((as_at - start) / DAY) - 60, rows) * DAY
    closed_on = opened_on + random.integers(*RUNS_DAYS, rows) * DAY
    closed_on[closed_on >= as_at] = np.datetime64("NaT")
    inpatient = team_values(teams, team_no, "care_setting") == "inpatient"
    return pl.DataFrame(
        {
            "project_id": codes("QI-{:03d}", np.arange(rows) + 100),
            "team_id": team_values(teams, team_no, "team_id"),
            "title": np.array(TOPICS)[random.integers(0, len(TOPICS), rows)],
            "declared_involvement": np.where(
                inpatient,
                pick(random, rows, DECLARED["inpatient"]),
                pick(random, rows, DECLARED["community"]),
            ),
            "opened_on": opened_on,
            "closed_on": closed_on,
            "team_no": team_no,
        }
    )
