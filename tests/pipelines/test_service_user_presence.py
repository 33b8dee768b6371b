"""How many service users were in the room is counted only as far as it matters: the same as counting them all."""

from random import Random

from pipelines.disclosure import PEOPLE_WHOSE_DIARY_IT_IS
from tests.pipelines.bench import TEAMS, Bench, Row, attended, meeting

USERS: list[Row] = [{"person": f"U{number}", "person_role": "service_user"} for number in range(6)]
COUNTED_TO = PEOPLE_WHOSE_DIARY_IT_IS + 1
ALL_OF_THEM = f"""
select calendar.grain, team_place.level, team_place.place_id, calendar.period_start,
    least(count(distinct visit.person_id), {COUNTED_TO}) as service_users_count
from marts.visit as visit
inner join marts.team_place as team_place on visit.team_id = team_place.team_id
inner join marts.calendar as calendar on visit.held_on = calendar.day and calendar.window_days = 0
group by all
order by all"""


def test_counting_to_three_says_the_same_as_counting_everybody(bench: Bench) -> None:
    chance = Random(20261124)
    held = [(f"M{number}", chance.choice(TEAMS)["team_id"], chance.randint(1, 12)) for number in range(60)]
    bench.deliver("people", *USERS)
    bench.deliver(
        "meetings", *(meeting(name, team_id=team, held_at=f"2025-{month:02}-28 23:30") for name, team, month in held)
    )
    bench.deliver(
        "attendance",
        *(
            attended(name, str(user["person"]))
            for name, _, month in held
            for user in chance.sample(USERS[: 1 + month % 5], k=1)
        ),
    )
    assert bench.build() == []
    counted = bench.warehouse.rows("select * from marts.service_user_presence order by all")
    assert counted == bench.warehouse.rows(ALL_OF_THEM)
    assert {row[-1] for row in counted} == set(range(1, COUNTED_TO + 1))
