"""Wrong files tried through the command itself: what `involve check` says of each, and how it says to mend it."""

import shutil
from pathlib import Path

import pytest

from pipelines.headers import EXAMPLE_OF_AN_INDICATOR
from pipelines.settings import SQL_ROOT
from pipelines.views import EXAMPLE_OF_A_DAY
from tests.pipelines.terminal import involve

HEADER = '/*\ndescription = "Ours."\nkey         = ["team_id"]\n*/\n'
GOOD = HEADER + "select\n    team_id\nfrom staging.team\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project's SQL files, for one to be spoilt."""
    return shutil.copytree(SQL_ROOT, tmp_path / "sql")


def check(copy: Path) -> tuple[int, str]:
    """The command's exit code and all that it says."""
    said = involve("check", "--sql", copy, folder=copy.parent)
    assert "Traceback" not in said.stderr
    return said.returncode, said.stderr + said.stdout


def fault(copy: Path, **files: str) -> str:
    """What is said where files of marts are written anew; the exit code is 1."""
    for name, text in files.items():
        (copy / "marts" / f"{name}.sql").write_text(text)
    code, said = check(copy)
    assert code == 1
    return said.removeprefix("involve: ").rstrip("\n")


def mended(copy: Path, **files: str) -> str:
    """What is said once the file is as the example says."""
    for name, text in files.items():
        (copy / "marts" / f"{name}.sql").write_text(text)
    code, said = check(copy)
    assert code == 0, said
    return said


def example(said: str) -> str:
    """The example, of a single fault."""
    assert said.count("For example:") == 1, said
    return said.split("For example:\n")[1]


def test_a_copy_as_it_is_is_in_order(copy: Path) -> None:
    code, said = check(copy)
    assert (code, "are in order" in said) == (0, True)


def test_the_folder_may_be_a_setting(copy: Path) -> None:
    (copy / "marts" / "wrong.sql").write_text("select 1")
    said = involve("check", folder=copy.parent, sql=str(copy))
    assert (said.returncode, "sql/marts/wrong.sql:1:" in said.stderr) == (1, True)


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    said = involve("check", "--sql", "nowhere", folder=tmp_path)
    assert (said.returncode, said.stderr) == (2, "involve: The folder of SQL files nowhere is not there.\n")


def test_a_cycle(copy: Path) -> None:
    reads_b = GOOD.replace("staging.team", "marts.wrong_b")
    reads_a = GOOD.replace("from staging.team", "from marts.wrong_a\nunion\nselect\n    team_id\nfrom staging.team")
    said = fault(copy, wrong_a=reads_b, wrong_b=reads_a)
    assert said.startswith(
        "sql/marts/wrong_a.sql:7: The views read each other in a ring: "
        "marts.wrong_a reads marts.wrong_b reads marts.wrong_a."
    )
    assert example(said) == (
        "-- sql/marts/wrong_a.sql: not from marts.wrong_b, but from what it is made of\nfrom staging.team as team"
    )
    assert "are in order" in mended(copy, wrong_a=reads_b.replace("from marts.wrong_b", "from staging.team as team"))


def test_two_files_of_one_name(copy: Path) -> None:
    again = copy / "marts" / "more" / "meeting.sql"
    again.parent.mkdir()
    again.write_text(GOOD)
    said = fault(copy)
    assert said.startswith("sql/marts/more/meeting.sql:1: marts.meeting stands also in sql/marts/meeting.sql.")
    assert "Two files have two names." in said
    assert example(said) == "mv sql/marts/more/meeting.sql sql/marts/more/more_meeting.sql"
    again.rename(copy / "marts" / "more" / "more_meeting.sql")
    assert "are in order" in mended(copy)


def test_a_name_the_house_has_taken(copy: Path) -> None:
    said = fault(copy, run=GOOD)
    assert said.startswith("sql/marts/run.sql:1: marts.run is made by the house itself")
    assert example(said) == "mv sql/marts/run.sql sql/marts/run_of_ours.sql"


@pytest.mark.parametrize(
    ("text", "line", "why", "mend"),
    [
        (GOOD.replace('key         = ["team_id"]\n', ""), 1, "The header lacks 'key'", 'key = ["team_id"]'),
        (
            GOOD.replace("description", "descripton"),
            2,
            "The header has no key 'descripton'.",
            'description = "One row for each team."',
        ),
        (
            GOOD.replace("team_id\nfrom", "team_idd as team_id\nfrom"),
            6,
            "There is no column 'team_idd' in staging.team.",
            "team_id as team_id",
        ),
        (GOOD.replace("[\"team_id\"]", "[\"team\"]"), 3, "key names a column 'team'", 'key = ["team_id"]'),
        (HEADER + "delete from staging.team", 5, "Delete changes data or settings", "select *\nfrom staging.team"),
        (
            HEADER + "insert into staging.team\nselect 1",
            5,
            "Insert changes data or settings; a view only reads",
            "select *\nfrom staging.team",
        ),
        (GOOD + ";\nselect\n    1 as one", 10, "exactly one SELECT", "select\n    team_id\nfrom staging.team"),
        (
            GOOD.replace("team_id\nfrom", "team_id,\n    1 / length(team_name) as share\nfrom"),
            7,
            "A division by what may be zero: write it with nullif.",
            "1 / nullif(length(team_name), 0)",
        ),
        (
            GOOD.replace("team_id\nfrom", "team_id,\n    quantile_cont(1, 0.5) as half\nfrom"),
            7,
            "is not on the list of what every engine computes alike",
            "median(days) as days",
        ),
        (
            GOOD.replace("team_id\nfrom", "team_id,\n    current_date as today\nfrom"),
            7,
            "A view does not look at the clock (current_date)",
            EXAMPLE_OF_A_DAY,
        ),
        (
            GOOD.replace("team_id\nfrom", "team_id,\n    length(team_name) as letters\nfrom"),
            7,
            "Nobody says what these columns hold: letters.",
            '[columns]\nletters = "What it holds, in plain words, with its unit."',
        ),
        (
            GOOD.replace("*/", '[columns]\nteam_ids = "The team."\n*/'),
            5,
            "describes a column 'team_ids' that the SELECT does not give",
            '[columns]\nteam_id = "What it holds, in plain words, with its unit."',
        ),
        (
            GOOD.replace("team_id\nfrom", "team_id as teamId\nfrom"),
            6,
            "'teamId' is not a name in lower snake case",
            "as team_id",
        ),
        (
            GOOD.replace("staging.team", "published.place"),
            7,
            "A view of the layer marts may read marts, staging; it reads published.place.",
            "from marts.place",
        ),
        (GOOD.replace("staging.team", "staging.teem"), 7, "There is no table staging.teem.", "from staging.team"),
        (
            GOOD.replace("team_id\nfrom", "team_id,\n    team_id\nfrom"),
            7,
            "The column 'team_id' is given twice.",
            "team_id as team_id_again",
        ),
    ],
)  # fmt: skip
def test_a_wrong_view(copy: Path, text: str, line: int, why: str, mend: str) -> None:
    said = fault(copy, wrong=text)
    assert said.startswith(f"sql/marts/wrong.sql:{line}: ")
    assert why in said
    assert example(said) == mend


def test_a_bad_name(copy: Path) -> None:
    (copy / "marts" / "My-View.sql").write_text(GOOD)
    said = fault(copy)
    assert said.startswith("sql/marts/My-View.sql:1: 'My-View' is not a name in lower snake case.")
    assert example(said) == "sql/marts/my_view.sql"


def test_a_wrong_indicator(copy: Path) -> None:
    path = copy / "indicators" / "wrong.sql"
    path.write_text(EXAMPLE_OF_AN_INDICATOR.replace('owner         = "Involvement office"\n', ""))
    said = fault(copy)
    assert said.startswith("sql/indicators/wrong.sql:1: The header lacks 'owner'.")
    assert example(said) == 'owner         = "Involvement office"'


@pytest.mark.parametrize(
    ("select", "why"),
    [
        ("select\n    1 / 'x' as team_id\nfrom staging.team", "A division by what may be zero"),
        (f"select {'(' * 5000}1{')' * 5000} as team_id\nfrom staging.team", "nested too deeply"),
        ("select 'x as team_id\nfrom staging.team", "The SQL cannot be read"),
        ("select team_id from staging.team where \0", "marts/wrong.sql:5: "),
        ("with recursive a as (select 1 as b union all select b from a)\nselect b as team_id from a", "no table a"),
        ("select columns('team.*') from staging.team", "marts/wrong.sql:5: "),
    ],
)
def test_whatever_is_written_there_is_no_traceback(copy: Path, select: str, why: str) -> None:
    assert why in fault(copy, wrong=HEADER + select)


def test_what_is_no_file_that_can_be_read(copy: Path) -> None:
    (copy / "marts" / "folder.sql").mkdir()
    (copy / "marts" / "lost.sql").symlink_to("nowhere.sql")
    said = fault(copy)
    assert "sql/marts/folder.sql:1: The file cannot be read: Is a directory." in said
    assert "sql/marts/lost.sql:1: The file cannot be read: No such file or directory." in said


def test_what_only_binding_finds(copy: Path) -> None:
    said = fault(copy, wrong=GOOD.replace("team_id\nfrom", "cast(team_id as nothing_known) as team_id\nfrom"))
    assert said.startswith("sql/marts/wrong.sql:6: ")
    assert "nothing_known" in said


def test_all_wrong_files_are_told_in_one_go(copy: Path) -> None:
    said = fault(copy, wrong_a="select 1", wrong_b=HEADER.replace("key ", "kee ") + "select 1", wrong_c=GOOD)
    assert [part.split(":")[0] for part in said.split("\n\n")] == ["sql/marts/wrong_a.sql", "sql/marts/wrong_b.sql"]


def test_a_file_that_is_gone_is_told_by_what_is_made_of_it(copy: Path) -> None:
    gone = copy / "marts" / "selection.sql"
    text = gone.read_text()
    gone.unlink()
    said = fault(copy)
    assert said.startswith("pipelines/made/published.who_gets_through.toml:3: The house makes ")
    assert "published.who_gets_through of marts.selection, which is not there" in said
    assert example(said) == "git restore sql/marts/selection.sql"
    assert "are in order" in mended(copy, selection=text)


def test_a_file_that_is_called_otherwise_is_told_with_the_name_it_had(copy: Path) -> None:
    renamed = copy / "marts" / "waits.sql"
    (copy / "marts" / "wait.sql").rename(renamed)
    said = fault(copy)
    assert (
        "pipelines/made/published.waiting_curve.toml:3: The house makes published.waiting_curve of marts.wait" in said
    )
    assert "\nmv sql/marts/waits.sql sql/marts/wait.sql" in said
    renamed.rename(copy / "marts" / "wait.sql")
    assert "are in order" in mended(copy)


def test_a_folder_without_a_file_is_told(copy: Path) -> None:
    shutil.rmtree(copy)
    copy.mkdir()
    said = fault(copy)
    assert said.startswith("sql:1: There is no SQL file in this folder")
    assert example(said) == "involve check --sql sql"


def test_one_mistake_is_told_once_however_many_views_read_it(copy: Path) -> None:
    text = (copy / "marts" / "meeting.sql").read_text()
    said = fault(copy, meeting=text.replace("from staging.meeting", "from staging.meetin"))
    first, rest = said.split("\n\n")
    assert first.startswith("sql/marts/meeting.sql:")
    assert "There is no table staging.meetin." in first
    count, words = rest.split(" ", 1)
    assert (int(count) > 10, words) == (True, "views that read it were not looked at.")
    assert "are in order" in mended(copy, meeting=text)
