"""Views as text: headers, order, and errors that name file, line and a right example."""

from pathlib import Path

import pytest

from pipelines.faults import ViewError
from pipelines.feed import discover
from pipelines.headers import EXAMPLE_OF_A_VIEW as VIEW
from pipelines.headers import EXAMPLE_OF_AN_INDICATOR as INDICATOR
from pipelines.headers import IndicatorHeader
from pipelines.settings import SQL_ROOT
from pipelines.views import EXAMPLE_OF_A_DAY, in_order, read_view, read_views

DESCRIPTION = 'description = "One row for each team."'
COLUMNS = '[columns]\nmeetings_held = "How many meetings were held."'


def write(root: Path, name: str, text: str) -> Path:
    path = root / "sql" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refusal(root: Path, name: str, text: str) -> str:
    path = write(root, name, text)
    with pytest.raises(ViewError) as caught:
        read_view(path, root / "sql")
    return str(caught.value)


def test_the_examples_shown_in_errors_are_right(tmp_path: Path) -> None:
    view = read_view(write(tmp_path, "marts/team.sql", VIEW), tmp_path / "sql")
    indicator = read_view(write(tmp_path, "indicators/presence.sql", INDICATOR), tmp_path / "sql")
    assert (view.full_name, view.reads) == ("marts.team", frozenset({"staging.team"}))
    assert isinstance(indicator.header, IndicatorHeader)


@pytest.mark.parametrize(
    ("text", "line", "why", "example"),
    [
        ("select 1", 1, "does not begin with a header comment", VIEW),
        ('/*\ndescription = "x\n*/\nselect 1', 2, "not TOML", VIEW),
        ('/*\ndescription = "x"\nkeys = ["y"]\n*/\nselect 1', 3, "no key 'keys'", 'key = ["team_id"]'),
        ('/*\ndescription = "x"\nbogus = "y"\n*/\nselect 1', 3, "its keys are description, key", DESCRIPTION),
        ('/*\nkey = ["a"]\n*/\nselect 1', 1, "lacks 'description'", DESCRIPTION),
        ('/*\ndescription = "x"\nseverity = "high"\n*/\nselect 1', 3, "'severity' is wrong", 'severity = "warning"'),
        ('/*\ndescription = "x"\n[columns]\na = 1\n*/\nselect 1', 4, "'columns' is wrong", COLUMNS),
        ('/*\ndescription = "x"\n*/\nselect 1\nfrom (', 5, "cannot be read", VIEW),
        ('/*\ndescription = "x"\n*/\nselect a from b;\nselect 2', 5, "exactly one SELECT", "select a from b"),
        (
            '/*\ndescription = "x"\n*/\ndelete from staging.team',
            4,
            "Delete changes data",
            "select *\nfrom staging.team",
        ),
        ('/*\ndescription = "x"\n*/\n', 3, "exactly one SELECT", VIEW),
    ],
)
def test_a_wrong_view_is_refused_with_file_line_and_example(
    tmp_path: Path, text: str, line: int, why: str, example: str
) -> None:
    said = refusal(tmp_path, "marts/wrong.sql", text)
    assert said.startswith(f"sql/marts/wrong.sql:{line}: ")
    assert why in said
    assert said.endswith(f"For example:\n{example}")


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ('kind          = "percent"', 'kind          = "percentage"', "'kind' is wrong"),
        ("counts_people = false", 'counts_people = "no"', "'counts_people' is wrong"),
        ('chart         = ["p_prime", "run", "none"]', 'chart         = ["p_prime"]', "'chart' is wrong"),
        ('owner         = "Involvement office"', "", "lacks 'owner'"),
        ('owner         = "Involvement office"', 'ower = "Involvement office"', "no key 'ower'"),
    ],
)
def test_a_wrong_indicator_is_refused_with_the_line_as_it_should_stand(
    tmp_path: Path, was: str, now: str, why: str
) -> None:
    said = refusal(tmp_path, "indicators/wrong.sql", INDICATOR.replace(was, now))
    assert why in said
    assert said.endswith(f"For example:\n{was}")


@pytest.mark.parametrize("clock", ["current_date", "now()", "today()", "current_timestamp", "get_current_timestamp()"])
def test_a_view_that_looks_at_the_clock_is_refused(tmp_path: Path, clock: str) -> None:
    said = refusal(tmp_path, "marts/wrong.sql", f'/*\ndescription = "x"\n*/\nselect\n    1 as one,\n    {clock} as day')
    assert said.startswith("sql/marts/wrong.sql:6: A view does not look at the clock")
    assert said.endswith(f"For example:\n{EXAMPLE_OF_A_DAY}")


def test_a_file_in_a_folder_of_no_layer_is_told(tmp_path: Path) -> None:
    assert "lies in a folder of its layer" in refusal(tmp_path, "extra/wrong.sql", VIEW)
    assert "lies in a folder of its layer" in refusal(tmp_path, "wrong.sql", VIEW)


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "marts/wrong.sql", VIEW)
    path.write_bytes(VIEW.replace("team.", "équipe.").encode("latin-1"))
    with pytest.raises(ViewError, match="is not UTF-8"):
        read_view(path, tmp_path / "sql")


def test_a_name_that_is_not_lower_snake_case_is_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, "marts/My-View.sql", VIEW)
    assert "lower snake case" in said
    assert said.endswith("For example:\nsql/marts/my_view.sql")


def test_views_come_after_what_they_read(tmp_path: Path) -> None:
    write(tmp_path, "marts/a.sql", VIEW.replace("staging.team", "marts.b"))
    write(tmp_path, "marts/b.sql", VIEW)
    assert [view.name for view in read_views(tmp_path / "sql")] == ["b", "a"]


def test_a_name_inside_a_with_clause_is_not_a_view_it_reads(tmp_path: Path) -> None:
    body = '/*\ndescription = "x"\n*/\nwith team as (select * from marts.b)\nselect * from team'
    view = read_view(write(tmp_path, "marts/a.sql", body), tmp_path / "sql")
    assert view.reads == {"marts.b"}


def test_a_ring_names_its_views(tmp_path: Path) -> None:
    write(tmp_path, "marts/a.sql", VIEW.replace("staging.team", "marts.b"))
    both = "select\n    team_id\nfrom marts.a\nunion all\nselect\n    team_id\nfrom staging.team"
    write(tmp_path, "marts/b.sql", VIEW[: VIEW.index("select")] + both)
    with pytest.raises(ViewError, match=r"in a ring: marts\.[ab] reads marts\.[ab] reads marts\.[ab]") as caught:
        read_views(tmp_path / "sql")
    assert str(caught.value).startswith("sql/marts/a.sql:7: ")
    assert str(caught.value).endswith(
        "-- sql/marts/a.sql: not from marts.b, but from what it is made of\nfrom staging.team as team"
    )


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "marts/a.sql", VIEW)
    write(tmp_path, "marts/more/a.sql", VIEW)
    with pytest.raises(ViewError, match=r"marts\.a stands also in sql/marts/a\.sql") as caught:
        read_views(tmp_path / "sql")
    assert str(caught.value).startswith("sql/marts/more/a.sql:1: ")
    assert str(caught.value).endswith("For example:\nmv sql/marts/more/a.sql sql/marts/more/more_a.sql")


def test_every_wrong_file_is_told_in_one_go(tmp_path: Path) -> None:
    write(tmp_path, "marts/a.sql", "select 1")
    write(tmp_path, "marts/b.sql", "select 2")
    write(tmp_path, "marts/c.sql", VIEW)
    with pytest.raises(ViewError) as caught:
        read_views(tmp_path / "sql")
    assert [text.split(":")[0] for text in str(caught.value).split("\n\n")] == ["sql/marts/a.sql", "sql/marts/b.sql"]


def test_every_file_under_sql_is_found() -> None:
    names = {view.full_name for view in read_views(SQL_ROOT)}
    files = {f"{path.parent.name}.{path.stem}" for path in SQL_ROOT.glob("**/*.sql")}
    assert files
    assert names == files | {"marts.indicator_unit"}


def test_facts_read_only_feeds_that_are_disposed_of_before() -> None:
    position = {feed.name: feed.position for feed in discover()}
    for view in read_views(SQL_ROOT):
        if view.layer == "facts":
            read = {name.split(".")[1] for name in view.reads if name.startswith("validated.")}
            assert all(position[name] < position[view.name] for name in read), view.path


def test_no_view_looks_at_the_clock() -> None:
    for view in read_views(SQL_ROOT):
        words = view.body.lower()
        assert not any(clock in words for clock in ("current_date", "current_timestamp", "now(", "today(")), view.path


def test_order_is_the_same_whatever_the_order_of_files() -> None:
    views = read_views(SQL_ROOT)
    assert in_order(reversed(views)) == views
