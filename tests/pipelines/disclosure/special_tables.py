"""What the tables beside the cells tell of people, held against the rows of people they come from."""

import numpy as np
from numpy.typing import NDArray

from tests.pipelines.bench import Bench

MOST = 300
LIMITS = "(select edition, hide_up_to as most, round_to from published.policy) as policy"
# Each gives the edition and the few people a reader learns of, one row for each leak.
TOLD = {
    "not_now_waiting": f"""
        select edition, people from published.not_now_waiting inner join {LIMITS} using (edition)
        where people between 1 and most + round_to // 2
    """,
    "waiting_now": f"""
        select edition, people from published.waiting_now inner join {LIMITS} using (edition)
        where people between 1 and most
    """,
    "step_wait": f"""
        with passed as (
            select team_place.level, team_place.place_id, step.step_no, period.period_start, count(*) as people
            from marts.step as step
            inner join marts.team_place as team_place on step.team_id = team_place.team_id
            inner join marts.period as period on step.passed_on between period.period_start and period.period_end
            where period.grain = 'four_quarters' and period.window_days = 0
            group by all
        )
        select edition, people from published.step_wait
        inner join passed using (level, place_id, step_no, period_start) inner join {LIMITS} using (edition)
        where status = 'shown' and people <= most
    """,
    "who_gets_through": f"""
        with part as (
            select
                level, place_id, dimension, category,
                unnest([came, people - came, others_came, other_people - others_came]) as people
            from marts.selection
        )
        select edition, people from published.who_gets_through
        inner join part using (level, place_id, dimension, category) inner join {LIMITS} using (edition)
        where verdict <> 'too_few' and people between 1 and most
    """,
    "annotation": f"""
        select edition, people
        from published.annotation inner join {LIMITS} using (edition)
        cross join lateral (
            select count(*) as people from staging.person inner join staging.team using (team_id)
            where person_role = 'service_user' and service_area_id = annotation.place_id
        ) as register
        where kind = 'said' and people <= most
    """,
    "reliance_on_one_person": f"""
        with visits as (
            select level, place_id, period.period_start, cast(sum(numerator) as integer) as visits
            from published.indicator_value as value
            inner join marts.period as period
                on value.period_start between period.period_start and period.period_end
                and period.grain = 'four_quarters' and period.window_days = 0
            where indicator_id = 'share_of_seats' and value.grain = 'quarter' and edition = 'internal'
            group by all
        ),
        possible as (
            select edition, level, place_id, period_start, most, visits, unnest(range(1, visits + 1)) as by_one, share
            from published.reliance_on_one_person
            inner join visits using (level, place_id, period_start) inner join {LIMITS} using (edition)
            where status = 'shown'
        )
        select edition, max(1 + visits - by_one) as people from possible
        where (200 * by_one + 5 * visits) // (10 * visits) * 5 = share
        group by edition, level, place_id, period_start, most having max(1 + visits - by_one) <= any_value(most)
    """,
}


def leaks(bench: Bench, table: str) -> list[tuple[str, int]]:
    """Edition and number of the few people of whom the table tells: nothing, where the rule holds."""
    return bench.warehouse.rows(TOLD[table])


def verdicts_that_tell(bench: Bench) -> list[tuple[str, int]]:
    """Dimension and number where the shares of the caseload and the verdicts leave one number of a group: 1 to 7.

    A reader knows neither how many people came nor how many of a group: every number up to MOST is tried.
    """
    rows = bench.warehouse.frame("select * from marts.representation where all_served > 0 order by all")
    found = []
    for (_, dimension), groups in rows.partition_by("period_start", "dimension", as_dict=True).items():
        shares = (groups["people_served"] / groups["all_served"]).to_list()
        fits = [_fits(share, verdict) for share, verdict in zip(shares, groups["verdict"], strict=True)]
        possible = _of_each_group(np.array(fits))
        found += [(str(dimension), low) for low, high in possible if low == high and 1 <= low <= 7]
    return found


def _fits(share: float, verdict: str) -> NDArray[np.bool_]:
    """For everybody (rows) and people of the group (columns), whether this share would have this verdict."""
    z, n, x = 1.959963984540054, np.arange(MOST + 1)[:, None], np.arange(MOST + 1)[None, :]
    p = x / np.maximum(n, 1)
    middle = p + z * z / (2 * np.maximum(n, 1))
    spread = z * np.sqrt(np.maximum(p * (1 - p), 0) / np.maximum(n, 1) + z * z / (4 * np.maximum(n, 1) ** 2))
    edge = share * (1 + z * z / np.maximum(n, 1))
    told = np.select([middle + spread < edge, middle - spread > edge], ["fewer", "more"], "alike")
    fits: NDArray[np.bool_] = (np.where(n * share < 5, "too_few", told) == verdict) & (x <= n)
    return fits


def _of_each_group(fits: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The least and the most of each group, groups adding up to everybody."""
    could_be = fits.any(axis=2).all(axis=0)
    low, high = fits.argmax(axis=2), MOST - fits[:, :, ::-1].argmax(axis=2)
    everybody = np.arange(MOST + 1)
    could_be &= (low.sum(axis=0) <= everybody) & (high.sum(axis=0) >= everybody)
    low = np.maximum(low, everybody - (high.sum(axis=0) - high))
    high = np.minimum(high, everybody - (low.sum(axis=0) - low))
    return [(int(low[group, could_be].min()), int(high[group, could_be].max())) for group in range(len(fits))]
