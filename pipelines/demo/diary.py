"""When teams and projects meet: weekly or fortnightly, less in August and at Christmas."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.demo.draws import pick
from pipelines.demo.period import DAY, Days, Period, is_christmas, month_of_year, weekday
from pipelines.demo.places import area_values, team_values

KEPT_IN_AUGUST = 0.55
KEPT_AT_CHRISTMAS = 0.15
KEPT_OF_PROJECTS = 0.80
KINDS = {"microsystem": 0.86, "co_design_workshop": 0.08, "governance": 0.06}


def draw_diary(period: Period, teams: pl.DataFrame, projects: pl.DataFrame) -> pl.DataFrame:
    """One row a meeting planned, in order of time: team_no, held_on, project_id, meeting_type."""
    random = period.random("diary")
    planned = pl.concat([_of_teams(random, period, teams), _of_projects(random, period, teams, projects)])
    held_on, team_no = planned["held_on"].to_numpy(), planned["team_no"].to_numpy()
    is_quiet = team_values(teams, team_no, "is_quiet") & (held_on >= np.datetime64(period.quiet_from))
    in_period = (held_on >= np.datetime64(period.start)) & (held_on <= np.datetime64(period.as_at))
    met = planned.filter(pl.Series(in_period & ~is_quiet & _is_kept(random, held_on)))
    return met.sort("held_on", "team_no", maintain_order=True)


def _of_teams(random: np.random.Generator, period: Period, teams: pl.DataFrame) -> pl.DataFrame:
    first_monday = np.datetime64(period.start) - period.start.weekday() * DAY
    weeks = np.arange(int((np.datetime64(period.as_at) - first_monday) / DAY) // 7 + 1)
    team_no, week = (grid.ravel() for grid in np.meshgrid(teams["team_no"].to_numpy(), weeks, indexing="ij"))
    every_weeks = area_values(teams, team_no, "every_days") // 7
    held_on = first_monday + (7 * week + team_values(teams, team_no, "meets_on")) * DAY
    is_home = random.random(len(team_no)) < area_values(teams, team_no, "home_meetings")
    is_home &= held_on >= team_values(teams, team_no, "goes_out_from")
    meetings = pl.DataFrame(
        {
            "team_no": team_no,
            "held_on": held_on,
            "project_id": pl.Series([None] * len(team_no), dtype=pl.String),
            "meeting_type": np.where(is_home, "home_microsystem", pick(random, len(team_no), KINDS)),
        }
    )
    return meetings.filter(pl.Series((week + team_no) % every_weeks == 0))


def _of_projects(
    random: np.random.Generator, period: Period, teams: pl.DataFrame, projects: pl.DataFrame
) -> pl.DataFrame:
    """Once a month while the project is open, two days after the team's own day."""
    months = pl.DataFrame({"month": period.months, "week": random.integers(0, 4, len(period.months))})
    plan = projects.select("team_no", "project_id", "opened_on", "closed_on").join(months, how="cross")
    meets_on = (team_values(teams, plan["team_no"].to_numpy(), "meets_on") + 2) % 5
    month = plan["month"].to_numpy()
    held_on = month + ((meets_on - weekday(month)) % 7 + 7 * plan["week"].to_numpy()) * DAY
    is_open = (held_on >= plan["opened_on"].to_numpy()) & ~(held_on > plan["closed_on"].to_numpy())
    is_kept = random.random(plan.height) < KEPT_OF_PROJECTS
    columns = ("team_no", "held_on", "project_id", "meeting_type")
    meetings = plan.with_columns(pl.Series("held_on", held_on), pl.lit("qi_project").alias("meeting_type"))
    return meetings.filter(pl.Series(is_open & is_kept)).select(columns)


def _is_kept(random: np.random.Generator, held_on: Days) -> NDArray[np.bool_]:
    share = np.where(month_of_year(held_on) == 8, KEPT_IN_AUGUST, 1.0)
    share[is_christmas(held_on)] = KEPT_AT_CHRISTMAS
    is_kept: NDArray[np.bool_] = random.random(len(held_on)) < share
    return is_kept
