"""Nobody finds a hidden count by solving for it; without any one of the rules, somebody does."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from pipelines import disclosure, families
from tests.pipelines.disclosure.attacker import Ways, find_out, read_published, truth_of
from tests.pipelines.disclosure.trusts import Counts, above, cells_of, publish, random_trust

Found = list[tuple[tuple[str, ...], str, int]]


def attack(cells: pl.DataFrame, *, hidden_is_somebody: bool = False) -> dict[str, Found]:
    """What a reader of both editions and a reader of the board's alone find out, by trust."""
    found = {}
    rows = publish(cells)
    for (trust,), mine in cells.partition_by("indicator_id", as_dict=True).items():
        truth = truth_of(mine)
        has_more = any(value for key, value in truth.items() if key[1] == "no team")
        all_published = rows.filter(pl.col("indicator_id") == trust)
        for reader, limit, editions in (("both", 4, ["internal", "board"]), ("board", 7, ["board"])):
            seen = all_published.filter(pl.col("edition").is_in(editions))
            ways = Ways(has_people_without_team=has_more, hidden_is_somebody=hidden_is_somebody)
            known = read_published(seen, ways)
            if told := find_out(known, truth, limit):
                found[f"{trust} {reader}"] = told
    return found


def small_trust(counts: Counts) -> pl.DataFrame:
    """A trust of the teams named in `counts`."""
    teams = {team for team, _ in counts if team}
    return cells_of("one", counts, sorted({"trust", *teams, *(place for team in teams for place in above(team))}))


def without(rules: tuple[object, ...], name: str) -> tuple[object, ...]:
    """The rules less one."""
    kept = tuple(rule for rule in rules if getattr(rule, "__name__", "") != name)
    assert len(kept) == len(rules) - 1
    return kept


def test_nobody_is_found_in_sixty_small_trusts() -> None:
    assert attack(pl.concat([random_trust(number) for number in range(60)])) == {}


@pytest.mark.attack
@pytest.mark.parametrize("first", range(0, 1000, 100))
def test_nobody_is_found_in_a_thousand_small_trusts(first: int) -> None:
    assert attack(pl.concat([random_trust(number) for number in range(first, first + 100)])) == {}


PLANTED = {
    # The service area less the other team.
    "only_one_hidden": {("Ia1", ""): (2, 30), ("Ia2", ""): (20, 40)},
    # Two people in two teams, each of which has somebody.
    "too_few_hidden": {("Ia1", ""): (0, 1), ("Ia2", ""): (1, 1), ("Ia3", ""): (20, 60)},
    # Community is hidden beside the wards, and is the sum of its teams.
    "none_hidden": {("Ia1", ""): (2, 30), ("Ca1", ""): (10, 40), ("Ca2", ""): (11, 41)},
}


@pytest.mark.parametrize("rule", PLANTED)
def test_each_rule_among_siblings_keeps_a_secret(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = small_trust(PLANTED[rule])
    assert attack(cells) == {}
    monkeypatch.setattr(disclosure, "AMONG_SIBLINGS", without(disclosure.AMONG_SIBLINGS, rule))
    assert attack(cells) != {}


def test_people_without_a_team_are_one_more_child(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = small_trust({("Ia1", ""): (10, 30), ("Ca1", ""): (18, 40), ("", ""): (2, 3)})
    assert attack(cells) == {}
    for name in ("beyond", "holds_beyond"):
        monkeypatch.setattr(families.Families, name, property(lambda self: np.zeros(len(self.parent), dtype=int)))
    assert (("no team", ""), "numerator", 2) in attack(cells)["one both"]


def test_what_internal_hides_the_board_hides_too(monkeypatch: pytest.MonkeyPatch) -> None:
    # Ib is hidden beside Ia in the one edition and needs not be beside Ia and Ic in the other, where 0 is exact.
    cells = small_trust({("Ia1", ""): (3, 30), ("Ib1", ""): (0, 40), ("Ic1", ""): (6, 50), ("Ca1", ""): (60, 120)})
    assert attack(cells) == {}

    decide = disclosure.decide

    def apart(cells: pl.DataFrame, places: pl.DataFrame, policy: pl.DataFrame) -> pl.DataFrame:
        return pl.concat([decide(cells, places, edition) for edition in policy.partition_by("edition")])

    monkeypatch.setattr(disclosure, "decide", apart)
    assert (("Ia", ""), "numerator", 3) in attack(cells)["one both"]


def test_an_empty_category_beside_a_hidden_one_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = random_trust(13).filter(pl.col("dimension") != "reason")
    assert attack(cells) == {}
    monkeypatch.setattr(disclosure, "empty_beside_hidden", lambda tiers, hidden: np.zeros_like(hidden))
    assert attack(cells, hidden_is_somebody=True) != {}


@pytest.mark.parametrize("number", [314, 373])
def test_categories_cross_with_places_and_are_broken_up(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = random_trust(number)
    assert attack(cells) == {}
    monkeypatch.setattr(disclosure, "next_in_breakdowns", lambda *_: np.array([], dtype=np.int64))
    assert attack(cells) != {}


def test_a_second_grain_would_tell() -> None:
    quarters = [(5, 20), (6, 20), (7, 22), (2, 30)]
    teams = ("Ia1", "Ca1")
    whole = small_trust(dict.fromkeys(((team, "") for team in teams), (20, 92)))
    assert attack(whole) == {}
    places = whole["place_id"].unique().sort().to_list()
    parts = [
        cells_of("one", dict.fromkeys(((team, "") for team in teams), counts), places, period=date(2025, month, 1))
        for month, counts in zip((1, 4, 7, 10), quarters, strict=True)
    ]
    both = pl.concat([whole, *(part.with_columns(grain=pl.lit("quarter")) for part in parts)])
    assert (("Ia1", ""), "numerator", 2) in attack(both)["one both"]


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("counts_few", {"numerator": 3}),
        ("counts_few", {"numerator": 58}),  # the others are 2
        ("is_of_few_people", {"people_count": 4}),
        ("has_not_ended", {"is_complete": False}),
    ],
)
def test_each_rule_of_a_cells_own_hides_it(rule: str, change: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    cells = small_trust({("Ia1", ""): (20, 60)}).with_columns(
        pl.lit(value).alias(name) for name, value in change.items()
    )
    assert set(publish(cells)["status"]) == {"hidden"}
    monkeypatch.setattr(disclosure, "OWN", without(disclosure.OWN, rule))
    assert "hidden" not in publish(cells).filter(pl.col("edition") == "internal")["status"]
