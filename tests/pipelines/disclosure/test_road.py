"""Everything published of small trusts built over the real road is attacked, table by table; no rule can be spared."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from pipelines import analysis
from pipelines.statistics import selection, waiting
from tests.pipelines.bench import Bench
from tests.pipelines.disclosure import published
from tests.pipelines.disclosure.published import attack, everything
from tests.pipelines.disclosure.road import (
    Rows,
    Staged,
    carry,
    interested,
    open_road,
    random_staging,
    republish,
    teams,
)
from tests.pipelines.disclosure.special_tables import TOLD, leaks, verdicts_that_tell


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with open_road(tmp_path_factory.mktemp("road")) as bench:
        yield bench


def found_in(road: Bench, number: int) -> list[object]:
    """All that is found out of one random trust, by every way of attack."""
    carry(road, random_staging(number))
    told = [(table, leak) for table in TOLD for leak in leaks(road, table)]
    return [*attack(road).items(), *told, *verdicts_that_tell(road)]


def test_nobody_is_found_in_ten_trusts_over_the_real_road(road: Bench) -> None:
    assert {number: found for number in range(10) if (found := found_in(road, number))} == {}


@pytest.mark.attack
@pytest.mark.parametrize("first", range(0, 1000, 50))
def test_nobody_is_found_in_a_thousand_trusts_over_the_real_road(road: Bench, first: int) -> None:
    assert {number: found for number in range(first, first + 50) if (found := found_in(road, number))} == {}


def test_one_person_in_each_of_all_hidden_teams_is_what_the_rules_leave_open(
    road: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("Ia1", "Ia2", "Ib1", "Ca1", "Ca2")
    alone = [row for name in names for row in interested(name, (None, 1))]
    carry(road, {"team": teams(*names), "recruitment_event": alone})
    assert attack(road) == {}
    monkeypatch.setattr(published, "is_one_in_each_place", lambda *_: False)
    assert attack(road) != {}


# --- waiting curves

# Wards hold few who have not taken part, so that both settings are hidden.
FEW_OTHERS = [*interested("Ia1", (10, 15), (40, 15), (None, 3)), *interested("Ca1", (10, 20), (40, 20), (None, 20))]
CURVES: dict[str, Rows] = {
    "since_the_step_before": interested("Ia1", (10, 20), (40, 2), (70, 20), (None, 40)),
    "from_here_to_the_end": interested("Ia1", (10, 20), (40, 20), (70, 20), (100, 3), (None, 40)),
    "is_told": FEW_OTHERS,
    "more_open": interested("Ia1", (10, 5), (40, 3), (70, 2), (100, 8), (None, 32)),
}


def spare(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets curves be told without one rule."""
    counts = waiting.STEP_COUNTS
    kept = tuple(count for count in counts if getattr(count, "__name__", "") != rule)
    monkeypatch.setattr(waiting, "STEP_COUNTS", kept)
    tell = waiting.tell_waits

    def tell_without(waits: pl.DataFrame, limits: waiting.Disclosure, more_open: object = None) -> pl.DataFrame:
        told = waits.with_columns(is_told=True) if rule == "is_told" else waits
        return tell(told, limits, None if rule == "more_open" else more_open)  # type: ignore[arg-type]

    monkeypatch.setattr(analysis, "tell_waits", tell_without)


@pytest.mark.parametrize("rule", CURVES)
def test_each_rule_of_a_curve_keeps_a_secret(road: Bench, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    staged: Staged = {"team": teams("Ia1", "Ca1"), "recruitment_event": CURVES[rule]}
    carry(road, staged)
    assert attack(road) == {}
    spare(rule, monkeypatch)
    carry(road, staged)
    assert attack(road) != {}


# --- tables of their own


def asked_to_wait(count: int) -> Rows:
    """Candidates whose last word was 'not now'."""
    ended = {"stage": "declined", "actor": "person", "reason_code": "D11", "event_on": date(2026, 1, 20)}
    return [row | ended for row in interested("Ia1", (None, count))]


def on_the_register(count: int) -> Rows:
    return [{"person_id": f"P{n}", "person_role": "service_user", "team_id": "Ia1"} for n in range(count)]


def meetings(count: int) -> Rows:
    day = date(2026, 1, 5)
    met = {"team_id": "Ia1", "status": "held", "held_on": day, "held_at": day}
    return [met | {"meeting_id": f"M{n}"} for n in range(count)]


SAID = {"annotation_id": "N1", "level": "service_area", "place_id": "Ia", "kind": "said", "on_date": date(2026, 6, 1)}
SPECIAL: dict[str, Staged] = {
    "not_now_waiting": {"recruitment_event": asked_to_wait(3)},
    "waiting_now": {"recruitment_event": interested("Ia1", (None, 3))},
    "step_wait": {"recruitment_event": interested("Ia1", (10, 2), (None, 9))},
    "who_gets_through": {
        "recruitment_event": [
            *interested("Ia1", (10, 2), (None, 58), gender="female"),
            *interested("Ia1", (10, 30), (None, 30), gender="male"),
        ]
    },
    "annotation": {"person": on_the_register(3), "annotation": [SAID]},
    "reliance_on_one_person": {
        "person": on_the_register(1),
        "meeting": meetings(12),
        "attendance": [{"meeting_id": f"M{n}", "person_id": "P0", "attendance": "attended"} for n in range(12)],
    },
}
# What in a view's text protects, and what stands there without it.
RULES = {
    "not_now_waiting": ("counted.people_count not between 1 and policy.hide_up_to", "true"),
    "waiting_now": ("has_few and is_few_or_nobody", "false"),
    "step_wait": ("passed.people_count >= greatest(policy.hide_up_to + 1, 8)", "true"),
    "annotation": ("and service_users_count > hide_up_to", ""),
    "reliance_on_one_person": (
        "and visit_share.people_count >= 5\n                and visit_share.people_count > policy.hide_up_to",
        "",
    ),
}


def without_rule(road: Bench, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a special table be published without what protects it."""
    if table in RULES:
        text, instead = RULES[table]
        views = {view.name: view for view in road.views if view.layer == "published"}
        assert text in views[table].body
        spared = replace(views[table], body=views[table].body.replace(text, instead))
        monkeypatch.setattr(road, "views", tuple(spared if view == views[table] else view for view in road.views))
    else:
        monkeypatch.setattr(analysis, "judge_groups", lambda counts, _: selection.judge_groups(counts, 0))


@pytest.mark.parametrize("table", TOLD)
def test_each_rule_of_a_special_table_keeps_a_secret(road: Bench, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    staged = {"team": teams("Ia1")} | dict(SPECIAL[table])
    carry(road, staged)
    assert leaks(road, table) == []
    without_rule(road, table, monkeypatch)
    carry(road, staged)
    assert leaks(road, table) != []


# --- what is made of cells


def change_what_is_hidden(road: Bench, edition: str) -> None:
    """Lets every cell that the edition hides hold other numbers, and publishes once more."""
    road.warehouse.execute(
        """update marts.cell set numerator = numerator + 3, denominator = denominator + 7
        from marts.hidden_cell as secret
        where secret.edition = ? and cell.indicator_id = secret.indicator_id and cell.grain = secret.grain
            and cell.level = secret.level and cell.place_id = secret.place_id and cell.dimension = secret.dimension
            and cell.period_start = secret.period_start and cell.category = secret.category""",
        [edition],
    )
    republish(road)


@pytest.mark.parametrize(
    ("edition", "may_differ"),
    # Where the icons of both editions differ, the board's is silent: what the board hides the other edition may show.
    [("internal", set()), ("board", {"signal", "rebase_proposal"})],
)
def test_charts_funnels_comparisons_and_sentences_are_the_same_whatever_is_hidden(
    road: Bench, edition: str, may_differ: set[str]
) -> None:
    carry(road, random_staging(5))
    before = {(of, table): rows for of, table, rows in everything(road)}
    assert all(before["internal", table] for table in ("comparison", "funnel_point", "signal_point", "waiting_curve"))
    change_what_is_hidden(road, edition)
    # What the internal edition hides the board hides too.
    read = ("internal", "board") if edition == "internal" else ("board",)
    changed = {table for of, table, rows in everything(road) if of in read and rows != before[of, table]}
    assert changed <= may_differ


def test_a_view_that_tells_what_is_hidden_would_be_noticed(road: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "when hidden_cell.edition is not null then 'hidden'"
    views = [
        replace(view, body=view.body.replace(text, "when false then 'hidden'")) if text in view.body else view
        for view in road.views
    ]
    monkeypatch.setattr(road, "views", tuple(views))
    carry(road, random_staging(5))
    before = {(of, table): rows for of, table, rows in everything(road)}
    change_what_is_hidden(road, "internal")
    changed = {table for of, table, rows in everything(road) if rows != before[of, table]}
    assert {"indicator_value", "indicator_breakdown", "comparison", "signal_point"} <= changed
