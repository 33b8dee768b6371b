"""The involvement register: service users, carers, peer workers and staff."""

import numpy as np
import polars as pl

from pipelines.demo.areas import SERVICE_AREAS
from pipelines.demo.draws import codes, demographics, pick
from pipelines.demo.period import DAY, Period

STAFF = 9
LASTING_STAFF = 4
LASTING_SERVICE_USERS = 2
WITH_EMAIL = {"staff": 1.0, "qi_coach": 1.0, "peer_worker": 1.0}
WITH_EMAIL_OTHERS = 0.7
CONTACT = {"email": 0.45, "telephone": 0.25, "letter": 0.15, "text message": 0.15}


def build_people(period: Period, teams: pl.DataFrame) -> pl.DataFrame:
    """One row a person: the columns of the feed, one the contract does not know, and team_no, person_no, place_in_role.

    Some people of every team were there from the first day and never leave, so that no meeting is without anyone.
    """
    random = period.random("people")
    people = pl.concat([_of_team(team, period.years) for team in teams.iter_rows(named=True)])
    rows = people.height
    person = codes("AV{:05d}", np.arange(rows) * 7 + 301)
    joined_on, left_on = _spells(random, period, people)
    return people.with_columns(
        pl.Series("person_no", np.arange(rows)),
        pl.Series("person", person),
        pl.Series("email", _addresses(random, person, people["person_role"])),
        pl.Series("joined_on", joined_on),
        pl.Series("left_on", left_on),
        *[pl.Series(name, values) for name, values in demographics(random, rows).items()],
        pl.Series("Preferred contact", pick(random, rows, CONTACT)),
    )


def _of_team(team: dict[str, object], years: int) -> pl.DataFrame:
    area = SERVICE_AREAS[int(str(team["area_no"]))]
    team_no = int(str(team["team_no"]))
    people_by_role = {
        "service_user": area.service_users * max(years, 2) // 2,
        "former_service_user": 1,
        "carer": max(years, 2),
        "peer_worker": 1 + team_no % 2,
        "staff": STAFF,
        "qi_coach": 1,
        "other": int(team_no % 4 == 0),
    }
    roles = [role for role, people in people_by_role.items() for _ in range(people)]
    places = [place for people in people_by_role.values() for place in range(people)]
    return pl.DataFrame(
        {"person_role": roles, "place_in_role": places, "team_no": team_no, "area_no": team["area_no"]},
        schema_overrides={"team_no": pl.Int64, "area_no": pl.Int64},
    ).with_columns(team_id=pl.lit(team["team_id"]))


def _addresses(random: np.random.Generator, person: list[str], roles: pl.Series) -> list[str | None]:
    has_one = random.random(len(person)) < roles.replace_strict(WITH_EMAIL, default=WITH_EMAIL_OTHERS).to_numpy()
    hosts = np.where(roles.is_in(["staff", "qi_coach"]).to_numpy(), "ashdownvale.example", "post.example")
    return [
        f"{number.lower()}@{host}" if has else None for number, host, has in zip(person, hosts, has_one, strict=True)
    ]


def _spells(random: np.random.Generator, period: Period, people: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    rows = people.height
    lasting = _is_lasting(people)
    start, as_at = np.datetime64(period.start), np.datetime64(period.as_at)
    span = int((as_at - start) / DAY)
    before = start - random.integers(10, 700, rows) * DAY
    during = start + random.integers(-300, span - 20, rows) * DAY
    joined_on = np.where(lasting, before, during)
    stays = np.array([area.stays_days for area in SERVICE_AREAS])[people["area_no"].to_numpy()]
    is_staff = people["person_role"].is_in(["staff", "qi_coach", "peer_worker", "other"]).to_numpy()
    left_on = joined_on + (60 + random.exponential(np.where(is_staff, 1500, stays))).astype(np.int64) * DAY
    left_on[lasting | (left_on >= as_at)] = np.datetime64("NaT")
    return joined_on, left_on


def _is_lasting(people: pl.DataFrame) -> np.ndarray:
    role, place = pl.col("person_role"), pl.col("place_in_role")
    return (
        people.select(
            ((role == "service_user") & (place < LASTING_SERVICE_USERS))
            | ((role == "staff") & (place < LASTING_STAFF))
            | (role == "qi_coach")
        )
        .to_series()
        .to_numpy()
    )
