"""Candidates for involvement: how far each one gets, and by whose decision the way ends."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.demo.draws import codes, demographics, pick
from pipelines.demo.period import DAY, Period
from pipelines.demo.places import area_values, team_values

# The days every step takes at the ordinary pace, from and to.
STEPS = {
    "interest": (0, 1),
    "eligibility": (4, 18),
    "conversation": (8, 36),
    "checks": (14, 50),
    "induction": (8, 30),
    "registered": (2, 14),
    "matched": (5, 36),
    "active": (4, 30),
}
STAGES = ("approached", *STEPS, "left", "declined", "withdrew")

ROUTES = {
    "inpatient": {"clinician": 0.60, "peer": 0.15, "advert": 0.10, "open_event": 0.08, "self": 0.07},
    "community": {"clinician": 0.28, "peer": 0.20, "advert": 0.20, "open_event": 0.16, "self": 0.16},
}
# The last step somebody takes, by how the way ends: the trust turns people away early, some wait for months.
LAST_STEP = {
    "declined": {"0": 0.3, "1": 0.3, "2": 0.3, "3": 0.1},
    "withdrew": {"0": 0.2, "1": 0.2, "2": 0.25, "3": 0.25, "4": 0.1},
    "waits": {"0": 0.15, "1": 0.25, "2": 0.3, "3": 0.3},
}
# 'Clinical complexity' (D06) takes the share the service area says; these share the rest.
OTHER_TRUST_REASONS = {"D05": 0.40, "D01": 0.16, "D02": 0.08, "D03": 0.05, "D04": 0.10, "D07": 0.11, "D08": 0.10}
OWN_REASONS = {"D10": 0.26, "D11": 0.20, "D12": 0.14, "D13": 0.12, "D14": 0.16, "D09": 0.08, "D99": 0.04}

APPROACHED = 0.25
APPROACHED_BEFORE_DAYS = (2, 20)
DECIDED_AFTER_DAYS = (5, 40)
LEFT = 0.18
LEFT_AFTER_DAYS = (50, 320)


def draw_candidates(period: Period, teams: pl.DataFrame) -> pl.DataFrame:
    """One row a candidate: who, where, reason_code, and a date column for every stage, empty where it never came."""
    random = period.random("candidates")
    team_no, month_no = _hear_from(random, period, teams)
    rows = len(team_no)
    inpatient = team_values(teams, team_no, "care_setting") == "inpatient"
    ends = _draw_ends(random, teams, team_no)
    return pl.DataFrame(
        {
            "candidate_no": np.arange(rows),
            "candidate": codes("C{:05d}", np.arange(rows) * 3 + 1001),
            "team_id": team_values(teams, team_no, "team_id"),
            "opportunity_id": [
                f"OPP-{team + 1:02d}-{month // 6 + 1}" for team, month in zip(team_no, month_no, strict=True)
            ],
            "route": np.where(
                inpatient, pick(random, rows, ROUTES["inpatient"]), pick(random, rows, ROUTES["community"])
            ),
            **demographics(random, rows),
            "reason_code": _draw_reasons(random, ends, area_values(teams, team_no, "clinical")),
            **_stage_dates(random, period.months[month_no], ends, area_values(teams, team_no, "pace")),
        }
    )


def _hear_from(
    random: np.random.Generator, period: Period, teams: pl.DataFrame
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Team and month of every candidate."""
    months = len(period.months)
    a_month = area_values(teams, teams["team_no"].to_numpy(), "interests_a_month")
    heard = random.poisson(np.repeat(a_month, months))
    slot = np.repeat(np.arange(len(heard)), heard)
    return slot // months, slot % months


def _draw_ends(random: np.random.Generator, teams: pl.DataFrame, team_no: NDArray[np.int64]) -> NDArray[np.str_]:
    shares = [area_values(teams, team_no, name) for name in ("becomes_active", "turned_away", "stops_themselves")]
    chance = random.random(len(team_no))
    below = [chance < bound for bound in np.cumsum(shares, axis=0)]
    return np.select(below, ["active", "declined", "withdrew"], "waits")


def _draw_reasons(
    random: np.random.Generator, ends: NDArray[np.str_], clinical: NDArray[np.float64]
) -> list[str | None]:
    rows = len(ends)
    trust_side = np.where(random.random(rows) < clinical, "D06", pick(random, rows, OTHER_TRUST_REASONS))
    reasons = np.where(ends == "declined", trust_side, pick(random, rows, OWN_REASONS))
    return [reason if end in ("declined", "withdrew") else None for end, reason in zip(ends, reasons, strict=True)]


def _stage_dates(
    random: np.random.Generator, month: NDArray[np.datetime64], ends: NDArray[np.str_], pace: NDArray[np.float64]
) -> dict[str, NDArray[np.datetime64]]:
    rows = len(ends)
    interest_on = month + random.integers(0, 28, rows) * DAY
    bounds = np.array(list(STEPS.values()))
    days = np.rint(random.integers(bounds[:, 0], bounds[:, 1], (rows, len(STEPS))) * pace[:, None]).astype(np.int64)
    reached = interest_on[:, None] + np.cumsum(days, axis=1) * DAY
    last = _last_steps(random, ends)
    last_on = reached[np.arange(rows), last]
    decided_on = last_on + random.integers(*DECIDED_AFTER_DAYS, rows) * DAY
    gone_on = last_on + random.integers(*LEFT_AFTER_DAYS, rows) * DAY
    asked_on = interest_on - random.integers(*APPROACHED_BEFORE_DAYS, rows) * DAY
    return {
        "approached": _only(asked_on, random.random(rows) < APPROACHED),
        **{step: _only(reached[:, number], last >= number) for number, step in enumerate(STEPS)},
        "left": _only(gone_on, (ends == "active") & (random.random(rows) < LEFT)),
        "declined": _only(decided_on, ends == "declined"),
        "withdrew": _only(decided_on, ends == "withdrew"),
    }


def _last_steps(random: np.random.Generator, ends: NDArray[np.str_]) -> NDArray[np.int64]:
    last = np.full(len(ends), len(STEPS) - 1)
    for end, shares in LAST_STEP.items():
        last = np.where(ends == end, pick(random, len(ends), shares).astype(np.int64), last)
    return last


def _only(days: NDArray[np.datetime64], where: NDArray[np.bool_]) -> NDArray[np.datetime64]:
    return np.where(where, days, np.datetime64("NaT"))
