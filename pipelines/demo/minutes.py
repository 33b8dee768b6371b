"""What the minutes of the meetings say: agenda items, actions, the level of involvement."""

import numpy as np
import polars as pl

from pipelines.demo.draws import pick
from pipelines.demo.period import Period

ITEMS = (3, 9)
ACTIONS = (0, 7)
ITEMS_BY_SERVICE_USERS = {"present": 0.22, "other": 0.02}
ACTIONS_BY_SERVICE_USERS = {"present": 0.15, "other": 0.01}
NO_MINUTES = 0.12
NO_LEVEL = 0.30
SAID_BY = {"staff": 0.62, "facilitator": 0.38}
SERVICE_USER_SAYS = 0.45
# Staff place the same meeting higher on the ladder than the service users in the room do.
LEVEL = {
    "present": {"staff": 5.6, "facilitator": 5.2, "service_user": 4.3},
    "other": {"staff": 3.6, "facilitator": 3.2},
}


def with_minutes(period: Period, meetings: pl.DataFrame) -> pl.DataFrame:
    """`meetings` with items, actions, their parts by service users, involvement_level, level_declared_by."""
    random = period.random("minutes")
    rows = meetings.height
    present = (meetings["room"] == "present").to_numpy()
    is_held = (meetings["status"] == "held").to_numpy()
    items, actions = random.integers(*ITEMS, rows), random.integers(*ACTIONS, rows)
    level, said_by = _levels(random, present)
    minuted = pl.Series("minuted", is_held & (random.random(rows) >= NO_MINUTES))
    levelled = pl.Series("levelled", is_held & (random.random(rows) >= NO_LEVEL))
    return meetings.with_columns(
        _where(minuted, "agenda_items", items),
        _where(minuted, "agenda_items_by_service_users", _part(random, items, present, ITEMS_BY_SERVICE_USERS)),
        _where(minuted, "actions_agreed", actions),
        _where(minuted, "actions_by_service_users", _part(random, actions, present, ACTIONS_BY_SERVICE_USERS)),
        _where(levelled, "involvement_level", level),
        _where(levelled, "level_declared_by", said_by),
    )


def _where(known: pl.Series, name: str, values: np.ndarray) -> pl.Series:
    return pl.select(pl.when(known).then(pl.Series(values))).to_series().alias(name)


def _part(random: np.random.Generator, whole: np.ndarray, present: np.ndarray, share: dict[str, float]) -> np.ndarray:
    return random.binomial(whole, np.where(present, share["present"], share["other"]))


def _levels(random: np.random.Generator, present: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    rows = len(present)
    by_service_user = present & (random.random(rows) < SERVICE_USER_SAYS)
    said_by = np.where(by_service_user, "service_user", pick(random, rows, SAID_BY))
    middle = np.zeros(rows)
    for room, levels in LEVEL.items():
        for speaker, level in levels.items():
            middle[(present == (room == "present")) & (said_by == speaker)] = level
    return np.clip(np.rint(random.normal(middle, 0.9)), 1, 7).astype(np.int64), said_by
