"""People on a caseload by category: what is loaded and what is held back."""

import pytest

from tests.pipelines.bench import Bench, Row

GOOD: Row = {
    "service_area_id": "A1",
    "as_at": "2026-01-01",
    "dimension": "ethnic_group",
    "category": "White",
    "people": 400,
}


@pytest.mark.parametrize(
    ("cells", "fate"),
    [
        ({}, "loaded"),
        ({"people": 0, "dimension": " Gender "}, "loaded"),
        ({"people": "60.0"}, "loaded"),
        ({"category": ""}, "quarantined: missing_key"),
        ({"people": ""}, "quarantined: missing_value"),
        ({"people": "many"}, "quarantined: bad_number"),
        ({"people": -1}, "quarantined: out_of_range"),
        ({"dimension": "religion"}, "quarantined: not_in_list"),
        ({"as_at": "1999-12-31"}, "quarantined: before_2000"),
        ({"as_at": "31/06/2026"}, "quarantined: bad_date"),
        ({"service_area_id": "A9"}, "quarantined: unknown_reference"),
    ],
)
def test_a_row_of_the_caseload_comes_to_its_end(bench: Bench, cells: Row, fate: str) -> None:
    bench.deliver("caseload", GOOD | cells, *(GOOD | {"category": f"Group {n}"} for n in range(9)))
    bench.run()
    assert bench.fates("caseload") == [fate] + ["loaded"] * 9


def test_a_later_file_supersedes_a_count_of_the_same_day(bench: Bench) -> None:
    bench.deliver("caseload", GOOD, name="a.csv")
    bench.deliver("caseload", GOOD | {"people": 410}, GOOD | {"as_at": "2026-07-01"}, name="b.csv")
    bench.build()
    assert bench.fates("caseload") == ["superseded", "loaded", "loaded"]
    assert bench.warehouse.rows("select people from staging.caseload order by as_at") == [(410,), (400,)]
