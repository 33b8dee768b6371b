"""Who gets through, how long each step takes, who waits to be asked again: on a few people each, counted by hand."""

from datetime import date, timedelta

import pytest

from tests.pipelines.bench import Bench, Row, event

DAY = date(2025, 5, 5)  # its 180 days have passed on 10 July 2026


def candidates(count: int, start: int = 0, *, days: int | None = None, on: date = DAY, **more: str) -> list[Row]:
    """People interested on a day, who took part so many days later, or not at all."""
    rows: list[Row] = []
    for number in range(start, start + count):
        rows.append(event(f"C{number:03}", "interest", on.isoformat(), **more))
        if days is not None:
            rows.append(event(f"C{number:03}", "active", (on + timedelta(days=days)).isoformat(), **more))
    return rows


def verdicts(bench: Bench, edition: str, place: str = "trust", dimension: str = "gender") -> dict[str, str]:
    """What is said of each group."""
    rows = bench.warehouse.rows(
        "select category, verdict from published.who_gets_through where edition = ? and place_id = ? and dimension = ?",
        [edition, place, dimension],
    )
    return dict(rows)


def steps(bench: Bench, edition: str = "board", place: str = "trust") -> dict[str, int | None]:
    """Days of each step."""
    rows = bench.warehouse.rows(
        "select step, days from published.step_wait where edition = ? and place_id = ?", [edition, place]
    )
    return dict(rows)


def waiting(bench: Bench) -> dict[str, int | None]:
    """How many wait to be asked again, by edition."""
    return dict(bench.warehouse.rows("select edition, people from published.not_now_waiting"))


@pytest.mark.parametrize(
    ("came", "internal", "board"),
    [
        (20, "alike", "alike"),
        (8, "fewer", "fewer"),
        (7, "fewer", "too_few"),  # the board hides 1 to 7
        (4, "too_few", "too_few"),
        (0, "fewer", "fewer"),  # nobody is not a few
    ],
)
def test_of_each_group_a_verdict_is_told_where_the_edition_would_not_hide_its_counts(
    bench: Bench, came: int, internal: str, board: str
) -> None:
    bench.deliver(
        "recruitment",
        *candidates(came, days=180, gender="female"),
        *candidates(40 - came, 100, gender="female"),
        *candidates(20, 200, days=100, gender="male"),
        *candidates(20, 300, days=181, gender="male"),  # too late to count
        *candidates(9, 400, days=10),  # nothing is known of them: in neither group
    )
    assert bench.build() == []
    assert verdicts(bench, "internal")["female"] == internal
    assert verdicts(bench, "board")["female"] == board


def test_people_count_for_their_place_and_a_place_without_a_group_has_not_enough_people(bench: Bench) -> None:
    ward = [*candidates(30, 0, gender="female"), *candidates(30, 100, days=9, gender="male")]
    bench.deliver("recruitment", *ward)
    assert bench.build() == []
    assert verdicts(bench, "internal", "inpatient") == {"female": "fewer", "male": "more"}
    assert verdicts(bench, "internal", "community") == {"female": "too_few", "male": "too_few"}


@pytest.mark.parametrize(
    ("as_at", "first", "last"),
    [
        (date(2026, 6, 28), date(2023, 10, 1), date(2025, 9, 30)),  # 180 days after 31 December: on 29 June
        (date(2026, 6, 29), date(2024, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_two_years_are_whole_quarters_whose_180_days_have_passed(
    bench: Bench, as_at: date, first: date, last: date
) -> None:
    bench.as_at = as_at
    inside = [*candidates(20, 0, days=5, gender="male"), *candidates(20, 100, gender="female")]
    outside = candidates(90, 200, days=5, gender="female", on=last + timedelta(days=1))
    before = candidates(90, 300, days=5, gender="female", on=first - timedelta(days=1))
    bench.deliver("recruitment", *inside, *outside, *before)
    assert bench.build() == []
    spans = bench.warehouse.rows("select distinct period_start, period_end from published.who_gets_through")
    assert spans == [(first, last)]
    assert verdicts(bench, "internal")["female"] == "fewer"


def test_nothing_published_of_groups_steps_or_those_who_wait_counts_people_by_place(bench: Bench) -> None:
    bench.deliver("recruitment", *candidates(30, days=5, gender="male"))
    assert bench.build() == []
    numbers = {"BIGINT", "INTEGER", "DOUBLE", "HUGEINT"}
    for table, allowed in (("who_gets_through", set()), ("step_wait", {"step_no", "days"})):
        columns = bench.warehouse.rows(f"select column_name, column_type from (describe published.{table})")
        assert {name for name, kind in columns if kind in numbers} == allowed


def on_the_way(count: int, start: int = 0, team: str = "T1", **days: int) -> list[Row]:
    """People interested on 1 January 2026 who reached each stage so many days later."""
    first = date(2026, 1, 1)
    return [
        event(f"C{number:03}", stage, (first + timedelta(days=after)).isoformat(), team_id=team)
        for number in range(start, start + count)
        for stage, after in {"interest": 0, **days}.items()
    ]


def test_a_step_is_from_one_stage_to_the_next_on_record_and_its_median_is_told(bench: Bench) -> None:
    bench.deliver(
        "recruitment",
        *on_the_way(5, 0, eligibility=10, active=30),
        *on_the_way(4, 10, eligibility=20, conversation=90),
        *on_the_way(1, 20, eligibility=11),
    )
    assert bench.build() == []
    assert steps(bench) == {
        "After saying they were interested": 11,  # 10 five times, 20 four times and 11: 10.5
        "After the eligibility check": 20,  # 20 five times, 70 four times
    }
    sentence = "After the eligibility check, half waited 20 days or less for the next step."
    assert (sentence,) in bench.warehouse.rows("select sentence from published.step_wait")


@pytest.mark.parametrize(("people", "told"), [(7, None), (8, 10)])
@pytest.mark.parametrize("edition", ["internal", "board"])
def test_under_eight_people_a_step_is_hidden(bench: Bench, edition: str, people: int, told: int | None) -> None:
    bench.deliver("recruitment", *on_the_way(people, eligibility=10))
    assert bench.build() == []
    assert steps(bench, edition) == {"After saying they were interested": told}


def test_a_step_counts_in_the_quarters_it_was_passed_in(bench: Bench) -> None:
    bench.as_at = date(2026, 3, 30)  # the last complete quarter ended in December
    bench.deliver("recruitment", *on_the_way(20, eligibility=10))
    assert bench.build() == []
    assert steps(bench) == {}


@pytest.mark.parametrize(
    ("people", "counts"),
    [
        (0, {"internal": 0, "board": 0}),
        (4, {"internal": None, "board": None}),
        (5, {"internal": 5, "board": None}),
        (7, {"internal": 7, "board": None}),
        (8, {"internal": 8, "board": 10}),
        (12, {"internal": 12, "board": 10}),
    ],
)
def test_those_who_wait_to_be_asked_again_are_counted_hidden_and_rounded(
    bench: Bench, people: int, counts: dict[str, int | None]
) -> None:
    said = [event(f"C{n}", "withdrew", "2026-01-05", actor="person", reason_code="D11") for n in range(people)]
    bench.deliver("recruitment", *said, *candidates(1, 500))
    assert bench.build() == []
    assert waiting(bench) == counts
    assert set(bench.warehouse.rows("select level, place_id, counted_on from published.not_now_waiting")) == {
        ("trust", "trust", date(2026, 6, 30))
    }
    words = {None: "a few people", 0: "nobody"}
    assert dict(bench.warehouse.rows("select edition, sentence from published.not_now_waiting")) == {
        edition: f"At 30 June 2026, whenever they asked, {words.get(count, f'{count} people')} across the trust "
        "who asked us to come back had heard nothing for over 90 days."
        for edition, count in counts.items()
    }


@pytest.mark.parametrize(
    ("said_on", "since", "waits"),
    [
        ("2026-04-01", None, False),  # 90 days on 30 June
        ("2026-03-31", None, True),
        ("2026-03-31", "2026-04-02", False),
        ("2026-03-31", "2026-07-02", True),  # after the month's end: tomorrow's news is of the next month
    ],
)
def test_whoever_has_heard_nothing_for_over_ninety_days_at_the_month_s_end_waits(
    bench: Bench, said_on: str, since: str | None, waits: bool
) -> None:
    rows = []
    for n in range(9):
        rows.append(event(f"C{n}", "withdrew", said_on, actor="person", reason_code="D11"))
        if since:
            rows.append(event(f"C{n}", "conversation", since) | {"actor": "", "reason_code": ""})
    bench.deliver("recruitment", *rows)
    assert bench.build() == []
    assert waiting(bench)["internal"] == (9 if waits else 0)


def test_what_happens_after_a_period_has_ended_changes_none_of_its_figures(bench: Bench) -> None:
    tables = ("who_gets_through", "step_wait", "not_now_waiting")
    rows = [*candidates(20, 0, days=9, gender="male"), *candidates(20, 100, gender="female")]
    said = [event(f"N{n}", "withdrew", "2026-02-01", actor="person", reason_code="D11", gender="") for n in range(9)]
    bench.deliver("recruitment", *rows, *on_the_way(9, 600, eligibility=20), *said)
    bench.build()
    before = [bench.warehouse.rows(f"select * from published.{table} order by all") for table in tables]
    bench.as_at = date(2026, 7, 11)
    late = [event(f"C{n}", "active", "2026-07-11", gender="female") for n in range(100, 120)]
    asked = [event(f"N{n}", "conversation", "2026-07-11", gender="") for n in range(9)]
    bench.deliver("recruitment", *late, *asked, *on_the_way(9, 600, checks=190), name="next.csv")
    bench.build()
    assert [bench.warehouse.rows(f"select * from published.{table} order by all") for table in tables] == before


def test_how_far_people_came_within_180_days_adds_up_to_who_came_to_a_first_meeting(bench: Bench) -> None:
    bench.as_at = date(2026, 12, 31)  # the four quarters that end in June have had their 180 days
    bench.deliver(
        "recruitment",
        *on_the_way(9, 0, eligibility=10, active=180),
        *on_the_way(8, 100, conversation=9, active=181),  # too late: they had come to a conversation
        *on_the_way(7, 200),
    )
    assert bench.build() == []
    rows = bench.warehouse.rows(
        """select stage.title, cell.numerator, cell.denominator
        from published.stage as stage inner join published.indicator_breakdown as cell using (edition, category)
        where edition = 'internal' and cell.dimension = 'stage' and cell.level = 'trust' and cell.status = 'shown'
            and date '2026-01-01' between cell.period_start and cell.period_end order by stage.category_no"""
    )
    assert rows == [("Said they were interested", 0, 7), ("First conversation", 0, 8), ("First meeting", 9, 9)]
