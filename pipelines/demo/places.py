"""The teams of the trust."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.demo.areas import SERVICE_AREAS, ServiceArea
from pipelines.demo.draws import codes
from pipelines.demo.period import DAY, Period

HOURS = (9.5, 10.0, 11.0, 13.5, 14.0, 15.0)
SPREAD = 0.12
FEWEST_TEAMS = 4
MOST_TEAMS = 99


def build_teams(period: Period, teams: int, service_areas: int) -> pl.DataFrame:
    """One row a team: the columns of the feed, and how the team meets.

    Extra columns: team_no, area_no (rows of SERVICE_AREAS), keenness (a factor around 1), meets_on (0 Monday .. 4),
    hour, is_quiet, goes_out_from (the day it begins to meet where service users choose).
    Raises ValueError for a trust that cannot be built.
    """
    areas = _choose_areas(teams, service_areas)
    counts = share_out(areas, teams)
    placed = [(area_no, number) for area_no, count in enumerate(counts) for number in range(count)]
    area_of_team = [areas[area_no] for area_no, _ in placed]
    random = period.random("teams")
    return pl.DataFrame(
        {
            "team_no": np.arange(teams),
            "area_no": [area_no for area_no, _ in placed],
            "team_id": codes("T{:02d}", np.arange(1, teams + 1)),
            "team_name": [f"{areas[area_no].team_stem} {number + 1}" for area_no, number in placed],
            "service_area_id": [area.area_id for area in area_of_team],
            "service_area": [area.name for area in area_of_team],
            "care_setting": [area.care_setting for area in area_of_team],
            "opened_on": ["2019-04-01"] * teams,
            "closed_on": pl.Series([None] * teams, dtype=pl.String),
            "keenness": np.concatenate([_keenness(count) for count in counts]),
            "meets_on": random.integers(0, 5, teams),
            "hour": random.choice(HOURS, teams),
            "is_quiet": np.arange(teams) == teams - 1,
            "goes_out_from": _goes_out_from(period, teams),
        }
    )


def team_values(teams: pl.DataFrame, team_no: NDArray[np.int64], column: str) -> NDArray[Any]:
    """The cell of a column of `teams` for each `team_no`."""
    found: NDArray[Any] = teams[column].to_numpy()[team_no]
    return found


def area_values(teams: pl.DataFrame, team_no: NDArray[np.int64], name: str) -> NDArray[np.float64]:
    """The parameter `name` of the service area of each `team_no`; NaN where the area has none."""
    values = np.array([getattr(area, name) for area in SERVICE_AREAS], dtype=np.float64)
    found: NDArray[np.float64] = values[team_values(teams, team_no, "area_no")]
    return found


def share_out(areas: Sequence[ServiceArea], teams: int) -> list[int]:
    """How many of `teams` each area has: in proportion, at least one."""
    counts = [1] * len(areas)
    for _ in range(teams - len(areas)):
        short_of = [area.teams / count for area, count in zip(areas, counts, strict=True)]
        counts[short_of.index(max(short_of))] += 1
    return counts


def _keenness(teams: int) -> NDArray[np.float64]:
    return np.linspace(1 - SPREAD, 1 + SPREAD, teams) if teams > 1 else np.ones(1)


def _goes_out_from(period: Period, teams: int) -> NDArray[np.datetime64]:
    """Every other team from the first day; the rest one after the other, so that there is a before and an after."""
    days = int((np.datetime64(period.as_at) - np.datetime64(period.start)) / DAY)
    place = np.arange(teams)
    later = np.where(place % 2 == 1, days // 4 + place * (days // 2) // teams, 0)
    return np.datetime64(period.start) + later * DAY


def _choose_areas(teams: int, service_areas: int) -> Sequence[ServiceArea]:
    if not 2 <= service_areas <= len(SERVICE_AREAS):
        raise ValueError(f"A trust has 2 to {len(SERVICE_AREAS)} service areas, not {service_areas}.")
    fewest = max(service_areas, FEWEST_TEAMS)
    if not fewest <= teams <= MOST_TEAMS:
        raise ValueError(f"A trust of {service_areas} service areas has {fewest} to {MOST_TEAMS} teams, not {teams}.")
    return SERVICE_AREAS[:service_areas]
