"""Headers that lack something, and pseudonyms about to be published, tried through `involve check` itself."""

import re
import shutil
from pathlib import Path

import pytest

from pipelines.headers import EXAMPLE_OF_AN_INDICATOR
from pipelines.settings import SQL_ROOT
from tests.pipelines.test_check import GOOD, example, fault, mended


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project's SQL files, for one to be spoilt."""
    return shutil.copytree(SQL_ROOT, tmp_path / "sql")


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        (r'definition    = ".*"', 'definition    = ""', ":4: The header's 'definition' is empty."),
        (r'caution       = ".*"', 'caution       = " "', ":6: The header's 'caution' is empty."),
        (r'owner         = ".*"', 'owner         = ""', ":15: The header's 'owner' is empty."),
        (r"finding       = .*\n", "", ":1: The header lacks 'finding'."),
        (r"finding       = .*", "finding       = []", ":18: The header's 'finding' is empty."),
        (r"finding       = .*", 'finding       = ["F11"]', ":18: The header's 'finding' is wrong"),
        (r"beside        = .*\n", "", ":1: The header lacks 'beside'."),
        (r"beside        = .*", "beside        = []", ":17: The header's 'beside' is empty."),
    ],
)
def test_an_indicator_that_does_not_say_all_of_itself(copy: Path, was: str, now: str, why: str) -> None:
    (copy / "indicators" / "wrong.sql").write_text(re.sub(was, now, EXAMPLE_OF_AN_INDICATOR))
    said = fault(copy)
    assert said.startswith(f"sql/indicators/wrong.sql{why}")
    assert example(said) in EXAMPLE_OF_AN_INDICATOR.splitlines()


def test_an_indicator_beside_none_that_is_there_and_in_the_place_of_another(copy: Path) -> None:
    text = EXAMPLE_OF_AN_INDICATOR.replace('["meetings_not_recorded"]', '["meetings_not_recoded"]\noverview = 1')
    (copy / "indicators" / "wrong.sql").write_text(text)
    first, second = fault(copy).split("\n\n")
    assert first.startswith("sql/indicators/wrong.sql:17: The header's beside names 'meetings_not_recoded'")
    assert example(first) == 'beside        = ["meetings_not_recorded"]'
    assert second.startswith("sql/indicators/wrong.sql:18: The place overview = 1 is taken by sql/indicators/")
    assert example(second) == "overview = 11"


def test_editions_of_what_is_not_published(copy: Path) -> None:
    said = fault(copy, wrong=GOOD.replace("*/", 'editions    = ["internal"]\n*/'))
    assert said.startswith("sql/marts/wrong.sql:4: Only a view under sql/published has 'editions'")
    assert example(said) == "mv sql/marts/wrong.sql sql/published/wrong.sql"


@pytest.mark.parametrize(
    ("column", "table", "source"),
    [
        ("person_id", "marts.attendance", "is raw.attendance.person"),
        ("coalesce(candidate_id, '')", "marts.not_now", "is raw.recruitment.candidate"),
        ("lower(person_id)", "marts.attendance", "is made of raw.attendance.person"),
        ("person_id || ''", "marts.attendance", "is made of raw.attendance.person"),
        ("regexp_replace(person_id, 'a', 'b')", "marts.attendance", "is made of raw.attendance.person"),
        ("substring(max(person_id), 1, 9)", "marts.attendance", "is made of raw.attendance.person"),
        ("case when true then person_id end", "marts.attendance", "is made of raw.attendance.person"),
        ("(select min(seen.person_id) from marts.visit as seen)", "marts.not_now", "is made of raw.attendance.person"),
    ],
)
def test_a_pseudonym_that_would_be_published(copy: Path, column: str, table: str, source: str) -> None:
    header = '/*\ndescription = "Ours."\nkey         = ["who"]\neditions    = ["internal"]\n*/\n'
    path = copy / "published" / "wrong.sql"
    body = f"select\n    edition,\n    {column} as who\nfrom {table}\ncross join published.policy\n"
    described = header.replace("*/", '[columns]\nwho = "Who it was."\n*/') if "made of" in source else header
    path.write_text(described + body + ("group by edition" if "max(" in column else ""))
    said = fault(copy)
    line = 10 if "made of" in source else 8
    assert said.startswith(f"sql/published/wrong.sql:{line}: The column 'who' {source}, a pseudonym")
    path.write_text(header.replace("who", "place_id") + example(said).replace("_id,\n    value.numerator", "_id"))
    assert "are in order" in mended(copy)


def denying(numerator: str, unit: str, table: str) -> str:
    """An indicator that says it does not count people."""
    head = EXAMPLE_OF_AN_INDICATOR.split("select")[0]
    return (
        f"{head}select\n    max(seen.held_on) as counted_on,\n    seen.team_id,\n    {unit} as unit_id,"
        f"\n    {numerator} as numerator,\n    1 as denominator\nfrom {table} as seen\ngroup by seen.team_id, {unit}"
    )


@pytest.mark.parametrize(
    ("numerator", "unit", "table", "why"),
    [
        ("1", "seen.person_id", "marts.visit", "'unit_id' (line 23) is made of raw.attendance.person"),
        ("1", "upper(seen.person_id)", "marts.visit", "'unit_id' (line 23) is made of raw.attendance.person"),
        ("count(distinct seen.person_id)", "seen.meeting_id", "marts.visit", "'numerator' (line 24) counts raw.att"),
        (
            "cast(greatest(count(distinct seen.person_id), 1) as integer)",
            "seen.meeting_id",
            "marts.visit",
            "'numerator' (line 24) counts raw.attendance.person",
        ),
    ],
)
def test_an_indicator_that_counts_people_and_denies_it(
    copy: Path, numerator: str, unit: str, table: str, why: str
) -> None:
    path = copy / "indicators" / "wrong.sql"
    path.write_text(denying(numerator, unit, table))
    said = fault(copy)
    assert why in said
    assert said.split("For example:\n")[-1] == "counts_people = true"


def test_an_indicator_of_meetings_may_compare_how_many_people_came(copy: Path) -> None:
    path = copy / "indicators" / "right.sql"
    path.write_text(denying("cast(count(distinct seen.person_id) > 1 as integer)", "seen.meeting_id", "marts.visit"))
    assert "are in order" in mended(copy)


def test_an_indicator_of_a_mart_that_counted_people_denies_it(copy: Path) -> None:
    header = '/*\ndescription = "Ours."\nkey = ["meeting_id"]\n[columns]\npeople = "How many people."\n*/\n'
    mart = "select meeting_id, team_id, held_on, count(distinct person_id) as people from marts.visit group by all"
    (copy / "indicators" / "wrong.sql").write_text(denying("max(seen.people)", "seen.meeting_id", "marts.ours"))
    assert "'numerator' (line 24) counts raw.attendance.person" in fault(copy, ours=header + mart)


@pytest.mark.parametrize(
    ("text", "said", "mend"),
    [
        (
            GOOD.replace("staging.team", "staging.teem"),
            "There is no table staging.teem. Did you mean 'staging.team'?",
            "",
        ),
        (GOOD.replace("staging.team", "teem"), "it reads teem. Did you mean 'staging.team'?", "from staging.team"),
        (GOOD.replace("team_id\nfrom", "team_idd\nfrom"), "in staging.team. Did you mean 'team_id'?", "team_id"),
        (
            GOOD.replace("team_id\nfrom staging.team", "tean.team_id\nfrom staging.team as team"),
            "'tean' is no table read here. Did you mean 'team'?",
            "team.team_id",
        ),
        (GOOD.replace("key  ", "keys  "), "The header has no key 'keys'. Did you mean 'key'?", 'key = ["team_id"]'),
        (GOOD.replace('["team_id"]', '["team_ids"]'), "does not give. Did you mean 'team_id'?", 'key = ["team_id"]'),
        (
            GOOD.replace("*/", 'key_may_lack = ["team_ids"]\n*/'),
            "The header's key_may_lack names 'team_ids', which is no part of the key. Did you mean 'team_id'?",
            'key_may_lack = ["team_id"]',
        ),
    ],
)
def test_what_was_probably_meant_is_asked(copy: Path, text: str, said: str, mend: str) -> None:
    told = fault(copy, wrong=text)
    assert said in told
    assert mend in example(told)


def test_an_analysts_misspelt_table_is_told_with_the_one_that_may_be_read(copy: Path) -> None:
    path = copy / "views" / "mine.sql"
    path.parent.mkdir(exist_ok=True)
    text = GOOD.replace("team_id\nfrom staging.team", "place_id as team_id\nfrom indicater_value")
    path.write_text(text)
    said = fault(copy)
    assert "it reads indicater_value. Did you mean 'published.indicator_value'?" in said
    path.write_text(text.replace("from indicater_value", example(said)))
    assert "are in order" in mended(copy)


def test_a_table_called_otherwise_is_sought_among_all_that_are_made(copy: Path) -> None:
    said = fault(copy, wrong=GOOD.replace("staging.team", "marts.indicator_cel"))
    assert "There is no table marts.indicator_cel. Did you mean 'marts.indicator_cell'?" in said
    path = copy / "views" / "wrong.sql"
    path.parent.mkdir(exist_ok=True)
    path.write_text(GOOD.replace("staging.team", "published.indicater_value"))
    (copy / "marts" / "wrong.sql").unlink()
    assert "Did you mean 'published.indicator_value'?" in fault(copy)


def test_an_indicator_that_gives_people_and_says_that_it_counts_none(copy: Path) -> None:
    path = copy / "indicators" / "still_involved_a_year_on.sql"
    path.write_text(re.sub(r"counts_people( *)= true", r"counts_people\1= false", path.read_text()))
    said = fault(copy)
    assert "gives person_id (line" in said
    assert example(said) == "counts_people = true"
