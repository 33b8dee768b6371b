"""The house rules of SQL: every file keeps them, and each fault is told with file, line, rule and a right example."""

from pathlib import Path

import pytest

from pipelines.documents import document
from pipelines.faults import ViewError
from pipelines.feed import discover
from pipelines.headers import EXAMPLE_OF_AN_INDICATOR
from pipelines.lints import lint
from pipelines.settings import SQL_ROOT
from pipelines.views import View, read_view, read_views

HEADER = '/*\ndescription = "x"\nkey = ["team_id"]\n*/\n'


def view(root: Path, body: str, *, layer: str = "marts", header: str = HEADER) -> View:
    """A view of one file."""
    path = root / "sql" / layer / "wrong.sql"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + body, encoding="utf-8")
    return read_view(path, root / "sql")


def test_every_file_keeps_the_house_rules_and_describes_its_columns() -> None:
    views = read_views(SQL_ROOT)
    lint(views)
    document(views, discover())


IN_ROWS = "select\n    count_if(presence = 'present') as meetings_present\nfrom marts.meeting"


@pytest.mark.parametrize(
    ("body", "line", "why", "example"),
    [
        ("select team_id\nfrom validated.teams", 6, "it reads validated.teams", "from staging.team"),
        ("select team_id\nfrom published.place", 6, "it reads published.place", "from marts.place"),
        ("select team_id\nfrom views.mine", 6, "it reads views.mine", "from staging.team"),
        ("select\n    1 / team_id as share\nfrom staging.team", 6, "with nullif", "1 / nullif(team_id, 0)"),
        ("select\n    1 // team_id as share\nfrom staging.team", 6, "with nullif", "1 // nullif(team_id, 0)"),
        ("select\n    team_id % (a + 1) as b\nfrom staging.team", 6, "with nullif", "team_id % nullif(a + 1, 0)"),
        ("select\n    team_id as teamId\nfrom staging.team", 6, "'teamId' is not a name", "as team_id"),
        ("select\n    count(*)\nfrom staging.team", 6, "count(*) has no name", "count(*) as its_name"),
        ("with Mine as (\n    select 1 as a\n)\nselect a from Mine", 5, "'Mine' is not a name", "as mine"),
        ("select\n    1 as a\nfrom staging.team as theTeam", 7, "'theTeam' is not a name", "as the_team"),
        ("with a as (select 1 as b),\na as (select 2 as b)\nselect b from a", 6, "are called 'a'", "a_again as ("),
        (
            "select\n    quantile_cont(days, 0.5) as half\nfrom staging.team",
            6,
            "is not on the list",
            "median(days) as days",
        ),
        (
            "select\n    date_diff('month', opened_on, closed_on) as months\nfrom staging.team",
            6,
            "month is counted differently",
            "date_diff('day', opened_on, closed_on)",
        ),
        (
            "select\n    extract(isodow from opened_on) as day\nfrom staging.team",
            6,
            "isodow is counted differently",
            "extract(day from opened_on)",
        ),
        (
            "select\n    opened_on - interval 1 month as before\nfrom staging.team",
            6,
            "Interval is not on the list",
            "date_diff('day', project.opened_on, run.as_at) <= 30",
        ),
        (
            "select\n    sniff_csv(team_id) as text\nfrom staging.team",
            6,
            "sniff_csv is not on the list",
            f"-- without sniff_csv, for example\n{IN_ROWS}",
        ),
        (
            "select *\nfrom generate_series(1, 3)",
            6,
            "is not on the list",
            "from marts.calendar as calendar\nwhere calendar.grain = 'month' and calendar.window_days = 0",
        ),
    ],
)
def test_a_fault_is_told_with_file_line_rule_and_how_to_mend_it(
    tmp_path: Path, body: str, line: int, why: str, example: str
) -> None:
    wrong = view(tmp_path, body)
    with pytest.raises(ViewError) as caught:
        lint([*(each for each in read_views(SQL_ROOT) if each.layer in ("staging", "published")), wrong])
    said = str(caught.value)
    assert why in said
    assert said.startswith(f"sql/marts/wrong.sql:{line}: ")
    assert said.endswith(f"For example:\n{example}")


def test_every_rule_that_is_broken_is_told(tmp_path: Path) -> None:
    with pytest.raises(ViewError) as caught:
        lint([view(tmp_path, "select 1 / team_id as teamShare\nfrom validated.teams")])
    assert len(str(caught.value).split("\n\n")) == 3


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ("1 as denominator", "1 as denominator,\n    1 as more", "'more' is one more"),
        (",\n    1 as denominator", "", "it lacks denominator"),
        ("counts_people = false", "counts_people = true", "it lacks person_id"),
    ],
)
def test_an_indicator_gives_the_columns_of_units_and_no_others(tmp_path: Path, was: str, now: str, why: str) -> None:
    path = tmp_path / "sql" / "indicators" / "wrong.sql"
    path.parent.mkdir(parents=True)
    path.write_text(EXAMPLE_OF_AN_INDICATOR.replace(was, now))
    with pytest.raises(ViewError, match=why):
        lint([read_view(path, tmp_path / "sql")])


def test_a_divisor_is_safe_where_each_of_its_factors_is(tmp_path: Path) -> None:
    lint([view(tmp_path, "select 1 / (2 * nullif(team_id, 0)) as share\nfrom staging.team")])


def test_a_view_without_a_key_is_told(tmp_path: Path) -> None:
    keyless = view(tmp_path, "select team_id\nfrom staging.team", header='/*\ndescription = "x"\n*/\n')
    with pytest.raises(ViewError, match="lacks 'key'"):
        lint([keyless])


def test_an_analysts_own_view_reads_what_is_published_and_what_its_header_grants(tmp_path: Path) -> None:
    lint([view(tmp_path, "select team_id\nfrom published.place", layer="views")])
    with pytest.raises(ViewError, match=r"may read published; it reads marts\.place"):
        lint([view(tmp_path, "select team_id\nfrom marts.place", layer="views")])
    granted = HEADER.replace("*/", 'grants = ["marts"]\n*/')
    lint([view(tmp_path, "select team_id\nfrom marts.place", layer="views", header=granted)])
    with pytest.raises(ViewError, match="Only a view under sql/views"):
        lint([view(tmp_path, "select team_id\nfrom marts.place", header=granted)])
