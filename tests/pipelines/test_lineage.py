"""Lineage of single SELECTs, worked out by hand: what each column is made of."""

import pytest
import sqlglot
from sqlglot import exp

from pipelines.lineage import LineageError, Source, read_lineage, table_lineage

TABLES = {
    name: table_lineage(name, columns)
    for name, columns in {
        "marts.meeting": ("meeting_id", "team_id", "held_on", "presence"),
        "marts.visit": ("meeting_id", "person_id"),
        "staging.team": ("team_id", "team_name"),
    }.items()
}


def read(sql: str) -> dict[str, set[str]]:
    """Each column with what it is made of; `rows of x` where rows are counted."""
    lineage = read_lineage(parsed(sql), TABLES)
    return {name: {told(source) for source in origin.sources} for name, origin in lineage.columns.items()}


def passed(sql: str) -> dict[str, set[str] | None]:
    """Each column with what it is merely passed on from; None where it is made."""
    columns = read_lineage(parsed(sql), TABLES).columns
    return {
        name: None if origin.passed is None else {told(source) for source in origin.passed}
        for name, origin in columns.items()
    }


def parsed(sql: str) -> exp.Query:
    tree = sqlglot.parse_one(sql, read="duckdb")
    assert isinstance(tree, exp.Query)
    return tree


def told(source: Source) -> str:
    return f"{source.table}.{source.column}" if source.column else f"rows of {source.table}"


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        ("select team_id from marts.meeting", {"team_id": {"marts.meeting.team_id"}}),
        ("select count(*) as n from marts.meeting", {"n": {"rows of marts.meeting"}}),
        (
            "select count(*) as n from marts.meeting as m inner join marts.visit as v using (meeting_id)",
            {"n": {"rows of marts.meeting", "rows of marts.visit"}},
        ),
        (
            "select count(*) filter (where presence = 'present') as n from marts.meeting",
            {"n": {"rows of marts.meeting", "marts.meeting.presence"}},
        ),
        ("select 1 as one from marts.meeting", {"one": {"rows of marts.meeting"}}),
        ("select 1 as one", {"one": set()}),
        ("select a from (values (1, 2)) as v (a, b)", {"a": set()}),
        (
            "with held as (select team_id, count(*) as n from marts.meeting group by team_id) "
            "select team.team_name, held.n * 2 as twice from staging.team as team "
            "left join held on team.team_id = held.team_id",
            {"team_name": {"staging.team.team_name"}, "twice": {"rows of marts.meeting"}},
        ),
        (
            "with visit as (select meeting_id, person_id from marts.visit) select visit.* from visit",
            {"meeting_id": {"marts.visit.meeting_id"}, "person_id": {"marts.visit.person_id"}},
        ),
        (
            "select team.*, meeting.held_on from staging.team as team "
            "inner join marts.meeting as meeting on team.team_id = meeting.team_id",
            {
                "team_id": {"staging.team.team_id"},
                "team_name": {"staging.team.team_name"},
                "held_on": {"marts.meeting.held_on"},
            },
        ),
        (
            "select * from staging.team semi join marts.meeting using (team_id)",
            {"team_id": {"staging.team.team_id"}, "team_name": {"staging.team.team_name"}},
        ),
        (
            "select * from marts.meeting inner join marts.visit using (meeting_id)",
            {
                "meeting_id": {"marts.meeting.meeting_id"},
                "team_id": {"marts.meeting.team_id"},
                "held_on": {"marts.meeting.held_on"},
                "presence": {"marts.meeting.presence"},
                "person_id": {"marts.visit.person_id"},
            },
        ),
        (
            "select team_id from staging.team union all select team_id from marts.meeting",
            {"team_id": {"staging.team.team_id", "marts.meeting.team_id"}},
        ),
        (
            "select team_name from staging.team union all select cast(null as varchar) from marts.meeting",
            {"team_name": {"staging.team.team_name"}},
        ),
        (
            "select team_id from staging.team except select team_id from marts.meeting",
            {"team_id": {"staging.team.team_id"}},
        ),
        (
            "select lag(held_on) over (partition by team_id order by meeting_id) as before from marts.meeting",
            {"before": {"marts.meeting.held_on", "marts.meeting.team_id", "marts.meeting.meeting_id"}},
        ),
        (
            "select count(*) over (partition by team_id) as n from marts.meeting",
            {"n": {"marts.meeting.team_id", "rows of marts.meeting"}},
        ),
        (
            "select team_id, (select max(m.held_on) from marts.meeting as m where m.team_id = t.team_id) as last "
            "from staging.team as t",
            {"team_id": {"staging.team.team_id"}, "last": {"marts.meeting.held_on"}},
        ),
        (
            "select held_on as day, day - 1 as eve from marts.meeting",
            {"day": {"marts.meeting.held_on"}, "eve": {"marts.meeting.held_on"}},
        ),
    ],
)
def test_each_column_comes_from_what_its_value_is_made_of(sql: str, columns: dict[str, set[str]]) -> None:
    assert read(sql) == columns


@pytest.mark.parametrize(
    ("column", "sources"),
    [
        ("team_id", {"marts.meeting.team_id"}),
        ("team_id as place_id", {"marts.meeting.team_id"}),
        ("cast(team_id as varchar) as team_id", {"marts.meeting.team_id"}),
        ("coalesce(team_id, '') as team_id", {"marts.meeting.team_id"}),
        ("coalesce(team_id, meeting_id) as either", {"marts.meeting.team_id", "marts.meeting.meeting_id"}),
        ("cast(null as varchar) as nothing", set()),
        ("max(team_id) as team_id", None),
        ("team_id || '' as team_id", None),
        ("case when true then team_id end as team_id", None),
        ("'T1' as team_id", None),
    ],
)
def test_a_column_is_passed_on_where_it_means_the_same(column: str, sources: set[str] | None) -> None:
    assert list(passed(f"select {column} from marts.meeting").values()) == [sources]


def test_what_a_query_inside_passes_on_is_passed_on() -> None:
    sql = "with m as (select team_id as t from marts.meeting) select t as team_id from (select t from m) as inner_query"
    assert passed(sql) == {"team_id": {"marts.meeting.team_id"}}


@pytest.mark.parametrize(
    ("sql", "why", "meant"),
    [
        ("select team_idd from staging.team", "no column 'team_idd' in staging.team", "team_id"),
        ("select t.nam from staging.team as t", "no column 'nam' in staging.team", "t.team_name"),
        ("select u.team_id from staging.team as t", "'u' is no table read here", "t.team_id"),
        ("select team_id from staging.teem", "no table staging.teem", "staging.team"),
        ("select team_id from staging.team where tem_id = 'T1'", "no column 'tem_id'", "team_id"),
        ("select team_id as a from staging.team where a = 'T1'", "no column 'a'", "team_id"),
        (
            "select a.team_id from staging.team as a inner join marts.visit as b on a.team_id = b.person",
            "'person'",
            "b.person_id",
        ),
        ("select team_id, team_id from staging.team", "'team_id' is given twice", "team_id as team_id_again"),
        ("select team_id from staging.team union all select 1, 2", "give 1 and 2 columns", "team_id"),
        ("select 1 as one from range(3)", "is no table with known columns", "staging.team"),
        ("select exists(select 1 from marts.visit where person = 1) as x from staging.team", "'person'", "person_id"),
    ],
)
def test_a_name_that_stands_for_nothing_is_told_with_what_was_meant(sql: str, why: str, meant: str) -> None:
    with pytest.raises(LineageError) as caught:
        read(sql)
    assert why in str(caught.value)
    assert caught.value.meant == meant


def test_names_given_by_a_select_hold_after_its_columns() -> None:
    sql = "select team_id as t, count(*) as n from marts.meeting group by t having n > 1 order by n"
    assert read(sql) == {"t": {"marts.meeting.team_id"}, "n": {"rows of marts.meeting"}}
