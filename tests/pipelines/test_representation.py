"""Like the people we serve: each verdict on a few people, worked out by hand."""

import pytest

from tests.pipelines.bench import Bench, Row, attended, meeting


def serve(bench: Bench, white: int, black: int, *, came_white: int, came_black: int, unknown: int = 0) -> None:
    """A caseload, and people of known group who came to one meeting in May."""
    groups = ["A"] * came_white + ["M"] * came_black + ["Z"] * unknown
    people: list[Row] = [
        {"person": f"P{number}", "person_role": "service_user", "ethnic_category": code}
        for number, code in enumerate(groups)
    ]
    row: Row = {"as_at": "2026-01-01", "dimension": "ethnic_group"}
    bench.deliver("people", *people)
    bench.deliver("meetings", meeting("M1"))
    bench.deliver("attendance", *(attended("M1", f"P{number}") for number in range(len(groups))))
    bench.deliver(
        "caseload",
        row | {"service_area_id": "A1", "category": "White", "people": white - 10},
        row | {"service_area_id": "A2", "category": "White", "people": 10},
        row | {"service_area_id": "A1", "category": "Black", "people": black},
        row | {"service_area_id": "A1", "category": "not stated", "people": 50},
    )
    assert bench.build() == []


@pytest.mark.parametrize(
    ("came", "verdicts"),
    [
        ((30, 0), {"white": "more", "black": "fewer"}),  # 0 of 30 is at most 11 %, 20 % are served
        ((24, 6), {"white": "alike", "black": "alike"}),
        ((24, 0), {"white": "more", "black": "too_few"}),  # 4.8 would be expected
    ],
)
def test_a_group_is_clearly_fewer_only_where_chance_cannot_say_it(
    bench: Bench, came: tuple[int, int], verdicts: dict[str, str]
) -> None:
    serve(bench, 80, 20, came_white=came[0], came_black=came[1], unknown=9)
    rows = bench.warehouse.rows("select category, verdict from published.representation where edition = 'board'")
    assert dict(rows) == verdicts


def test_the_indicator_counts_groups_with_fewer_and_publishes_no_count_of_people(bench: Bench) -> None:
    serve(bench, 80, 20, came_white=30, came_black=0)
    rows = bench.warehouse.rows(
        """select numerator, denominator from published.indicator_value
        where indicator_id = 'like_the_people_we_serve' and grain = 'four_quarters' and edition = 'internal'
        and status = 'shown'"""
    )
    assert rows == [(1, 2)]
    columns = bench.warehouse.frame("select * from published.representation").columns
    assert not [name for name in columns if "people" in name]


def test_the_last_caseload_before_the_period_ends_is_the_one_that_counts(bench: Bench) -> None:
    later: Row = {"service_area_id": "A1", "as_at": "2026-07-01", "dimension": "ethnic_group", "category": "Asian"}
    bench.deliver("caseload", later | {"people": 10}, name="later.csv")
    serve(bench, 80, 20, came_white=10, came_black=0)
    rows = bench.warehouse.rows("select distinct category from published.representation order by category")
    assert rows == [("black",), ("white",)]
