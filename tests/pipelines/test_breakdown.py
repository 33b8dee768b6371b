"""Figures by ethnic group, age band, gender and route: what they count, and that successive days keep them."""

from datetime import date

from pipelines.feed import discover
from tests.pipelines.bench import Bench, Row, event


def candidates(count: int, start: int, **more: str | int) -> list[Row]:
    """Candidates of team T1 with a first outcome in May 2026."""
    rows = (event(f"P{n}", "active", "2026-05-02") for n in range(start, start + count))
    return [row | {"ethnic_category": "", "gender": ""} | more for row in rows]


def by_category(bench: Bench, dimension: str, edition: str = "internal") -> dict[str, tuple[str, int | None]]:
    """Status and denominator at the trust by category, in the period that holds May 2026."""
    rows = bench.warehouse.rows(
        """select category, status, denominator from published.indicator_breakdown
        where edition = ? and indicator_id = 'turned_away_by_us' and level = 'trust' and dimension = ?
        and date '2026-05-01' between period_start and period_end""",
        [edition, dimension],
    )
    return {category: (status, denominator) for category, status, denominator in rows}


def test_people_are_counted_once_in_their_group_and_nobody_is_left_out(bench: Bench) -> None:
    bench.as_at = date(2027, 1, 5)
    bench.deliver(
        "recruitment",
        *candidates(10, 0, ethnic_category="A", gender="Female"),
        *candidates(9, 20, ethnic_category="C", gender="female"),
        *candidates(12, 40, ethnic_category="Z"),
    )
    bench.build()
    assert by_category(bench, "ethnic_group") == {"White": ("shown", 19), "Not known": ("shown", 12)}
    assert by_category(bench, "gender") == {"female": ("shown", 19), "Not known": ("shown", 12)}
    assert by_category(bench, "ethnic_group", "board") == {"White": ("shown", 20), "Not known": ("shown", 10)}


def test_one_small_group_hides_the_next_smallest_with_it(bench: Bench) -> None:
    bench.as_at = date(2027, 1, 5)
    groups = [*candidates(3, 0, ethnic_category="M"), *candidates(20, 20, ethnic_category="H")]
    bench.deliver("recruitment", *groups, *candidates(30, 60, ethnic_category="A"))
    bench.build()
    hidden = ("hidden", None)
    assert by_category(bench, "ethnic_group") == {"Black": hidden, "Asian": hidden, "White": ("shown", 30)}


def test_breakdowns_are_of_people_and_at_one_grain(bench: Bench) -> None:
    bench.deliver("recruitment", *candidates(9, 0))
    bench.build()
    grains = bench.warehouse.rows("select distinct indicator_id, grain, dimension from published.indicator_breakdown")
    dimensions = {"age_band", "ethnic_group", "gender", "reason", "route"}
    assert set(grains) == {("turned_away_by_us", "four_quarters", dimension) for dimension in dimensions}


def ended(count: int, code: str, start: int) -> list[Row]:
    """Candidates of team T1 whose way ended in May 2026 for one reason."""
    return [event(f"E{start + n}", "declined", "2026-05-02", actor="team", reason_code=code) for n in range(count)]


def test_everybody_is_told_of_once_by_how_it_ended_and_by_whose_decision(bench: Bench) -> None:
    bench.as_at = date(2027, 1, 5)
    ends = {"D05": 5, "D06": 4, "D07": 8, "D01": 5, "D08": 4, "D10": 5, "D12": 6, "D11": 7, "D13": 9, "D09": 10}
    ends |= {"D14": 11, "D99": 12}
    rows = [row for n, (code, count) in enumerate(ends.items()) for row in ended(count, code, 100 * n)]
    bench.deliver("recruitment", *candidates(20, 0), *rows)
    bench.build()
    got = bench.warehouse.rows(
        """select reason.side, reason.category, cell.numerator, cell.denominator
        from published.reason as reason inner join published.indicator_breakdown as cell using (edition, category)
        where edition = 'internal' and cell.dimension = 'reason' and cell.level = 'trust'
            and date '2026-05-01' between cell.period_start and cell.period_end order by reason.category_no"""
    )
    assert got == [
        ("involved", "active", 0, 20),
        ("ours", "judged_by_us", 9, 9),
        ("ours", "nobody_asked", 8, 8),
        ("ours", "our_systems", 9, 9),
        ("the_persons_own", "could_change", 0, 11),
        ("the_persons_own", "not_now", 0, 7),
        ("the_persons_own", "chose_not_to", 0, 9),
        ("neither", "circumstances_changed", 0, 10),
        ("not_known", "no_reply", 0, 11),
        ("not_known", "not_recorded", 0, 12),
    ]


def test_every_reason_a_file_may_give_has_a_category(bench: Bench) -> None:
    [feed] = [feed for feed in discover() if feed.name == "recruitment"]
    [codes] = [column.choices for column in feed.columns if column.name == "reason_code"]
    bench.build()
    known = {code for (code,) in bench.warehouse.rows("select reason_code from marts.reason")}
    assert known == {*codes, "active"}


def test_one_hidden_reason_of_ours_is_not_our_others_less_than_all_that_we_turned_away(bench: Bench) -> None:
    bench.as_at = date(2027, 1, 5)
    ours = [*ended(3, "D07", 0), *ended(20, "D05", 100), *ended(30, "D01", 200)]
    bench.deliver("recruitment", *candidates(40, 0), *ours, *ended(9, "D13", 300), *ended(12, "D14", 400))
    bench.build()
    hidden = ("hidden", None)
    assert by_category(bench, "reason") == {
        "nobody_asked": hidden,
        "judged_by_us": hidden,
        "our_systems": ("shown", 30),
        "active": ("shown", 40),
        "chose_not_to": ("shown", 9),
        "no_reply": ("shown", 12),
    }


COMPLETE = """
    select edition, indicator_id, grain, level, place_id, period_start, dimension, category, status, numerator,
        denominator
    from published.disclosed_value
    where indicator_id in (select indicator_id from marts.indicator_catalogue where counts_people)
        and period_end < date '2027-01-01'
    order by all
"""


def test_only_a_correction_changes_a_cell_of_people_from_one_day_to_the_next(bench: Bench) -> None:
    bench.as_at = date(2027, 1, 5)
    bench.deliver("recruitment", *candidates(10, 0, gender="female"), *candidates(9, 20, gender="male"))
    bench.build()
    before = bench.warehouse.rows(COMPLETE)
    assert any(row[8] == "shown" for row in before)
    bench.as_at = date(2027, 1, 6)
    # New interest, and a candidate of old who answers anew: neither touches a period that has ended.
    new = [event(f"N{n}", "interest", "2027-01-06") | {"gender": "male"} for n in range(9)]
    bench.deliver("recruitment", *new, event("P1", "left", "2027-01-06") | {"gender": "male"}, name="next.csv")
    bench.build()
    later = bench.warehouse.rows(COMPLETE)
    assert [row for row in later if row[1] == "turned_away_by_us"] == before
    bench.deliver("recruitment", *candidates(1, 0, gender="male"), name="correction.csv")
    bench.build()
    assert bench.warehouse.rows(COMPLETE) != later
