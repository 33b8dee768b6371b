"""Completion exports of Moodle: the course in the file's name, the person by address, two-digit years."""

import pytest

from tests.pipelines.bench import Bench, Row

HEADINGS = "ID,Name,Email address,Quiz 1,Quiz 1 - Completion date,Course complete\n"
ONE = '1,Learner,one@trust.example,Completed,"3/02/25, 10:15","2/03/25, 12:00"\n'
TWO = '2,"Learner, Two",two@trust.example,Completed,"3/02/25, 10:15",\n'


def deliver(bench: Bench, text: str, name: str = "completion-COPRO2.csv", encoding: str = "utf-8-sig") -> None:
    path = bench.landing / "moodle" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode(encoding))


def message(bench: Bench) -> str:
    [entry] = [entry for entry in bench.run() if entry.feed == "moodle"]
    assert entry.outcome == "refused"
    return entry.message


def completions(bench: Bench) -> list[tuple[object, ...]]:
    return bench.warehouse.rows(
        "select course_code, strftime(completed_on, '%Y-%m-%d') from validated.moodle order by row_id"
    )


def test_an_export_is_loaded_without_a_word_about_its_activities(bench: Bench) -> None:
    deliver(bench, HEADINGS + ONE + TWO)
    [entry] = [entry for entry in bench.run() if entry.feed == "moodle"]
    assert (entry.outcome, entry.rows_in, entry.message) == ("loaded", 2, "")
    assert completions(bench) == [("COPRO2", "2025-03-02"), ("COPRO2", None)]


def test_an_export_for_spreadsheets_is_read_too(bench: Bench) -> None:
    text = "ID\tName\tEmail address\tCourse complete\n1\tLearner\tone@trust.example\t29/02/24, 09:05\n"
    deliver(bench, text, "completion-My course.csv", "utf-16")
    bench.run()
    assert completions(bench) == [("My course", "2024-02-29")]


@pytest.mark.parametrize(
    ("cell", "fate"),
    [
        ("13/02/25, 10:15", "loaded"),
        ("3/02/2025, 10:15", "loaded"),
        ("03/02/25", "loaded"),
        ("02/13/25, 10:15", "quarantined: bad_date"),  # day first, always
        ("31/06/25, 10:15", "quarantined: bad_date"),
        ("Completed", "quarantined: bad_date"),
        ("3/02/27, 10:15", "quarantined: in_the_future"),
    ],
)
def test_days_are_read_day_first_with_two_digit_years(bench: Bench, cell: str, fate: str) -> None:
    others = "".join(f'{n},Learner,p{n}@trust.example,,,"2/03/25, 12:00"\n' for n in range(9))
    deliver(bench, f'{HEADINGS}0,Learner,one@trust.example,,,"{cell}"\n{others}')
    bench.run()
    assert bench.fates("moodle") == [fate] + ["loaded"] * 9


def test_two_digit_years_are_read_nowhere_else(bench: Bench) -> None:
    row: Row = {"service_area_id": "A1", "as_at": "3/02/25", "dimension": "gender", "category": "a", "people": 1}
    bench.deliver("caseload", row, row | {"category": "b"})
    [entry] = [entry for entry in bench.run() if entry.feed == "caseload"]
    assert "2 of its 2 rows break a rule" in entry.message


def test_a_file_whose_name_gives_no_course_is_refused(bench: Bench) -> None:
    deliver(bench, HEADINGS + ONE, "progress.csv")
    got = message(bench)
    assert "its name does not say which course it is of" in got
    assert "name it like completion-<course short name>.csv" in got


@pytest.mark.parametrize(
    ("gone", "says"),
    [("Email address", "person (here called Email address)"), ("Course complete", "completed_on (here called Course")],
)
def test_an_export_without_a_needed_heading_is_refused(bench: Bench, gone: str, says: str) -> None:
    deliver(bench, HEADINGS.replace(gone, "Something") + ONE)
    assert f"the required column is missing: {says}" in message(bench)


def test_nothing_but_the_pseudonym_and_the_day_is_kept(bench: Bench) -> None:
    deliver(bench, HEADINGS + ONE)
    bench.run()
    kept = " ".join(map(str, bench.warehouse.rows("select * from raw.moodle")[0]))
    assert "Learner" not in kept
    assert "@" not in kept
    assert "Completed" not in kept


def test_the_same_bytes_are_another_course_under_another_courses_name(bench: Bench) -> None:
    for name in ("completion-A.csv", "completion-B.csv", "copy of completion-A.csv"):
        deliver(bench, HEADINGS + ONE, name)
    got = {entry.file_name: entry.outcome for entry in bench.run() if entry.feed == "moodle"}
    assert got == {
        "completion-A.csv": "loaded",
        "completion-B.csv": "loaded",
        "copy of completion-A.csv": "already_loaded",
    }


def test_a_later_export_of_a_course_supersedes_the_earlier(bench: Bench) -> None:
    deliver(bench, HEADINGS + ONE + TWO)
    bench.run()
    deliver(bench, HEADINGS + ONE + TWO.replace(",\n", ',"4/03/25, 12:00"\n'))
    bench.run()
    assert bench.fates("moodle") == ["superseded", "superseded", "loaded", "loaded"]


def test_completions_count_only_where_no_day_of_enrolment_is_needed(bench: Bench) -> None:
    person: Row = {"person": "REG1", "person_role": "service_user", "email": "one@trust.example", "team_id": "T1"}
    bench.deliver("people", person)
    deliver(bench, HEADINGS + ONE)
    bench.build()
    assert bench.cells("training_completed_in_90_days") == {}
    assert bench.cells("learning_that_led_to_a_meeting") == {("trust", "2025-03"): (0, 1)}
