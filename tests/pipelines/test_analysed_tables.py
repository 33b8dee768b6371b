"""What a run computes from published values: comparisons, funnels, waits, and nothing else does."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from pipelines.made_tables import analysed
from pipelines.statistics.rules import RULE_SETS
from pipelines.warehouse import Warehouse
from tests.pipelines.bench import TEAMS, Bench, Row, event
from tests.pipelines.meetings_by_month import deliver_meetings, deliver_people

PRESENCE = "meetings_with_service_user"
MORE_TEAMS: list[Row] = [
    {
        "team_id": f"T{n}",
        "team_name": f"Team {n}",
        "service_area_id": f"A{n}",
        "service_area": f"Area {n}",
        "care_setting": "community",
    }
    for n in range(3, 6)
]
FIRST_INTEREST = date(2025, 8, 1)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Five teams of five areas over 14 months, and 120 candidates of the latest four quarters."""
    folder = tmp_path_factory.mktemp("analysed")
    with Warehouse(folder / "warehouse.duckdb", memory_limit="1GB", threads=1) as warehouse:
        bench = Bench(folder / "landing", warehouse)
        bench.deliver("teams", *TEAMS, *MORE_TEAMS)
        deliver_people(bench)
        for place in range(1, 6):
            deliver_meetings(bench, [(place, 6 - place, 0)] * 14, team=f"T{place}")
        bench.deliver("recruitment", *(row for place in (1, 2) for row in candidates(f"T{place}")))
        bench.build()
        yield bench


def candidates(team: str) -> Iterator[Row]:
    """Sixty: ten active after 20 days, ten after 50, ten after 80; ten declined after 30, twenty still wait."""
    for number in range(60):
        name, days = f"{team}/{number}", {0: 20, 1: 50, 2: 80}.get(number // 10)
        gender = "female" if number % 2 else "male"
        yield event(name, "interest", FIRST_INTEREST.isoformat(), team_id=team) | {"gender": gender}
        if days:
            yield event(name, "active", (FIRST_INTEREST + timedelta(days=days)).isoformat(), team_id=team)
        elif number < 40:
            day = (FIRST_INTEREST + timedelta(days=30)).isoformat()
            yield event(name, "declined", day, team_id=team, actor="person", reason_code="D13")


def ask(bench: Bench, columns: str, table: str, where: str = "true", *values: Any) -> list[tuple[Any, ...]]:
    return bench.warehouse.rows(f"select {columns} from published.{table} where {where} order by all", values)


def test_every_table_of_the_run_is_made_for_both_editions_with_its_rule_set(built: Bench) -> None:
    ids = set(RULE_SETS) | {"newcombe_10", "funnel_dl_10", "kaplan_meier_greenwood", "katz_log_ratio", "g_benneyan"}
    for table in set(analysed()) - {"briefing", "rebase_proposal"}:
        # What is of teams is for those who see teams.
        editions = {"internal"} if table == "gap_chart" else {"internal", "board"}
        assert {edition for edition, _ in ask(built, "edition, rule_set", table)} == editions, table
        assert {rule_set for (rule_set,) in ask(built, "distinct rule_set", table)} <= ids, table


def test_settings_and_every_two_areas_are_compared(built: Bench) -> None:
    got = ask(built, "place_a, place_b", "comparison", "edition = 'internal' and indicator_id = ?", PRESENCE)
    areas = [(f"A{a}", f"A{b}") for a in range(1, 6) for b in range(a + 1, 6)]
    assert got == [*areas, ("inpatient", "community")]


def test_settings_are_compared_by_month_and_areas_by_quarter(built: Bench) -> None:
    columns = "distinct level, period_start, period_end"
    got = ask(built, columns, "comparison", "edition = 'internal' and indicator_id = ?", PRESENCE)
    assert got == [
        ("care_setting", date(2026, 6, 1), date(2026, 6, 30)),
        ("service_area", date(2026, 4, 1), date(2026, 6, 30)),
    ]


def test_a_comparison_is_newcombes_of_the_published_counts(built: Bench) -> None:
    where = "place_a = 'A1' and place_b = 'A5' and edition = 'internal' and indicator_id = ?"
    got = ask(built, "difference, lower, upper", "comparison", where, PRESENCE)
    assert got[0] == pytest.approx((100 * (3 - 15) / 18, -81.99, -34.78), abs=0.02)


def test_teams_have_a_funnel_inside_and_areas_also_on_the_board_less_those_hidden_there(built: Bench) -> None:
    got = ask(built, "edition, level, count(*)", "funnel_point", f"indicator_id = '{PRESENCE}' group by all")
    assert got == [("board", "service_area", 3), ("internal", "service_area", 5), ("internal", "team", 5)]


def test_a_funnel_holds_the_counts_that_are_published(built: Bench) -> None:
    differing = built.warehouse.rows(
        """select point.place_id from published.funnel_point as point
        left join published.indicator_value as cell using
            (edition, indicator_id, level, place_id, period_start, period_end, numerator, denominator, value)
        where cell.status is distinct from 'shown'"""
    )
    assert differing == []


def test_a_far_place_is_beyond_its_limits(built: Bench) -> None:
    got = ask(
        built,
        "place_id, beyond",
        "funnel_point",
        f"edition = 'internal' and level = 'service_area' and indicator_id = '{PRESENCE}'",
    )
    assert dict(got) == {"A1": "low_998", "A2": "none", "A3": "none", "A4": "none", "A5": "high_998"}


def test_the_wait_is_told_at_trust_and_setting_in_the_latest_four_quarters(built: Bench) -> None:
    got = ask(built, "distinct edition, place_id, period_start, period_end, people", "waiting_curve")
    year = (date(2025, 1, 1), date(2025, 12, 31))  # those who could be followed for 180 days
    both = [("community", *year, 60), ("inpatient", *year, 60), ("trust", *year, 120)]
    assert got == [(edition, *row) for edition in ("board", "internal") for row in both]


def test_those_who_went_away_have_not_taken_part(built: Bench) -> None:
    got = ask(built, "day, waiting", "waiting_curve", "edition = 'internal' and place_id = 'trust' and day <= 84")
    # ten of 60 each
    assert got == [(0, 100), (28, 83), (56, 67), (84, 50)]


def test_everybody_of_a_curve_is_followed_as_long_as_the_indicator_of_the_same_people_follows_them(
    built: Bench,
) -> None:
    followed = (
        "select distinct followed_days, max(days) over (), count(*) over () from marts.wait where level = 'trust'"
    )
    assert built.warehouse.rows(followed) == [(180, 180, 120)]
    last = ask(built, "max(day)", "waiting_curve")
    assert last == [(180,)]


def test_every_point_of_a_chart_stands_beside_its_figure(built: Bench) -> None:
    drawn = ask(built, "edition, indicator_id, level, place_id, point_on, value", "signal_point")
    filled = ask(
        built, "edition, indicator_id, level, place_id, period_start, value", "chart_series", "point_no is not null"
    )
    assert drawn
    assert filled == drawn


def test_a_run_chart_s_figures_are_the_quarters(built: Bench) -> None:
    got = ask(built, "distinct level, grain", "chart_series", "indicator_id = ?", PRESENCE)
    assert got == [("care_setting", "month"), ("service_area", "quarter"), ("team", "month"), ("trust", "month")]


def test_the_latest_value_is_of_the_last_complete_period_and_carries_its_verdict(built: Bench) -> None:
    last = "(select max(period_end) from published.indicator_value where grain = 'month' and status = 'shown')"
    got = ask(
        built,
        f"period_end = {last}, variation is not null, chart_drawn",
        "latest_value",
        "indicator_id = ? and level = 'trust'",
        PRESENCE,
    )
    assert got == [(True, True, "p_prime")] * 2
